/** A zip archive, by its central directory. Sizes and checksums are those that it states, or the entry is refused. */
import { buffer } from 'node:stream/consumers';
import { crc32 } from 'node:zlib';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { DataError } from '../errors.js';
import { mostUnpackedBytes } from '../gzip.js';
import { type ArchivedFile, type ArchiveLimits, archiveError, EntryGuard } from './entries.js';

/** Of the upper half of the external attributes, which are the file's mode where Unix made the archive. */
const [kindMask, link] = [0o170000, 0o120000];

export async function* zipFiles(path: string, limits: ArchiveLimits): AsyncGenerator<ArchivedFile> {
  const zip = await openPromise(path, { strictFileNames: true }).catch(broken);
  try {
    const guard = new EntryGuard(limits, mostUnpackedBytes(zip.fileSize));
    for await (const entry of readEntries(zip)) {
      guard.check(entry.fileName, entry.uncompressedSize);
      if (!entry.fileName.endsWith('/')) yield { name: entry.fileName, content: await contentOf(zip, entry) };
    }
  } finally {
    zip.close();
  }
}

async function* readEntries(zip: ZipFile): AsyncGenerator<Entry> {
  try {
    yield* zip.eachEntry();
  } catch (error) {
    broken(error);
  }
}

async function contentOf(zip: ZipFile, entry: Entry): Promise<Buffer> {
  const { fileName: name } = entry;
  if (entry.isEncrypted()) throw archiveError(name, { expected: 'a file that is not encrypted', got: 'encryption' });
  if (((entry.externalFileAttributes >>> 16) & kindMask) === link)
    throw archiveError(name, { expected: 'a file', got: 'a symbolic link' });
  if (!entry.canDecodeFileData())
    throw archiveError(name, { expected: 'a file stored or deflated', got: `method ${entry.compressionMethod}` });
  const content = await zip
    .openReadStreamPromise(entry)
    .then(buffer)
    .catch((error: unknown) => broken(error, name));
  if (crc32(content) === entry.crc32) return content;
  throw archiveError(name, { expected: `checksum ${entry.crc32}`, got: crc32(content) });
}

/** The library's errors are the archive's, unless they are the disk's. */
function broken(error: unknown, entry: string | null = null): never {
  if (error instanceof DataError || !(error instanceof Error) || 'syscall' in error) throw error;
  throw archiveError(entry, { expected: 'a whole zip archive', got: error.message });
}
