/** Images as they are stored: pixels and labels as bytes in a safetensors container, with what is known of them. */
import { join } from 'node:path';
import { countClasses } from '../../engine/index.js';
import type { ImagesContents } from '../../schemas/dataset.js';
import { resultName } from '../ingest-protocol.js';
import { mixBytes, newRowHashes, type RowHashes } from '../row-hashes.js';
import type { TensorFile } from '../tensor-file.js';
import { TensorWriter } from '../tensor-writer.js';

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

/** What is known of images whose last `testRowCount` were given to test with. */
export function describeImages({
  labels,
  testRowCount,
  ...images
}: Pick<ImagesContents, 'shape' | 'classes' | 'testRowCount'> & Pick<Images, 'labels'>): ImagesContents {
  const rowCount = labels.length;
  const countsFrom = (row: number) => countClasses(Int32Array.from(labels.subarray(row)), images.classes.length);
  return {
    ...{ kind: 'images', ...images, rowCount, testRowCount },
    ...{ counts: countsFrom(0), testCounts: countsFrom(rowCount - testRowCount) },
  };
}

/** Of equal pixels are equal. */
export function hashImages({ pixels, contents: { rowCount, shape } }: Pick<Images, 'pixels' | 'contents'>): RowHashes {
  const size = shape.reduce((product, length) => product * length, 1);
  const hashes = newRowHashes(rowCount);
  for (let row = 0; row < rowCount; row++) mixBytes(hashes, row, pixels.subarray(row * size, (row + 1) * size));
  return hashes;
}

/** Writes `<scratch>/columns.safetensors`; `pixels` come in pieces of whole images. */
export async function writeImages(
  scratch: string,
  { contents, pixels, labels }: Omit<Images, 'pixels'> & { pixels: readonly Uint8Array[] },
): Promise<void> {
  const { rowCount, shape } = contents;
  const writer = new TensorWriter(scratch);
  try {
    writer.add({ name: 'pixels', dtype: 'U8', shape: [rowCount, ...shape] }, pixels);
    writer.add({ name: 'labels', dtype: 'U8', shape: [rowCount] }, [labels]);
    await writer.finish(join(scratch, resultName), { [imagesKey]: JSON.stringify(contents) });
  } finally {
    writer.close();
  }
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
