/** What a feed's thread writes: the rows of a batch, read from their source. */
import type { DataShape, RowWriter } from '../../engine/index.js';
import { type FeedSource, readerOf } from './source.js';

export function rowWriter(source: FeedSource, shape: DataShape): RowWriter {
  const reader = readerOf(source, shape);
  return ({ split, places, x, y }) => reader.read(split, places, { x, y });
}
