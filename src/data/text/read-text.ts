/** From a file of plain text to its stored form: checked to be UTF-8, counted, and written once. */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DataError } from '../errors.js';
import { type IngestedDataset, type IngestRequest, resultName } from '../ingest-protocol.js';
import { writeSynced } from '../write-synced.js';
import { countText } from './count-text.js';
import { encodeText } from './text-file.js';

const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);

/** Throws DataError: `dataset_too_large`, `empty_dataset`, `invalid_utf8`, `nul_byte`. */
export async function readText({ path, scratch, limits }: Omit<IngestRequest, 'format'>): Promise<IngestedDataset> {
  const { size } = await stat(path);
  if (size > limits.heldBytes) {
    const message = `the text takes ${size} bytes, at most ${limits.heldBytes} are read`;
    throw new DataError('dataset_too_large', message, { expected: limits.heldBytes, got: size });
  }
  const file = await readFile(path);
  const offset = file.subarray(0, byteOrderMark.length).equals(byteOrderMark) ? byteOrderMark.length : 0;
  const text = file.subarray(offset);
  if (text.length === 0)
    throw new DataError('empty_dataset', 'the file is empty', { expected: 'text', got: 'nothing' });
  const contents = { kind: 'text', ...countText(text, offset), textBytes: text.length } as const;
  await writeSynced(join(scratch, resultName), encodeText(text, contents));
  return { format: 'text', contents };
}
