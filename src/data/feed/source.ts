/**
 * Where a feed's rows come from: plain data that crosses to the thread, with arrays that both threads share. A reader is
 * made of it there.
 */
import type { DataShape, SplitName } from '../../engine/index.js';
import { type ArraysSource, arraysReader } from './arrays.js';

export type FeedSource = ArraysSource;

/** Writes rows as they are before augmentation. */
export interface RowReader {
  /** Rows at places of a split: their inputs, and their targets as the split has them. */
  read(split: SplitName, places: Uint32Array, to: { x: Float32Array | Int32Array; y: Float32Array | Int32Array }): void;
}

export function readerOf(source: FeedSource, shape: DataShape): RowReader {
  return arraysReader(source, shape);
}
