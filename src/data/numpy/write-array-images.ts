/** uint8 of [rows, height, width], [rows, height, width, channels] or [rows, channels, height, width] as labelled images. */
import type { ImagesContents } from '../../schemas/dataset.js';
import { describeImages, writeImages } from '../images/image-file.js';
import { encodeLabels } from '../images/labels.js';
import { type Arrays, invalidArray, type NpyArray, shapeOf } from './npy.js';

interface Labelled {
  /** [channels, height, width] */
  shape: number[];
  /** [rows, channels, height, width] */
  pixels: Uint8Array;
  labels: Float64Array;
}

/** Writes `<scratch>/columns.safetensors`. Throws DataError. */
export async function writeArrayImages(
  { x, y, testX, testY }: Arrays,
  { scratch }: { scratch: string },
): Promise<ImagesContents> {
  if (Boolean(testX) !== Boolean(testY)) throw invalidArray(null, 'images and labels to test with', 'one of them');
  const train = readLabelled('x', x, y);
  const test = testX && readLabelled('testX', testX, testY);
  if (test && test.shape.join() !== train.shape.join())
    throw invalidArray('testX', `images of [${train.shape.join(', ')}]`, `[${test.shape.join(', ')}]`);
  const { classes, codes } = encodeLabels(train.labels, test?.labels, (expected, got) =>
    invalidArray(test ? 'testY' : 'y', expected, got),
  );
  const contents = describeImages({
    ...{ shape: train.shape, classes, labels: codes },
    testRowCount: test?.labels.length ?? 0,
  });
  await writeImages(scratch, { contents, pixels: test ? [train.pixels, test.pixels] : [train.pixels], labels: codes });
  return contents;
}

function readLabelled(name: string, x: NpyArray, y: NpyArray | undefined): Labelled {
  const [rows = 0, ...image] = x.shape;
  const isColour = (channels: number | undefined) => channels === 1 || channels === 3;
  const channelsLast = image.length === 3 && isColour(image[2]);
  const isImages = image.length === 2 || channelsLast || (image.length === 3 && isColour(image[0]));
  if (!x.ofBytes || !isImages || x.shape.includes(0))
    throw invalidArray(
      name,
      'images: uint8 [rows, height, width] or with 1 or 3 channels',
      `${x.ofBytes ? 'uint8' : 'no uint8'} ${shapeOf(x)}`,
    );
  if (!y || y.shape[0] !== rows || y.shape.slice(1).some((size) => size !== 1))
    throw invalidArray(name, `a label for each of ${rows} images`, y ? shapeOf(y) : 'none');
  const labels = Float64Array.from({ length: rows }, (_, row) => y.at(row));
  const pixels = new Uint8Array(x.shape.reduce((product, size) => product * size, 1));
  if (!channelsLast) {
    for (let at = 0; at < pixels.length; at++) pixels[at] = x.at(at);
    return { shape: image.length === 2 ? [1, ...image] : image, pixels, labels };
  }
  const [height, width, channels] = image as [number, number, number];
  let at = 0;
  for (let row = 0; row < rows; row++) {
    for (let channel = 0; channel < channels; channel++) {
      for (let place = 0; place < height * width; place++)
        pixels[at++] = x.at((row * height * width + place) * channels + channel);
    }
  }
  return { shape: [channels, height, width], pixels, labels };
}
