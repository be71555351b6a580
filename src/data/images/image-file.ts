/** Images as they are stored: pixels and labels as bytes in a safetensors container, with what is known of them. */
import { encodeSafetensors } from '../../engine/index.js';
import type { ImagesContents } from '../../schemas/dataset.js';
import type { TensorFile } from '../tensor-file.js';

/** Name of the contents in the metadata. */
export const imagesKey = 'images';

/** Rows that are given to train with, then those to test with. */
export interface Images {
  contents: ImagesContents;
  /** [rows, channels, height, width] */
  pixels: Uint8Array;
  /** [rows]: indices into the classes */
  labels: Uint8Array;
}

export function encodeImages({ contents, pixels, labels }: Images): Uint8Array {
  const { rowCount, shape } = contents;
  return encodeSafetensors(
    [
      { name: 'pixels', dtype: 'U8', shape: [rowCount, ...shape], data: pixels },
      { name: 'labels', dtype: 'U8', shape: [rowCount], data: labels },
    ],
    { [imagesKey]: JSON.stringify(contents) },
  );
}

/** The images in a file, all of them. */
export function imagesOf(file: TensorFile): Images {
  const { [imagesKey]: contents } = file.metadata;
  if (contents === undefined) throw new Error(`image file: no ${imagesKey} in its metadata`);
  return {
    contents: JSON.parse(contents) as ImagesContents,
    pixels: file.read('pixels', Uint8Array),
    labels: file.read('labels', Uint8Array),
  };
}
