/** The file that ingest wrote, opened for training as what it holds. */
import { decodeSafetensors } from '../engine/index.js';
import { type Columns, columnsOf, tableKey } from './columns.js';
import { type Images, imagesKey, imagesOf } from './images/image-file.js';
import { textKey, textOf } from './text/text-file.js';

export type StoredDataset =
  | { kind: 'table'; columns: Columns }
  | { kind: 'text'; text: Uint8Array }
  | { kind: 'images'; images: Images };

/** Everything is a view of `bytes`. Throws `invalid_safetensors` where the file is damaged. */
export function openDataset(bytes: Uint8Array): StoredDataset {
  const file = decodeSafetensors(bytes);
  if (tableKey in file.metadata) return { kind: 'table', columns: columnsOf(file) };
  if (textKey in file.metadata) return { kind: 'text', text: textOf(file) };
  if (imagesKey in file.metadata) return { kind: 'images', images: imagesOf(file) };
  const known = [tableKey, textKey, imagesKey];
  throw new Error(`dataset file: expected metadata ${known.join(' or ')}, got ${Object.keys(file.metadata)}`);
}
