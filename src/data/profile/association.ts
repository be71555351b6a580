/** How much of the target one column tells by itself. */
import type { Association } from '../../schemas/profile.js';
import { binNumbers, frequencyBins } from './numbers.js';

/** A column in bins, −1 where its value is missing: that counts as a bin of its own. */
export interface Binned {
  /** [rows] */
  bins: Int32Array;
  count: number;
}

/** The target, of which the rows without one are NaN. */
export interface BinnedTarget extends Binned {
  /** [rows]: quantities; null where the bins are classes. */
  quantities: Float64Array | null;
}

/** A column of values that have an order, NaN where one is missing, and their mean. */
export interface Numbers {
  values: Float64Array;
  mean: number;
}

/** Categories beyond so many share a bin: what they tell is not much, and the tables stay small. */
export const mostBins = 256;

/** Rows that a score is measured on, evenly spread. */
const mostScored = 50_000;
/** A score's bins have so many of them at least, and there are not more than so many. */
const [rowsPerBin, mostScoreBins] = [10, 256];

/** The rows of one half of the sample that scores are measured on, and their target. */
interface Half {
  rows: Int32Array;
  target: Binned;
  quantities: Float64Array | null;
}

/** A target with the sample that each column is scored on. */
export interface SampledTarget extends BinnedTarget {
  halves: readonly Half[];
  /** Of the quantities; 0 where there are none. */
  mean: number;
}

/** Draws the sample: rows with a target, evenly spread, by turns in one half and the other. */
export function withSample(target: BinnedTarget): SampledTarget {
  const { bins, count, quantities } = target;
  const stride = Math.ceil(bins.length / mostScored);
  const halves = [0, 1].map((half): Half => {
    const all = Int32Array.from(
      { length: Math.ceil((bins.length / stride - half) / 2) },
      (_, i) => (2 * i + half) * stride,
    );
    const rows = all.filter((row) => bins[row]! >= 0);
    const target = { bins: rows.map((row) => bins[row]!), count };
    return { rows, target, quantities: quantities && gather(quantities, rows) };
  });
  return { ...target, halves, mean: quantities ? meanOf(quantities) : 0 };
}

function gather(values: Float64Array, rows: Int32Array): Float64Array {
  const gathered = new Float64Array(rows.length);
  for (let index = 0; index < rows.length; index++) gathered[index] = values[rows[index]!]!;
  return gathered;
}

/** `numbers`: the column's values where it has an order. */
export function associate(column: Binned, target: SampledTarget, numbers: Numbers | null): Association {
  const { quantities, mean } = target;
  return {
    correlation: numbers && quantities && correlation(numbers, { values: quantities, mean }),
    mutualInformation: mutualInformation(countTogether(column, target)),
    score: scoreOf(column, target, numbers?.values ?? null),
  };
}

/** [bin][target bin]: rows. Missing values are bin 0; rows without a target are not counted. */
function countTogether({ bins, count }: Binned, target: Binned): number[][] {
  const width = target.count;
  const flat = new Uint32Array((count + 1) * width);
  for (let row = 0; row < bins.length; row++) {
    const answer = target.bins[row]!;
    if (answer >= 0) flat[(bins[row]! + 1) * width + answer]! += 1;
  }
  return Array.from({ length: count + 1 }, (_, bin) => Array.from(flat.subarray(bin * width, (bin + 1) * width)));
}

/**
 * Each half of the rows is predicted from the other, so that a column whose values are all different gains nothing. Finer
 * bins than those of the mutual information: a threshold that tells two classes must not fall inside one.
 */
function scoreOf({ bins, count }: Binned, { halves, quantities }: SampledTarget, numbers: Float64Array | null): number {
  const sampled = numbers && halves.map(({ rows }) => gather(numbers, rows));
  const edges = sampled && scoreEdges(sampled);
  const parts = halves.map(({ rows, ...half }, index) => ({
    ...half,
    bins: edges ? binNumbers(sampled[index]!, edges) : rows.map((row) => bins[row]!),
    count: edges ? edges.length + 1 : count,
  }));
  return quantities ? explainedVariance(parts) : gainOverUsual(parts.map((part) => countTogether(part, part.target)));
}

function scoreEdges(halves: readonly Float64Array[]): number[] {
  const [first, second] = halves as [Float64Array, Float64Array];
  const all = new Float64Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  const present = all.filter((value) => !Number.isNaN(value)).sort();
  const bins = Math.min(mostScoreBins, Math.max(frequencyBins, Math.floor(present.length / rowsPerBin)));
  const edges = Array.from({ length: bins - 1 }, (_, bin) => present[Math.floor(((bin + 1) * present.length) / bins)]!);
  return [...new Set(edges)].filter((edge) => edge < present.at(-1)!);
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const columnSums = (table: readonly number[][]): number[] =>
  table[0]!.map((_, j) => sum(table.map((line) => line[j]!)));

/** Σ p(x, y) ln(p(x, y) / (p(x) p(y))), in nats, as scikit-learn's mutual_info_score. */
function mutualInformation(table: readonly number[][]): number {
  const [byBin, byAnswer] = [table.map(sum), columnSums(table)];
  const all = sum(byBin);
  let information = 0;
  table.forEach((line, x) => {
    line.forEach((count, y) => {
      if (count > 0) information += (count / all) * Math.log((count * all) / (byBin[x]! * byAnswer[y]!));
    });
  });
  return Math.max(0, information);
}

/** What is gained over the most frequent class, 0 … 1, by the most frequent class of each bin. */
function gainOverUsual(halves: number[][][]): number {
  let [right, base, all] = [0, 0, 0];
  halves.forEach((table, half) => {
    const other = halves[1 - half]!;
    const usual = largest(columnSums(other));
    table.forEach((line, bin) => {
      right += line[largest(other[bin]!, usual)]!;
      base += line[usual]!;
      all += sum(line);
    });
  });
  return all > base ? Math.max(0, (right - base) / (all - base)) : 0;
}

/** Index of the largest, the first on a tie; `fallback` where all are 0. */
function largest(values: readonly number[], fallback = 0): number {
  const most = Math.max(...values);
  return most > 0 ? values.indexOf(most) : fallback;
}

/** R², 0 … 1, of the mean of each bin. */
function explainedVariance(halves: readonly (Binned & { quantities: Float64Array | null })[]): number {
  const means = halves.map(({ bins, count, quantities }) => {
    const [sums, rows] = [new Float64Array(count + 1), new Float64Array(count + 1)];
    quantities!.forEach((value, index) => {
      sums[bins[index]! + 1]! += value;
      rows[bins[index]! + 1]! += 1;
    });
    const usual = meanOf(quantities!);
    return { usual, byBin: sums.map((total, bin) => (rows[bin]! > 0 ? total / rows[bin]! : usual)) };
  });
  let [errors, spread] = [0, 0];
  halves.forEach(({ bins, quantities }, half) => {
    const { usual, byBin } = means[1 - half]!;
    quantities!.forEach((value, index) => {
      errors += (value - byBin[bins[index]! + 1]!) ** 2;
      spread += (value - usual) ** 2;
    });
  });
  return spread > 0 ? Math.max(0, 1 - errors / spread) : 0;
}

function meanOf(values: Float64Array): number {
  let [total, count] = [0, 0];
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    total += value;
    count++;
  }
  return count > 0 ? total / count : 0;
}

/** Pearson's, over the rows that have both; 0 where one does not vary. */
function correlation({ values: x, mean: centreX }: Numbers, { values: y, mean: centreY }: Numbers): number {
  // about the means of all their rows, which are near those of the rows that have both: products keep their digits
  let [count, sumX, sumY] = [0, 0, 0];
  let [xx, yy, xy] = [0, 0, 0];
  for (let row = 0; row < x.length; row++) {
    const a = x[row]! - centreX;
    const b = y[row]! - centreY;
    if (Number.isNaN(a) || Number.isNaN(b)) continue;
    count++;
    sumX += a;
    sumY += b;
    xx += a * a;
    yy += b * b;
    xy += a * b;
  }
  const varianceX = xx - (sumX * sumX) / count;
  const varianceY = yy - (sumY * sumY) / count;
  if (!(varianceX > 0 && varianceY > 0)) return 0;
  return Math.max(-1, Math.min(1, (xy - (sumX * sumY) / count) / Math.sqrt(varianceX * varianceY)));
}
