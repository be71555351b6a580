/** The file that ingest wrote, opened for training as what it holds. */
import { type Columns, columnsOf, tableKey } from './columns.js';
import { type Images, imagesKey, imagesOf } from './images/image-file.js';
import { TensorFile } from './tensor-file.js';
import { textKey, textOf } from './text/text-file.js';

export type StoredDataset = (
  | { kind: 'table'; columns: Columns }
  | { kind: 'text'; text: Uint8Array }
  | { kind: 'images'; images: Images }
) & {
  /** Ends reading: columns cannot be asked for any more. */
  close(): void;
};

/**
 * A table's columns are read when they are asked for; a text, and images, at once. Throws `invalid_safetensors` where the
 * file is damaged.
 */
export function openDataset(path: string): StoredDataset {
  const file = new TensorFile(path);
  const close = () => file.close();
  try {
    if (tableKey in file.metadata) return { kind: 'table', columns: columnsOf(file), close };
    if (textKey in file.metadata) return { kind: 'text', text: textOf(file), close };
    if (imagesKey in file.metadata) return { kind: 'images', images: imagesOf(file), close };
    const known = [tableKey, textKey, imagesKey];
    throw new Error(`dataset file: expected metadata ${known.join(' or ')}, got ${Object.keys(file.metadata)}`);
  } catch (error) {
    close();
    throw error;
  }
}
