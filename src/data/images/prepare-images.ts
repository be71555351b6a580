/** Images → splits of standardised pixels. */
import type { DataShape } from '../../engine/index.js';
import { foldsOf, type ResolvedImagesSpec } from '../../schemas/dataset-spec.js';
import { balanceRows } from '../balance.js';
import { encodeClasses } from '../encode.js';
import { fitClasses } from '../prepare.js';
import { countRows, eachSplit, type PreparedData } from '../prepared-data.js';
import type { RowHashes } from '../row-hashes.js';
import { foldOfRows } from '../splits/folds.js';
import { splitRandomly } from '../splits/random.js';
import { rowsWithTarget, type SplitRows, splitOf } from '../splits/splitting.js';
import { type Classes, withoutDuplicates } from '../target.js';
import { hashImages, type Images } from './image-file.js';
import { encodeImageRows, type ImagesPreparation, labelField, pixelMoments, type Scale } from './images.js';

export interface ImagesRequest {
  split: ResolvedImagesSpec['split'];
  /** Whether an image that equals an earlier one of its class is in no part. */
  dropsDuplicates?: boolean;
  /** Of the training split. */
  balance?: ResolvedImagesSpec['balance'];
  seed: number;
  /** The fold that validates, from 0; null: parts as the split says. */
  fold?: number | null;
  /** Fitted before, to other images. */
  scale?: Scale | undefined;
}

export function prepareImages(images: Images, request: ImagesRequest): PreparedData {
  const { preparation, shape, rows, target } = fitImages(images, request);
  return {
    preparation,
    shape,
    split: rows,
    data: eachSplit(rows, (part) => ({
      x: encodeImageRows(preparation, images.pixels, part),
      y: encodeClasses(preparation.target, target, part),
    })),
  };
}

/** Everything but the rows themselves: which image is in which split, and how its pixels are scaled. */
export function fitImages(images: Images, request: ImagesRequest) {
  const { pixels, labels, contents } = images;
  const { shape, classes } = contents;
  const inputs = shape.reduce((product, size) => product * size, 1);
  const target = { classes, values: Float64Array.from(labels) };
  const { balance = { type: 'none' }, seed } = request;
  const split = splitImages(images, request);
  const rows = { ...split, train: balanceRows(split.train, target, balance, seed) };
  // Fitted to the rows as they are: what is repeated or left out is so for learning alone.
  const preparation: ImagesPreparation = {
    ...{ kind: 'images', shape, inputs },
    ...(request.scale ?? pixelMoments(pixels, split.train, inputs)),
    target: fitClasses(labelField, target, split.train),
  };
  const outputs = preparation.target.classes.length;
  const counted: DataShape = { task: 'classification', inputs, outputs, rows: countRows(rows) };
  return { preparation, shape: counted, rows, target };
}

/** `hashes`: of the images, where they are known; they are taken up. */
export function splitImages(
  images: Images,
  { split, dropsDuplicates = false, seed, fold = null }: ImagesRequest,
  hashes?: RowHashes,
): SplitRows {
  const { contents } = images;
  const values = Float64Array.from(images.labels);
  const target = {
    classes: contents.classes,
    values: dropsDuplicates ? withoutDuplicates(values, hashes ?? hashImages(images)) : values,
  };
  const rows = splitWhole(target, { split, seed, testFrom: contents.rowCount - contents.testRowCount });
  if (fold === null) return rows;
  return foldOfRows(rows, { target, stratify: split.stratify, fold, folds: foldsOf({ split })!, seed });
}

function splitWhole(
  { classes, values }: Classes,
  { split, seed, testFrom }: Pick<ImagesRequest, 'split' | 'seed'> & { testFrom: number },
): SplitRows {
  if (split.type === 'random') return splitRandomly({ classes, values }, split, seed);
  const others = splitRandomly({ classes, values: values.subarray(0, testFrom) }, { ...split, test: 0 }, seed);
  const given = rowsWithTarget({ classes, values }).filter((row) => row >= testFrom);
  return splitOf({ train: [...others.train], validation: [...others.validation], test: given }, values.length);
}
