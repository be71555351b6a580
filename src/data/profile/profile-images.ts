/** The profile of images. */
import type { ImagesProfile, RowsConcerned } from '../../schemas/profile.js';
import { hashImages, type Images } from '../images/image-file.js';
import { type ImagesRequest, splitImages } from '../images/prepare-images.js';
import { firstEqualRows } from '../row-hashes.js';
import { countCodes } from './categories.js';
import { findDuplicates, findOverlap } from './duplicates.js';
import { type NewProblem, sortProblems } from './problems.js';
import { noteRow, rowList } from './row-list.js';
import { problemsOfClasses, problemsOfRows } from './row-problems.js';

export function profileImages(images: Images, request: ImagesRequest): Omit<ImagesProfile, 'datasetId'> {
  const { pixels, labels, contents } = images;
  const { shape, rowCount: rows } = contents;
  const size = shape.reduce((product, length) => product * length, 1);
  const blank = rowList();
  for (let row = 0; row < rows; row++) {
    const image = pixels.subarray(row * size, (row + 1) * size);
    if (image.every((pixel) => pixel === image[0])) noteRow(blank, row);
  }
  const hashes = hashImages(images);
  const firstEqual = firstEqualRows(hashes);
  const duplicates = findDuplicates(firstEqual, labels);
  const overlap = findOverlap(firstEqual, splitImages(images, request, hashes));
  const classes = countCodes(Int32Array.from(labels), contents.classes);
  const problems = [
    ...problemsOfRows(rows, { split: request.split, duplicates, overlap }),
    ...problemsOfClasses(classes),
    ...problemsOfBlank(blank),
  ];
  return {
    ...{ kind: 'images', rows, shape, classes, ...moments(pixels, shape) },
    ...{ blank, duplicates, overlap, problems: sortProblems(problems) },
  };
}

/** Of each channel, from 0 to 255. */
function moments(pixels: Uint8Array, [channels, height, width]: number[]): { mean: number[]; deviation: number[] } {
  const plane = height! * width!;
  const [sums, squares] = [new Array<number>(channels!).fill(0), new Array<number>(channels!).fill(0)];
  for (let from = 0, channel = 0; from < pixels.length; from += plane, channel = (channel + 1) % channels!) {
    for (let at = from; at < from + plane; at++) {
      sums[channel]! += pixels[at]!;
      squares[channel]! += pixels[at]! ** 2; // integers: exact below 2⁵³
    }
  }
  const count = pixels.length / channels!;
  const mean = sums.map((sum) => sum / count);
  return {
    mean,
    deviation: squares.map((square, channel) => Math.sqrt(Math.max(0, square / count - mean[channel]! ** 2))),
  };
}

function problemsOfBlank(rows: RowsConcerned): NewProblem[] {
  if (rows.count === 0) return [];
  const message = `${rows.count} images are of one colour throughout`;
  return [{ code: 'blank_images', severity: 'warning', message, rows, remedy: 'Look at them, and leave them out' }];
}
