/** What a run is fed from, where its rows do not stand in the engine's memory, and how much of the machine's that takes. */
import { countClasses, type DataShape, type Feed, type TrainingData } from '../../engine/index.js';
import type { DatasetContents } from '../../schemas/dataset.js';
import { domainOf } from '../augment/domain.js';
import type { ResolvedAugmentation } from '../augment/index.js';
import type { Columns } from '../columns.js';
import { encodeClasses } from '../encode.js';
import type { Images } from '../images/image-file.js';
import { fitImages, type ImagesRequest } from '../images/prepare-images.js';
import type { ColumnsPreparation } from '../prepare.js';
import type { PreparedData } from '../prepared-data.js';
import type { SplitRows } from '../splits/splitting.js';
import { readClasses } from '../target.js';
import { arraysSource, shared } from './arrays.js';
import { type FeedSource, feedFrom } from './feed.js';
import { type RowFileOptions, writeRowFile } from './row-file.js';

/** Everything that is known of the rows, but for the rows. */
export type Fitted = Omit<PreparedData, 'data'>;

export interface FedData extends Fitted, Pick<Feed, 'classCounts'> {
  source: FeedSource;
}

/** What the engine trains on. */
export interface Learnable extends Fitted {
  data: TrainingData | Feed;
}

export const feedOf = ({ source, classCounts, ...fitted }: FedData): Learnable => ({
  ...fitted,
  data: feedFrom(source, { classCounts }),
});

type Augmentations = readonly ResolvedAugmentation[];

/** Rows that are encoded already: of tables and texts. */
export function fedArrays({ data, ...fitted }: PreparedData, augmentations: Augmentations): FedData {
  const { preparation, shape } = fitted;
  const { x, y } = data.train;
  const targets = shape.tokens?.stream === undefined ? y : x.subarray(1);
  const classCounts = shape.task === 'classification' ? countClasses(targets, shape.outputs) : [];
  return { ...fitted, classCounts, source: { rows: arraysSource(data), domain: domainOf(preparation), augmentations } };
}

/** Images as they are stored: they are changed before they are scaled. */
export function fedImages(images: Images, request: ImagesRequest, augmentations: Augmentations): FedData {
  const { preparation, shape, rows, target } = fitImages(images, request);
  const split = (images: Int32Array) => ({ images, classes: encodeClasses(preparation.target, target, images) });
  const splits = { train: split(rows.train), validation: split(rows.validation), test: split(rows.test) };
  const source = { kind: 'images', pixels: shared(images.pixels), splits } as const;
  return {
    preparation,
    shape,
    split: rows,
    classCounts: countClasses(splits.train.classes, shape.outputs),
    source: { rows: source, domain: domainOf(preparation), augmentations },
  };
}

/** Rows of a table that are encoded into a file. */
export function fedFile(
  columns: Columns,
  { split, preparation, ...fitted }: Fitted & { split: SplitRows; preparation: ColumnsPreparation },
  { augmentations, ...options }: RowFileOptions & { augmentations: Augmentations },
): FedData {
  const { target } = preparation;
  const classCounts =
    target.type === 'classification'
      ? countClasses(encodeClasses(target, readClasses(columns, target.name), split.train), target.classes.length)
      : [];
  const source = writeRowFile(columns, { preparation, rows: split }, options);
  return {
    ...{ preparation, split, ...fitted, classCounts },
    source: { rows: source, domain: domainOf(preparation), augmentations },
  };
}

/** Whether the rows of a dataset are read from a file, as encoded they take more than `memoryBytes`: tables of columns alone. */
export const streams = (kind: DatasetContents['kind'], shape: DataShape, memoryBytes: number): boolean =>
  kind === 'table' && shape.tokens === undefined && encodedBytes(shape) > memoryBytes;

function encodedBytes({ inputs, tokens, outputs, task, rows }: DataShape): number {
  const targets = task === 'regression' ? outputs : tokens === undefined || tokens.targets === 'row' ? 1 : 0;
  return 4 * countAll(rows) * (inputs + targets);
}

const countAll = ({ train, validation, test }: DataShape['rows']): number => train + validation + test;

/**
 * Bytes that a feed keeps beside the engine's memory: the order of an epoch; and the place of each row in the file, or the
 * rows, pixels as they are stored and everything else encoded.
 */
export function sourceBytes(
  kind: DatasetContents['kind'],
  shape: DataShape,
  { fromFile }: { fromFile: boolean },
): number {
  const { rows, inputs } = shape;
  const order = 4 * rows.train;
  if (fromFile) return order + 4 * countAll(rows);
  if (kind === 'images') return order + countAll(rows) * (inputs + 8);
  return order + encodedBytes(shape);
}
