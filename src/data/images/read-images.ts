/** From IDX files of images and labels, with or without others to test with, to their stored form. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type ImagePart, imageParts } from '../../schemas/dataset.js';
import type { IngestedDataset, IngestRequest } from '../ingest-protocol.js';
import type { IngestLimits } from '../limits.js';
import { idxError, readIdx } from './idx.js';
import { describeImages, writeImages } from './image-file.js';
import { encodeLabels } from './labels.js';

interface Labelled {
  pixels: Uint8Array;
  labels: Uint8Array;
  height: number;
  width: number;
}

/** `path` is the folder in which each part of the upload is a file of its name. Throws DataError. */
export async function readImages({ path, scratch, limits }: Omit<IngestRequest, 'format'>): Promise<IngestedDataset> {
  const train = await readLabelled(path, ['images', 'labels'], limits);
  const parts = (await readdir(path)).filter((name): name is ImagePart => imageParts.some((part) => part === name));
  const test = parts.includes('testImages') ? await readLabelled(path, ['testImages', 'testLabels'], limits) : null;
  const { height, width } = train;
  if (test && (test.height !== height || test.width !== width)) {
    const [expected, got] = [`${height} × ${width}`, `${test.height} × ${test.width}`];
    throw idxError('invalid_idx', 'testImages', { what: 'offset 8, height and width', expected, got });
  }
  const { classes, codes } = encodeLabels(train.labels, test?.labels, (expected, got, row = 0) =>
    idxError('unknown_class', 'testLabels', { what: `offset ${8 + row}`, expected, got }),
  );
  const contents = describeImages({
    ...{ shape: [1, height, width], classes, labels: codes },
    testRowCount: test?.labels.length ?? 0,
  });
  const pixels = test ? [train.pixels, test.pixels] : [train.pixels];
  await writeImages(scratch, { contents, pixels, labels: codes });
  return { format: 'idx', contents };
}

async function readLabelled(
  folder: string,
  [images, labels]: [ImagePart, ImagePart],
  { heldBytes: maxBytes }: IngestLimits,
): Promise<Labelled> {
  const pixels = await readIdx({ path: join(folder, images), field: images, dimensions: 3, maxBytes });
  const [rows, height, width] = pixels.sizes as [number, number, number];
  const labelled = await readIdx({ path: join(folder, labels), field: labels, dimensions: 1, maxBytes });
  const got = labelled.sizes[0]!;
  if (got !== rows) {
    throw idxError('invalid_idx', labels, { what: 'offset 4', expected: `${rows} labels, as there are images`, got });
  }
  return { pixels: pixels.data, labels: labelled.data, height, width };
}
