/** Pixels as the model's inputs: (pixel / 255 − mean) / deviation, the moments those of all pixels of the training split. */

import type { PreparedClasses } from '../prepare.js';
import { invalidField, type RawRow, refuseUnknownFields } from '../raw-rows.js';

/** A raw row's field of rows of pixels, and that of the label, which is not looked at. */
export const imageField = 'image';
export const labelField = 'label';
const levels = 256;

export interface ImagesPreparation {
  kind: 'images';
  /** [channels, height, width] */
  shape: number[];
  mean: number;
  /** Of the population; 1 where every pixel is the same. */
  deviation: number;
  target: PreparedClasses;
  /** Pixels of an image. */
  inputs: number;
}

/** Mean and deviation of pixels / 255 in the given rows, from how often each of the 256 levels is there. */
export function pixelMoments(
  pixels: Uint8Array,
  rows: Int32Array,
  inputs: number,
): { mean: number; deviation: number } {
  const counts = new Array<number>(levels).fill(0);
  for (const row of rows) {
    for (let at = row * inputs; at < (row + 1) * inputs; at++) counts[pixels[at]!]! += 1;
  }
  const total = rows.length * inputs;
  const mean = counts.reduce((sum, count, level) => sum + count * level, 0) / (255 * total);
  const variance = counts.reduce((sum, count, level) => sum + count * (level / 255 - mean) ** 2, 0) / total;
  return { mean, deviation: variance > 0 ? Math.sqrt(variance) : 1 };
}

export type Scale = Pick<ImagesPreparation, 'mean' | 'deviation'>;
const scaled = (level: number, { mean, deviation }: Scale): number => (level / 255 - mean) / deviation;

/** The input that each level becomes: training and predict look it up alike. */
const inputsOf = (scale: Scale): Float32Array =>
  Float32Array.from({ length: levels }, (_, level) => scaled(level, scale));

/** The same in place, for levels that augmentation has left between the whole ones. */
export function scaleLevels(x: Float32Array, scale: Scale): void {
  for (let at = 0; at < x.length; at++) x[at] = scaled(x[at]!, scale);
}

/** The nearest whole levels of inputs. */
export const levelsOf = (x: Float32Array, { mean, deviation }: Scale): Uint8Array =>
  Uint8Array.from(x, (value) => Math.min(255, Math.max(0, Math.round(255 * (value * deviation + mean)))));

/** [rows, channels, height, width] */
export function encodeImageRows(preparation: ImagesPreparation, pixels: Uint8Array, rows: Int32Array): Float32Array {
  const { inputs } = preparation;
  const byLevel = inputsOf(preparation);
  const x = new Float32Array(rows.length * inputs);
  rows.forEach((row, index) => {
    for (let pixel = 0; pixel < inputs; pixel++) x[index * inputs + pixel] = byLevel[pixels[row * inputs + pixel]!]!;
  });
  return x;
}

/**
 * Rows `{ "image": [[…width] × height] }`, or with several channels a list of such, of integers from 0 to 255; or of all pixels in
 * one Uint8Array. Throws `invalid_row`, with the pixel in `path`.
 */
export function encodeRawImages(preparation: ImagesPreparation, rows: readonly RawRow[]): Float32Array {
  const { inputs, shape } = preparation;
  const pixels = new Uint8Array(rows.length * inputs);
  // one channel needs no list of its own
  const sizes = (shape[0] === 1 ? shape.slice(1) : shape) as [number, ...number[]];
  rows.forEach((row, index) => {
    refuseUnknownFields(row, index, new Set([imageField, labelField]));
    const image = row[imageField];
    const own = pixels.subarray(index * inputs, (index + 1) * inputs);
    if (image instanceof Uint8Array && image.length === inputs) own.set(image);
    else readPixels(image, sizes, { index, within: '', pixels: own });
  });
  return encodeImageRows(preparation, pixels, Int32Array.from(rows.keys()));
}

const levelRange = 'an integer from 0 to 255';
const sizeNames = ['pixels', 'rows', 'channels'];

/** Reads lists within lists of the given sizes into `pixels`, row-major. */
function readPixels(
  value: unknown,
  [size, ...inner]: readonly [number, ...number[]],
  { index, within, pixels }: { index: number; within: string; pixels: Uint8Array },
): void {
  if (!Array.isArray(value) || value.length !== size) {
    const parts = inner.map((length, depth) => ` of ${length} ${sizeNames[inner.length - 1 - depth]}`).join('');
    const expected = `a list of ${size} ${sizeNames[inner.length]}${parts}`;
    throw invalidField(index, imageField, { expected, got: Array.isArray(value) ? value.length : value, within });
  }
  const [next, ...rest] = inner;
  if (next === undefined) {
    value.forEach((pixel, x) => {
      const isLevel = typeof pixel === 'number' && Number.isInteger(pixel) && pixel >= 0 && pixel < levels;
      if (!isLevel)
        throw invalidField(index, imageField, { expected: levelRange, got: pixel, within: `${within}/${x}` });
      pixels[x] = pixel;
    });
    return;
  }
  const length = pixels.length / size;
  value.forEach((part, at) => {
    const place = { index, within: `${within}/${at}`, pixels: pixels.subarray(at * length, (at + 1) * length) };
    readPixels(part, [next, ...rest], place);
  });
}
