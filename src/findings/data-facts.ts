/**
 * Facts of the data as a run splits them, made before the first step of each attempt. Of a large dataset they rest on rows
 * evenly spread over each part: a table's columns are read whole, one after the other, but all else costs no more than a few
 * passes over a hundred thousand rows.
 */
import { mixBytes, newRowHashes } from '../data/row-hashes.js';
import type { SplitRows } from '../data/splits/splitting.js';
import type { StoredDataset } from '../data/stored-dataset.js';
import type { DataShape, Feed, SplitName, TrainingData } from '../engine/index.js';
import type { ResolvedColumnsSpec, ResolvedTextsSpec } from '../schemas/dataset-spec.js';
import type { ResolvedJobSpec } from '../schemas/job-spec.js';
import { classBaseline, tokenBaseline } from './baseline.js';
import { countClassesOf, equalInTrain, sampleParts } from './parts.js';
import { describeTable } from './table-facts.js';

export interface ColumnFacts {
  name: string;
  type: 'number' | 'date' | 'category' | 'boolean';
  /** Share of the training rows without a value. */
  missing: number;
  /** Whether all training rows have one value. */
  constant: boolean;
  /** Of numbers: as the training rows have them, before any scaling. */
  numbers: { mean: number; deviation: number; quartileRange: number } | null;
  /** What the column tells of the target by itself, in train and validation: see the profile's `score`. */
  score: number;
  correlation: number | null;
  /** How much of validation and test lies in other bins than train's does, beyond chance; 0 where they are alike. */
  shift: Record<'validation' | 'test', number>;
}

export interface DataFacts {
  rows: DataShape['rows'];
  /** Of a classification: how many rows of each part have which class. */
  classes: { names: readonly string[]; counts: Record<SplitName, readonly number[]> } | null;
  /** Features of a table. */
  columns: readonly ColumnFacts[];
  /** Shift of the target, as that of a column. */
  targetShift: Record<'validation' | 'test', number>;
  /** Share of the rows of validation and test that train has too, target and all. */
  inTrain: Record<'validation' | 'test', number>;
  /** Loss of the model that gives one answer whatever the row is: the best that knows the targets of train alone. */
  baseline: Record<'train' | 'validation', number>;
}

interface Described {
  stored: StoredDataset;
  spec: ResolvedJobSpec;
  /** null of a text */
  split: SplitRows | null;
  shape: DataShape;
  data: TrainingData | Feed;
  /** Called after each column: a large table takes its time. */
  onProgress: () => void;
}

/** No more images than this are compared with one another: each has thousands of bytes. */
const mostImages = 20_000;

export function describeData({ stored, spec, split, shape, data, onProgress }: Described): DataFacts {
  switch (stored.kind) {
    case 'table': {
      const parts = sampleParts(split!);
      const dataset = spec.dataset as ResolvedColumnsSpec | ResolvedTextsSpec;
      return { ...describeTable(stored.columns, { dataset, spec, parts, onProgress }), rows: shape.rows };
    }
    case 'images': {
      const { pixels, labels, contents } = stored.images;
      const parts = sampleParts(split!, mostImages);
      const values = Float64Array.from(parts.rows, (row) => labels[row]!);
      const size = pixels.length / labels.length;
      const hashes = newRowHashes(parts.rows.length);
      parts.rows.forEach((row, index) => {
        mixBytes(hashes, index, pixels.subarray(row * size, (row + 1) * size));
      });
      const counts = countClassesOf(values, parts, contents.classes.length);
      return {
        ...withoutColumns,
        rows: shape.rows,
        classes: { names: contents.classes, counts },
        inTrain: equalInTrain(hashes, parts),
        baseline: classBaseline(counts, spec.loss),
      };
    }
    case 'text':
      return {
        ...withoutColumns,
        rows: shape.rows,
        classes: null,
        inTrain: { validation: 0, test: 0 },
        baseline: tokenBaseline(shape.outputs, 'start' in data ? null : data),
      };
    default:
      throw new Error(`dataset ${stored satisfies never}`);
  }
}

const withoutColumns = { columns: [], targetShift: { validation: 0, test: 0 } } satisfies Partial<DataFacts>;
