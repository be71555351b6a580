/**
 * Where a feed's rows come from: plain data that crosses to the thread, with arrays that both threads share. A reader is
 * made of it there.
 */
import type { DataShape, SplitName } from '../../engine/index.js';
import { type ArraysSource, arraysReader } from './arrays.js';
import { type ImagesSource, imagesReader } from './images.js';
import { type FileSource, fileReader } from './row-file.js';

export type RowsSource = ArraysSource | ImagesSource | FileSource;

export interface RowsTarget {
  /** [rows, inputs] */
  x: Float32Array | Int32Array;
  /** As the split has them. */
  y: Float32Array | Int32Array;
}

/** Writes rows as they are before augmentation; images as levels, everything else as the model gets it. */
export interface RowReader {
  read(split: SplitName, places: Uint32Array, to: RowsTarget): void;
}

export function readerOf(source: RowsSource, shape: DataShape): RowReader {
  switch (source.kind) {
    case 'arrays':
      return arraysReader(source, shape);
    case 'images':
      return imagesReader(source, shape.inputs);
    case 'file':
      return fileReader(source, shape.inputs);
    default:
      throw new Error(`source ${source satisfies never}`);
  }
}
