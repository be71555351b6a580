/** What is said of a column of numbers or dates. */
import type { NumberProfile } from '../../schemas/profile.js';
import { quantilesOf } from '../quantiles.js';
import { noteRow, type RowList, rowList } from './row-list.js';

/** Bars of a histogram, all of one width. */
const bars = 20;
/** Equal-frequency bins in which a column is set against another. */
export const frequencyBins = 20;
const named = { p01: 0.01, p05: 0.05, p25: 0.25, p50: 0.5, p75: 0.75, p95: 0.95, p99: 0.99 } as const;
const shares = Array.from({ length: frequencyBins - 1 }, (_, bin) => (bin + 1) / frequencyBins);
const gridCells = 1024;
/** Tukey's fences: quartiles and so many interquartile ranges; beyond the outer ones lies what is far out. */
const [innerFence, outerFence] = [1.5, 3];

export interface DescribedNumbers {
  profile: NumberProfile;
  /** Ascending upper edges of all but the last equal-frequency bin: value ≤ edges[i] and above the one before is in bin i. */
  edges: number[];
  /** Rows beyond the outer fences. */
  farOut: RowList;
}

/** `values` with NaN where one is missing; null where none is there. */
export function describeNumbers(values: Float64Array): DescribedNumbers | null {
  const present = new Float64Array(values.length);
  let [count, sum, zeros] = [0, 0, 0];
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    present[count++] = value;
    sum += value;
    if (value === 0) zeros++;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  if (count === 0) return null;
  const there = present.subarray(0, count);
  const mean = sum / count;
  const all = [...new Set([...Object.values(named), ...shares])].sort((a, b) => a - b);
  const { deviation, skewness, histogram } = secondPass(there, { mean, min, max });
  const quantiles = new Map(quantilesOf(there, all).map((value, index) => [all[index]!, value]));
  const [p25, p75] = [quantiles.get(0.25)!, quantiles.get(0.75)!];
  const fence = (widths: number) => ({ low: p25 - widths * (p75 - p25), high: p75 + widths * (p75 - p25) });
  const [inner, outer] = [fence(innerFence), fence(outerFence)];
  const farOut = rowList();
  let outliers = 0;
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (value < inner.low || value > inner.high) outliers++;
    if (value < outer.low || value > outer.high) noteRow(farOut, row);
  }
  return {
    profile: {
      ...{ min, max, mean, deviation, skewness, zeros },
      quantiles: mapValues(named, (share) => quantiles.get(share)!),
      histogram,
      outliers: { ...inner, count: outliers, farOut: farOut.count },
    },
    edges: [...new Set(shares.map((share) => quantiles.get(share)!))].filter((edge) => edge < max),
    farOut,
  };
}

/**
 * Population deviation and skewness E[(x − μ)³] / σ³ (0 where all are equal), and the histogram as NumPy counts it:
 * half-open bars, the last one closed.
 */
function secondPass(values: Float64Array, { mean, min, max }: Record<'mean' | 'min' | 'max', number>) {
  const counts = new Array<number>(bars).fill(0);
  const width = (max - min) / bars;
  const edges = Float64Array.from({ length: bars + 1 }, (_, bar) => (bar < bars ? min + bar * width : max));
  let [squares, cubes] = [0, 0];
  for (const value of values) {
    const difference = value - mean;
    squares += difference * difference;
    cubes += difference * difference * difference;
    let bar = width > 0 ? Math.min(bars - 1, Math.floor((value - min) / width)) : 0;
    // the division rounds
    if (value < edges[bar]!) bar--;
    else if (width > 0 && bar < bars - 1 && value >= edges[bar + 1]!) bar++;
    counts[bar]! += 1;
  }
  const deviation = Math.sqrt(squares / values.length);
  const skewness = deviation > 1e-12 * Math.abs(mean) ? cubes / values.length / deviation ** 3 : 0;
  return { deviation, skewness, histogram: { min, max, counts } };
}

/**
 * Bin of each value among ascending `edges`, −1 where it is missing. A grid over the edges says where to begin to look, so
 * that most values are compared once or twice.
 */
export function binNumbers(values: Float64Array, edges: readonly number[]): Int32Array {
  const sorted = Float64Array.from([...edges, Number.POSITIVE_INFINITY]);
  const lowest = sorted[0]!;
  const perUnit = gridCells / (edges.at(-1)! - lowest);
  const start = new Int32Array(gridCells + 1);
  for (let cell = 0, bin = 0; cell <= gridCells; cell++) {
    while (sorted[bin]! < lowest + (cell - 1) / perUnit) bin++; // a cell earlier, for what rounding does
    start[cell] = bin;
  }
  const bins = new Int32Array(values.length);
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    const cell = Math.min(gridCells, Math.max(0, (value - lowest) * perUnit)) | 0;
    let bin = start[cell]!;
    while (value > sorted[bin]!) bin++;
    bins[row] = Number.isNaN(value) ? -1 : bin;
  }
  return bins;
}

const mapValues = <Key extends string, From, To>(record: Record<Key, From>, map: (value: From) => To) =>
  Object.fromEntries(Object.entries<From>(record).map(([key, value]) => [key, map(value)])) as Record<Key, To>;
