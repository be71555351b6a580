/**
 * What an activation function puts out, in a few numbers: how its values lie, how many of them stand where it is flat, and
 * how many units are 0 on every row. Read in memory by one thread in a fixed order.
 */

import type { ProgramActivation } from './program.js';
import { elementsOf, type Shape } from './shape.js';

/** Values of a layer that are looked at: of larger ones some rows, evenly spread. */
export const maxValuesSeen = 2 ** 16;
/** An output that near to 0 is one whose unit passes nothing on: GELU's and SiLU's tails never reach 0 itself. */
const NEAR_ZERO = 1e-6;
/** The share of the way from an end to the middle that is flat: there tanh and the sigmoid have 4 % of their slope. */
const FLAT_SHARE = 0.02;

export interface ActivationStatistics {
  readonly activationMean: number;
  readonly activationDeviation: number;
  /** Share of the values in the flat ends, where there are two. */
  readonly saturation?: number;
  /** Share of the units that are 0 on every row looked at, where the function is flat at 0. */
  readonly deadUnits?: number;
}

/** Rows of the units, how many units there are, and the values of each: pixels of a channel, or one. */
function layoutOf(shape: Shape, rows: number): { outer: number; units: number; inner: number } {
  if (shape.length === 3) return { outer: rows, units: shape[0]!, inner: shape[1]! * shape[2]! };
  return { outer: rows * elementsOf(shape.slice(0, -1)), units: shape.at(-1)!, inner: 1 };
}

export function describeActivation(
  f32: Float32Array,
  { y, shape, flat }: Pick<ProgramActivation, 'y' | 'shape' | 'flat'>,
  rows: number,
): ActivationStatistics {
  const { outer, units, inner } = layoutOf(shape, rows);
  const size = units * inner;
  const seen = Math.max(1, Math.min(outer, Math.floor(maxValuesSeen / size)));
  const ends = typeof flat === 'object' ? flat : { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  const margin = typeof flat === 'object' ? (FLAT_SHARE * (flat.high - flat.low)) / 2 : 0;
  const [low, high] = [ends.low + margin, ends.high - margin];
  const alive = new Uint8Array(units);
  let [sum, squares, inEnds] = [0, 0, 0];
  for (let index = 0; index < seen; index++) {
    let at = y / 4 + Math.floor((index * outer) / seen) * size;
    for (let unit = 0; unit < units; unit++) {
      for (const end = at + inner; at < end; at++) {
        const value = f32[at]!;
        sum += value;
        squares += value * value;
        if (value < low || value > high) inEnds++;
        if (value > NEAR_ZERO || value < -NEAR_ZERO) alive[unit] = 1;
      }
    }
  }
  const count = seen * size;
  const mean = sum / count;
  return {
    activationMean: mean,
    activationDeviation: Math.sqrt(Math.max(0, squares / count - mean * mean)),
    ...(typeof flat === 'object' && { saturation: inEnds / count }),
    ...(flat === 'atZero' && { deadUnits: alive.reduce((dead, is) => dead - is, units) / units }),
  };
}
