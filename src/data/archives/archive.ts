/**
 * The files in a zip or tar archive, one after the other, each whole in memory. Nothing is ever written by an entry's name;
 * names that lead elsewhere, links, encryption and bombs are refused all the same, naming the entry.
 */
import { open } from 'node:fs/promises';
import type { ArchivedFile, ArchiveLimits } from './entries.js';
import { tarFiles } from './tar.js';
import { zipFiles } from './zip.js';

/** Throws DataError: `invalid_archive`, `invalid_gzip`, `dataset_too_large`. */
export async function* filesOf(path: string, limits: ArchiveLimits): AsyncGenerator<ArchivedFile> {
  yield* (await isZip(path)) ? zipFiles(path, limits) : tarFiles(path, limits);
}

async function isZip(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return buffer.toString('latin1', 0, bytesRead) === 'PK';
  } finally {
    await file.close();
  }
}
