/** Facts of a table's features and target, column by column, over a sample of the rows of each part. */
import type { Column, Columns } from '../data/columns.js';
import { featureColumns } from '../data/features/choose.js';
import {
  associate,
  type Binned,
  type BinnedTarget,
  type SampledTarget,
  withSample,
} from '../data/profile/association.js';
import { binCodes, countCodes } from '../data/profile/categories.js';
import { binNumbers, describeNumbers } from '../data/profile/numbers.js';
import { mixColumn, newRowHashes } from '../data/row-hashes.js';
import { readTarget, type TargetTask } from '../data/target.js';
import type { ResolvedColumnsSpec, ResolvedTextsSpec } from '../schemas/dataset-spec.js';
import type { ResolvedJobSpec } from '../schemas/job-spec.js';
import { classBaseline, quantityBaseline } from './baseline.js';
import type { ColumnFacts, DataFacts } from './data-facts.js';
import { countClassesOf, equalInTrain, type Parts } from './parts.js';

interface Request {
  dataset: ResolvedColumnsSpec | ResolvedTextsSpec;
  spec: Pick<ResolvedJobSpec, 'task' | 'loss'>;
  parts: Parts;
  onProgress: () => void;
}

export function describeTable(
  columns: Columns,
  { dataset, spec, parts, onProgress }: Request,
): Omit<DataFacts, 'rows'> {
  const { classes, values } = readTarget(columns, dataset.target, spec.task as TargetTask);
  const targets = Float64Array.from(parts.rows, (row) => values[row]!);
  const target = binnedTarget(targets, classes, parts);
  const seen = seenTarget(target, parts);
  const hashes = newRowHashes(parts.rows.length);
  mixColumn(hashes, { type: 'number', values: targets });
  const features = 'text' in dataset ? [{ name: dataset.text }] : featureColumns(columns.info, dataset);
  const described = features.flatMap(({ name }): ColumnFacts[] => {
    const column = gathered(columns.column(name), parts.rows);
    mixColumn(hashes, column);
    onProgress();
    return column.type === 'text' ? [] : [describeColumn(name, column, { seen, parts })];
  });
  const counts = classes && countClassesOf(targets, parts, classes.length);
  const of = ({ from, to }: { from: number; to: number }) => targets.subarray(from, to);
  return {
    classes: counts && { names: classes, counts },
    columns: described,
    targetShift: shiftOf(target, parts),
    inTrain: equalInTrain(hashes, parts),
    baseline: counts
      ? classBaseline(counts, spec.loss)
      : quantityBaseline({ train: of(parts.of.train), validation: of(parts.of.validation) }, spec.loss),
  };
}

function binnedTarget(values: Float64Array, classes: readonly string[] | null, { of }: Parts): BinnedTarget {
  if (classes) return { bins: Int32Array.from(values), count: classes.length, quantities: null };
  const edges = describeNumbers(values.subarray(of.train.from, of.train.to))?.edges ?? [];
  return { bins: binNumbers(values, edges), count: edges.length + 1, quantities: values };
}

/** Of the rows that the run learns and chooses by: a leak is often none any more in the rows that are tested with. */
function seenTarget({ bins, count, quantities }: BinnedTarget, { of }: Parts): SampledTarget {
  const { to } = of.validation;
  return withSample({ bins: bins.subarray(0, to), count, quantities: quantities ? quantities.subarray(0, to) : null });
}

/** The column at some rows. */
function gathered(column: Column, rows: Int32Array): Column {
  switch (column.type) {
    case 'number':
    case 'date':
      return { type: column.type, values: Float64Array.from(rows, (row) => column.values[row]!) };
    case 'category':
    case 'boolean':
      return { type: column.type, codes: rows.map((row) => column.codes[row]!), values: column.values };
    case 'text': {
      const { bytes, offsets } = column;
      const ends = new Float64Array(rows.length + 1);
      rows.forEach((row, index) => {
        ends[index + 1] = ends[index]! + offsets[row + 1]! - offsets[row]!;
      });
      const texts = new Uint8Array(ends.at(-1)!);
      rows.forEach((row, index) => {
        texts.set(bytes.subarray(offsets[row]!, offsets[row + 1]!), ends[index]!);
      });
      return { type: 'text', bytes: texts, offsets: ends };
    }
    default:
      throw new Error(`column type ${column satisfies never}`);
  }
}

function describeColumn(
  name: string,
  column: Exclude<Column, { type: 'text' }>,
  { seen, parts }: { seen: SampledTarget; parts: Parts },
): ColumnFacts {
  const { from, to } = parts.of.train;
  if ('codes' in column) {
    const { codes, values } = column;
    const binned = binCodes(codes, countCodes(codes, values));
    const train = codes.subarray(from, to);
    const present = new Set(train.filter((code) => code >= 0));
    return {
      ...{ name, type: column.type, numbers: null },
      ...{ missing: shareOf(train, (code) => code < 0), constant: present.size < 2 },
      ...association(binned, seen, null),
      shift: shiftOf(binned, parts),
    };
  }
  const { values, type } = column;
  const train = values.subarray(from, to);
  const described = describeNumbers(train);
  const edges = described?.edges ?? [];
  const binned = { bins: binNumbers(values, edges), count: edges.length + 1 };
  // A date is no number to the model: it is taken apart.
  const numbers =
    type === 'number' && described
      ? {
          mean: described.profile.mean,
          deviation: described.profile.deviation,
          quartileRange: described.profile.quantiles.p75 - described.profile.quantiles.p25,
        }
      : null;
  return {
    ...{ name, type, numbers },
    ...{
      missing: shareOf(train, Number.isNaN),
      constant: (described?.profile.max ?? 0) === (described?.profile.min ?? 0),
    },
    ...association(binned, seen, values),
    shift: shiftOf(binned, parts),
  };
}

const shareOf = (values: ArrayLike<number>, is: (value: number) => boolean): number =>
  Array.from(values).filter(is).length / Math.max(values.length, 1);

function association({ bins, count }: Binned, seen: SampledTarget, numbers: Float64Array | null) {
  const to = seen.bins.length;
  const binned = { bins: bins.subarray(0, to), count };
  const { score, correlation } = associate(binned, seen, numbers ? numbers.subarray(0, to) : null);
  return { score, correlation };
}

/**
 * Total variation ½ Σ |p − q| between the bins of train and those of a part, less twice what chance makes of it where
 * both were drawn alike: E|p − q| = √(2/π · p(1 − p)(1/n + 1/m)) a bin.
 */
function shiftOf({ bins, count }: Binned, { of }: Parts): ColumnFacts['shift'] {
  const sharesOf = ({ from, to }: { from: number; to: number }) => {
    const counts = new Array<number>(count + 1).fill(0);
    for (const bin of bins.subarray(from, to)) counts[bin + 1]! += 1;
    return { rows: to - from, shares: counts.map((rows) => rows / Math.max(to - from, 1)) };
  };
  const train = sharesOf(of.train);
  const shift = (range: { from: number; to: number }) => {
    const part = sharesOf(range);
    if (part.rows === 0) return 0;
    let [variation, byChance] = [0, 0];
    for (const [bin, p] of train.shares.entries()) {
      const q = part.shares[bin]!;
      const pooled = (p * train.rows + q * part.rows) / (train.rows + part.rows);
      variation += Math.abs(p - q) / 2;
      byChance += Math.sqrt((2 / Math.PI) * pooled * (1 - pooled) * (1 / train.rows + 1 / part.rows)) / 2;
    }
    return Math.max(0, variation - 2 * byChance);
  };
  return { validation: shift(of.validation), test: shift(of.test) };
}
