/** Fashion-MNIST (Xiao, Rasul & Vollgraf 2017): 60,000 training and 10,000 test images of clothes, 28×28 grey pixels, ten classes. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describeImages, type Images } from '../../src/data/images/image-file.js';
import type { DataShape, TrainingData } from '../../src/engine/index.js';

/** Where Debian's package puts the four files. */
const FOLDER = process.env['FASHION_MNIST'] ?? '/usr/share/datasets/fashion-mnist';
const PIXELS = 28 * 28;
const CLASSES = 10;
const IMAGES_HEADER_BYTES = 16;
const LABELS_HEADER_BYTES = 8;

/** Bytes behind the header of an IDX file. */
function idx(name: string, headerBytes: number): Uint8Array {
  const path = join(FOLDER, `${name}-ubyte.gz`);
  if (!existsSync(path)) {
    const remedy =
      'apt-get install dataset-fashion-mnist, or put the files of https://github.com/zalandoresearch/fashion-mnist in a folder';
    throw new Error(`${path} is missing: ${remedy} that FASHION_MNIST names`);
  }
  return gunzipSync(readFileSync(path)).subarray(headerBytes);
}

/** As an upload of the four files is stored. */
export function fashionMnistImages(): Images {
  const [train, test] = ['train', 't10k'].map((part) => ({
    pixels: idx(`${part}-images-idx3`, IMAGES_HEADER_BYTES),
    labels: idx(`${part}-labels-idx1`, LABELS_HEADER_BYTES),
  })) as [Omit<Images, 'contents'>, Omit<Images, 'contents'>];
  const join = (name: 'pixels' | 'labels') => new Uint8Array(Buffer.concat([train[name], test[name]]));
  const classes = Array.from({ length: CLASSES }, (_, digit) => String(digit));
  const labels = join('labels');
  const contents = describeImages({ shape: [1, 28, 28], classes, labels, testRowCount: test.labels.length });
  return { contents, pixels: join('pixels'), labels };
}

/** Pixels are standardised by the mean and the deviation of the training images. */
export function fashionMnist(): { shape: DataShape; data: TrainingData } {
  const [trainPixels, testPixels] = ['train', 't10k'].map((part) =>
    idx(`${part}-images-idx3`, IMAGES_HEADER_BYTES),
  ) as [Uint8Array, Uint8Array];
  const mean = trainPixels.reduce((sum, pixel) => sum + pixel, 0) / trainPixels.length;
  const variance = trainPixels.reduce((sum, pixel) => sum + (pixel - mean) ** 2, 0) / trainPixels.length;
  const split = (part: string, pixels: Uint8Array) => ({
    rows: pixels.length / PIXELS,
    x: Float32Array.from(pixels, (pixel) => (pixel - mean) / Math.sqrt(variance)),
    y: Int32Array.from(idx(`${part}-labels-idx1`, LABELS_HEADER_BYTES)),
  });
  const [train, test] = [split('train', trainPixels), split('t10k', testPixels)];
  const validation = { rows: 0, x: new Float32Array(), y: new Int32Array() };
  const rows = { train: train.rows, validation: 0, test: test.rows };
  return {
    shape: { task: 'classification', inputs: PIXELS, outputs: CLASSES, rows },
    data: { train, validation, test },
  };
}
