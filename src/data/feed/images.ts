/** Rows of images, as they are stored: a byte a pixel. */
import type { SplitName } from '../../engine/index.js';
import type { RowReader } from './source.js';

export interface ImagesSource {
  kind: 'images';
  /** Shared. [images, channels, height, width] */
  pixels: Uint8Array;
  /** Which image each row of a split is, and its class. */
  splits: { readonly [Name in SplitName]: { readonly images: Int32Array; readonly classes: Int32Array } };
}

/** Inputs are levels from 0 to 255. */
export function imagesReader({ pixels, splits }: ImagesSource, inputs: number): RowReader {
  return {
    read(split, places, { x, y }) {
      const { images, classes } = splits[split];
      places.forEach((place, row) => {
        const first = images[place]! * inputs;
        x.set(pixels.subarray(first, first + inputs), row * inputs);
        y[row] = classes[place]!;
      });
    },
  };
}
