/**
 * From the stored dataset to the engine's arrays: rows without a target are dropped, the rest is split, the preparation is
 * fitted on the training split alone (a function of data and spec, so a resumed run fits the same one), and each split is
 * encoded by it.
 */
import { balanceRows } from '../data/balance.js';
import type { Columns } from '../data/columns.js';
import { encodeClasses, encodeRows } from '../data/encode.js';
import { DataError } from '../data/errors.js';
import { embeddedInputs } from '../data/features/embedded.js';
import {
  type FedData,
  fedArrays,
  fedFile,
  fedImages,
  feedOf,
  type Learnable,
  streams,
} from '../data/feed/feed-data.js';
import type { RowFileOptions } from '../data/feed/row-file.js';
import { type ImagesRequest, prepareImages } from '../data/images/prepare-images.js';
import type { Preparation } from '../data/preparation.js';
import { fitPreparation } from '../data/prepare.js';
import { countRows, eachSplit, type PreparedData } from '../data/prepared-data.js';
import { resolveDataset } from '../data/resolve-dataset.js';
import type { SplitRows } from '../data/splits/splitting.js';
import type { StoredDataset } from '../data/stored-dataset.js';
import { type Classes, readClasses, type TargetTask } from '../data/target.js';
import { prepareStream } from '../data/text/prepare-stream.js';
import type { TextTask } from '../data/text/stream.js';
import { encodeTexts, fitTexts, textsShape } from '../data/text/texts.js';
import { openTokenizer } from '../data/text/tokenizer.js';
import type { DataShape } from '../engine/index.js';
import type { DatasetContents } from '../schemas/dataset.js';
import type { ResolvedColumnsSpec, ResolvedTextSpec, ResolvedTextsSpec } from '../schemas/dataset-spec.js';
import { asPosted, type ResolvedJobSpec } from '../schemas/job-spec.js';
import { imagesRequest, splitTable } from './split-dataset.js';

/** What may stand in memory, and where files of encoded rows are made. */
export interface RowStore extends RowFileOptions {
  memoryBytes: number;
}

/** Which run of a job. */
interface Part {
  /** The fold that validates, from 0; null: the parts are those of the split. */
  fold?: number | null;
  /** Whose inputs are prepared so, since its weights are taken over; null: all is fitted to the training split. */
  source?: Preparation | null;
}

/** The spec was resolved against this very dataset, so that its fields are those of what the dataset holds. */
export function prepareTrainingData(
  stored: StoredDataset,
  spec: ResolvedJobSpec,
  { fold = null, source = null, ...store }: RowStore & Part,
): Learnable {
  const isFed = spec.augmentation.length > 0 || isStreamed(stored, spec, { ...store, source });
  const part = { fold, source };
  return isFed ? feedOf(fedData(stored, spec, { ...store, ...part })) : prepareSplits(stored, spec, part);
}

/** Rows as a feed reads them, from memory or from a file, and how they are augmented. */
export function fedData(
  stored: StoredDataset,
  spec: ResolvedJobSpec,
  { fold = null, source = null, ...store }: RowStore & Part,
): FedData {
  if (stored.kind !== 'table' || !isStreamed(stored, spec, { ...store, source }))
    return augmentedData(stored, spec, { fold, source });
  const fitted = fitColumns(stored.columns, spec, { fold, source });
  return fedFile(stored.columns, fitted, { ...store, augmentations: spec.augmentation });
}

/** Rows in memory, and how they are augmented. */
export function augmentedData(stored: StoredDataset, spec: ResolvedJobSpec, part: Part = {}): FedData {
  const { augmentation } = spec;
  if (stored.kind !== 'images') return fedArrays(prepareSplits(stored, spec, part), augmentation);
  return fedImages(stored.images, imagesOf(spec, part), augmentation);
}

/** Decided as planning decided it: by the shape that the data have at most, or have where they are prepared as a source's. */
function isStreamed(stored: StoredDataset, spec: ResolvedJobSpec, { memoryBytes, source }: RowStore & Part): boolean {
  if (stored.kind !== 'table') return false;
  const { rowCount, info } = stored.columns;
  const contents: DatasetContents = { kind: 'table', rowCount, columns: [...info] };
  const { dataset, task, model } = asPosted(spec);
  const { shape } = resolveDataset(contents, {
    dataset,
    task: task ?? 'auto',
    model: model as ResolvedJobSpec['model'],
  });
  const fitted = ofKind(source, 'columns');
  return streams(contents.kind, fitted ? { ...shape, inputs: fitted.inputs } : shape, memoryBytes);
}

function prepareSplits(stored: StoredDataset, spec: ResolvedJobSpec, part: Part): PreparedData {
  const { dataset, model } = spec;
  switch (stored.kind) {
    case 'table': {
      const { columns } = stored;
      if (model.type === 'bert') return prepareTexts(columns, spec, { context: model.context, ...part });
      const fitted = fitColumns(columns, spec, part);
      return { ...fitted, data: eachSplit(fitted.split, (part) => encodeRows(fitted.preparation, columns, part)) };
    }
    case 'images':
      return prepareImages(stored.images, imagesOf(spec, part));
    case 'text': {
      const { context } = model as Extract<typeof model, { context: number }>;
      const fitted = ofKind(part.source, 'stream')?.tokenizer;
      return prepareStream(stored.text, dataset as ResolvedTextSpec, { task: spec.task as TextTask, context, fitted });
    }
    default:
      throw new Error(`dataset ${stored satisfies never}`);
  }
}

function imagesOf(spec: ResolvedJobSpec, { fold = null, source }: Part): ImagesRequest {
  const scale = ofKind(source, 'images');
  return { ...imagesRequest(spec, fold), scale: scale && { mean: scale.mean, deviation: scale.deviation } };
}

/** The preparation of the source, where it is of that kind. */
function ofKind<Kind extends Preparation['kind']>(source: Preparation | null | undefined, kind: Kind) {
  return source?.kind === kind ? (source as Extract<Preparation, { kind: Kind }>) : undefined;
}

/** Everything but the rows themselves: which row is in which split, and how they are encoded. */
function fitColumns(columns: Columns, spec: ResolvedJobSpec, { fold = null, source }: Part) {
  const dataset = spec.dataset as ResolvedColumnsSpec;
  const task = spec.task as TargetTask;
  const { seed } = spec.training;
  const split = requireTraining(splitTable(columns, spec, fold));
  const fitted = ofKind(source, 'columns');
  const preparation = fitPreparation({ columns, dataset, task, rows: split.train, fitted });
  const { target, inputs } = preparation;
  const rows = task === 'regression' ? split : balanced(split, readClasses(columns, target.name), { ...dataset, seed });
  const outputs = target.type === 'classification' ? target.classes.length : 1;
  const shape: DataShape = { task, inputs, outputs, rows: countRows(rows), ...embeddedInputs(preparation.features) };
  const metricScale = target.type === 'regression' && { mean: [target.mean], deviation: [target.deviation] };
  return { split: rows, preparation, shape, ...(metricScale && { metricScale }) };
}

function prepareTexts(
  columns: Columns,
  spec: ResolvedJobSpec,
  { context, fold = null, source }: Part & { context: number },
): PreparedData {
  const dataset = spec.dataset as ResolvedTextsSpec;
  const { seed } = spec.training;
  const rows = requireTraining(splitTable(columns, spec, fold));
  const fitted = ofKind(source, 'texts')?.tokenizer;
  const preparation = fitTexts(columns, dataset, { rows: rows.train, context, fitted });
  const { target, tokenizer } = preparation;
  const classes = readClasses(columns, target.name);
  const learnt = balanced(rows, classes, { ...dataset, seed });
  const { vocabulary } = openTokenizer(tokenizer);
  return {
    preparation,
    split: learnt,
    shape: textsShape({ context, vocabulary, classes: target.classes.length, rows: countRows(learnt) }),
    data: eachSplit(learnt, (part) => ({
      x: encodeTexts(preparation, columns, part),
      y: encodeClasses(target, classes, part),
    })),
  };
}

/** Preparations are fitted to the rows as they are; what is repeated or left out is so for learning alone. */
const balanced = (
  rows: SplitRows,
  classes: Classes,
  { balance, seed }: Pick<ResolvedColumnsSpec, 'balance'> & { seed: number },
): SplitRows => ({ ...rows, train: balanceRows(rows.train, classes, balance, seed) });

/** How many rows a part has is known for sure only now, where values are missing or parts depend on them. */
function requireTraining(rows: SplitRows): SplitRows {
  if (rows.train.length > 0) return rows;
  const details = { path: '/dataset/split', expected: 'at least one row to train on', got: `${rows.dropped} left out` };
  throw new DataError('too_few_rows', 'no row is left to train on', details);
}
