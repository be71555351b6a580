/** A run's prepared data, fed instead of standing in the engine's memory. */
import { countClasses, type DataShape, type Feed, type TrainingData } from '../../engine/index.js';
import type { DatasetContents } from '../../schemas/dataset.js';
import { domainOf } from '../augment/domain.js';
import type { ResolvedAugmentation } from '../augment/index.js';
import { encodeClasses } from '../encode.js';
import type { Images } from '../images/image-file.js';
import { fitImages, type ImagesRequest } from '../images/prepare-images.js';
import type { PreparedData } from '../prepared-data.js';
import { arraysSource, shared } from './arrays.js';
import { feedFrom } from './feed.js';

/** What the engine trains on. */
export interface Learnable extends Omit<PreparedData, 'data'> {
  data: TrainingData | Feed;
}

/** Rows that are encoded already: of tables and texts. */
export function feedArrays(
  { data, ...prepared }: PreparedData,
  augmentations: readonly ResolvedAugmentation[],
): Learnable {
  const { preparation, shape } = prepared;
  const { x, y } = data.train;
  const targets = shape.tokens?.stream === undefined ? y : x.subarray(1);
  const classCounts = shape.task === 'classification' ? countClasses(targets, shape.outputs) : [];
  const source = { rows: arraysSource(data), domain: domainOf(preparation), augmentations };
  return { ...prepared, data: feedFrom(source, { classCounts }) };
}

/** Images as they are stored: they are changed before they are scaled. */
export function feedImages(
  images: Images,
  request: ImagesRequest,
  augmentations: readonly ResolvedAugmentation[],
): Learnable {
  const { preparation, shape, rows, target } = fitImages(images, request);
  const split = (images: Int32Array) => ({ images, classes: encodeClasses(preparation.target, target, images) });
  const splits = { train: split(rows.train), validation: split(rows.validation), test: split(rows.test) };
  const source = {
    rows: { kind: 'images', pixels: shared(images.pixels), splits } as const,
    domain: domainOf(preparation),
    augmentations,
  };
  const classCounts = countClasses(splits.train.classes, shape.outputs);
  return { preparation, shape, data: feedFrom(source, { classCounts }) };
}

/** Bytes that a feed keeps beside the engine's memory: pixels as they are stored, everything else encoded; and an epoch's order. */
export function sourceBytes(kind: DatasetContents['kind'], { inputs, tokens, outputs, task, rows }: DataShape): number {
  const all = rows.train + rows.validation + rows.test;
  const targets = task === 'regression' ? outputs : tokens?.targets === 'row' || !tokens ? 1 : 0;
  return all * ((kind === 'images' ? 1 : 4) * inputs + 4 * targets) + 4 * rows.train;
}
