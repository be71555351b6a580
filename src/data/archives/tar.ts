/** A tar archive, in gzip or not. It must have its end, two blocks of zeros: else it may be cut off between two entries. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { extract } from 'tar-stream';
import { DataError } from '../errors.js';
import { gunzip, isGzip, mostUnpackedBytes } from '../gzip.js';
import { type ArchivedFile, type ArchiveLimits, archiveError, EntryGuard } from './entries.js';

const endBytes = 1024;

export async function* tarFiles(path: string, limits: ArchiveLimits): AsyncGenerator<ArchivedFile> {
  const { size } = await stat(path);
  const source = (await isGzip(path)) ? gunzip(path, limits.unpackedBytes) : createReadStream(path);
  const bytes = Readable.from(withEnd(source as AsyncIterable<Buffer>));
  const entries = extract();
  bytes.on('error', (error) => entries.destroy(error));
  const guard = new EntryGuard(limits, mostUnpackedBytes(size));
  try {
    for await (const entry of bytes.pipe(entries)) {
      const { name, type, size: entryBytes = 0 } = entry.header;
      guard.check(name, entryBytes);
      const isFolder = type === 'directory' && entryBytes === 0;
      if (type !== 'file' && !isFolder) throw archiveError(name, { expected: 'a file or folder', got: type });
      const content = await buffer(entry);
      if (!isFolder) yield { name, content };
    }
  } catch (error) {
    if (error instanceof DataError || !(error instanceof Error) || 'syscall' in error) throw error;
    throw archiveError(null, { expected: 'a whole tar archive', got: error.message });
  } finally {
    bytes.destroy();
    entries.destroy();
  }
}

async function* withEnd(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let end = Buffer.alloc(0);
  for await (const chunk of source) {
    end = Buffer.concat([end, chunk.subarray(-endBytes)]).subarray(-endBytes);
    yield chunk;
  }
  if (end.length < endBytes || end.some((byte) => byte !== 0))
    throw archiveError(null, { expected: 'a tar archive that ends in two blocks of zeros', got: 'another end' });
}
