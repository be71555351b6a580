/**
 * Artifacts as files below one folder.
 *
 * A put writes to a temporary file in the target's folder, syncs it, links it to its name and syncs the folder: a crash at
 * any point leaves the whole artifact or none. A link, unlike a rename, refuses a name that is taken.
 */
import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { link, mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import type { Readable } from 'node:stream';
import { ArtifactError, fromFileSystem } from './errors.js';
import type { Artifacts, ByteRange } from './index.js';
import { checkKey } from './keys.js';
import { type Tally, tallied, tallyOf } from './tally.js';

export class FileArtifacts implements Artifacts {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async put(key: string, source: Uint8Array | Readable, { sha256 }: { sha256?: string } = {}): Promise<Tally> {
    const path = this.#path(key);
    const temporary = join(dirname(path), `.${basename(path).slice(0, 100)}.${randomUUID()}`);
    try {
      await makeFolder(dirname(path));
      const chunks = tallied(source instanceof Uint8Array ? [source] : source, { key, sha256 });
      const written = await writeDurably(temporary, chunks);
      await link(temporary, path).catch(async (error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error;
        const { sha256 } = await tallyOf(await this.get(key), key);
        if (sha256 !== written.sha256) throw new ArtifactError('exists', `${key} exists with other bytes`);
      });
      await syncFolder(dirname(path));
      return written;
    } catch (error) {
      throw fromFileSystem(error, key, 'storage');
    } finally {
      await rm(temporary, { force: true }).catch(() => undefined); // no artifact; it goes with its folder
    }
  }

  async get(key: string, range?: ByteRange): Promise<Readable> {
    const file = await this.#read(key, () => open(this.#path(key)));
    return file.createReadStream({ ...range, highWaterMark: 2 ** 18 });
  }

  async stat(key: string): Promise<{ bytes: number } | null> {
    const found = await stat(this.#path(key)).catch(ifMissing(null));
    return found?.isFile() ? { bytes: found.size } : null;
  }

  async remove(key: string): Promise<void> {
    await rm(this.#path(key), { force: true });
  }

  async removeAll(prefix: string): Promise<void> {
    await rm(this.#path(prefix), { force: true, recursive: true });
  }

  async list(prefix: string): Promise<string[]> {
    const folder = this.#path(prefix);
    const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(ifMissing([]));
    return entries
      .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
      .map((entry) => relative(this.#folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
      .sort();
  }

  async localPath(key: string, sha256: string): Promise<string> {
    const path = this.#path(key);
    const found = await this.#read(key, () => tallyOf(createReadStream(path, { highWaterMark: 2 ** 20 }), key));
    if (found.sha256 !== sha256) {
      throw new ArtifactError('corrupt', `${key}: expected SHA-256 ${sha256}, got ${found.sha256}`);
    }
    return path;
  }

  async #read<T>(key: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw fromFileSystem(error, key, 'missing');
    }
  }

  #path(key: string): string {
    checkKey(key);
    return join(this.#folder, key);
  }
}

/** Writes a new file and syncs it. */
async function writeDurably(path: string, chunks: AsyncGenerator<Uint8Array, Tally>): Promise<Tally> {
  const file = await open(path, 'wx', 0o644);
  try {
    let next = await chunks.next();
    for (; !next.done; next = await chunks.next()) await file.writeFile(next.value); // from where the last write ended
    await file.sync();
    return next.value;
  } finally {
    await file.close();
  }
}

/** Makes a folder and its missing parents, each entry durable. */
async function makeFolder(folder: string): Promise<void> {
  const firstMade = await mkdir(folder, { recursive: true });
  if (firstMade === undefined) return;
  const top = dirname(firstMade);
  for (let parent = dirname(folder); parent.length >= top.length; parent = dirname(parent)) {
    await syncFolder(parent);
    if (parent === top) break;
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A catch that takes a missing file for `value` and throws everything else. */
function ifMissing<T>(value: T): (error: NodeJS.ErrnoException) => T {
  return (error) => {
    if (error.code === 'ENOENT') return value;
    throw error;
  };
}
