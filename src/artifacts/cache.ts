/**
 * Artifacts of a remote store as local files, named by their SHA-256, for threads and processes that read files. Any
 * number of processes may share the folder: a file appears whole, under a name that says what it holds, and is checked
 * each time it is asked for. What was asked for last goes last; what was asked for just now is somebody's and stays, so
 * that the bound may be exceeded by what is in use.
 */
import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fromFileSystem } from './errors.js';
import { tallied, tallyOf } from './tally.js';

/** How long a path is good from when it was asked for: whoever keeps one asks again after half of it. */
export const localPathMs = 20 * 60_000;

interface Entry {
  path: string;
  bytes: number;
  usedAt: number;
}

export class LocalCache {
  readonly #folder: string;
  readonly #maxBytes: number;
  /** By SHA-256, so that runs which start together on one dataset fetch it once. */
  readonly #fetching = new Map<string, Promise<void>>();

  constructor(folder: string, maxBytes: number) {
    this.#folder = folder;
    this.#maxBytes = maxBytes;
  }

  /** The file that has this SHA-256, fetched where it is not there. Rejects with what `fetch` does, or `corrupt`. */
  async path(sha256: string, key: string, fetch: () => Promise<Readable>): Promise<string> {
    const path = join(this.#folder, sha256);
    if (await this.#isSound(path, sha256)) return path;
    const fetching = this.#fetching.get(sha256) ?? this.#fetch({ path, sha256, key }, fetch);
    this.#fetching.set(sha256, fetching);
    try {
      await fetching;
    } catch (error) {
      throw fromFileSystem(error, key, 'storage');
    } finally {
      this.#fetching.delete(sha256);
    }
    return path;
  }

  /** Marks the file as used before it is read: from then on nobody evicts it. */
  async #isSound(path: string, sha256: string): Promise<boolean> {
    try {
      const now = new Date();
      await utimes(path, now, now);
      return (await tallyOf(createReadStream(path, { highWaterMark: 2 ** 20 }), path)).sha256 === sha256;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
      throw error;
    }
  }

  async #fetch(
    { path, sha256, key }: { path: string; sha256: string; key: string },
    fetch: () => Promise<Readable>,
  ): Promise<void> {
    const source = await fetch();
    await mkdir(this.#folder, { recursive: true });
    const temporary = `${path}.${randomUUID()}`;
    try {
      const file = await open(temporary, 'wx');
      try {
        for await (const chunk of tallied(source, { key, sha256 })) await file.writeFile(chunk);
      } finally {
        await file.close();
      }
      await rename(temporary, path); // a damaged file of that name is replaced
    } finally {
      await rm(temporary, { force: true });
    }
    await this.#evict();
  }

  /** Until the rest is within the bound. Remains of fetches that were cut off are files like others. */
  async #evict(): Promise<void> {
    const entries = await this.#entries();
    let bytes = entries.reduce((sum, entry) => sum + entry.bytes, 0);
    for (const entry of entries.sort((a, b) => a.usedAt - b.usedAt)) {
      if (bytes <= this.#maxBytes || Date.now() - entry.usedAt < localPathMs) return;
      await rm(entry.path, { force: true });
      bytes -= entry.bytes;
    }
  }

  async #entries(): Promise<Entry[]> {
    const entries: Entry[] = [];
    for (const name of await readdir(this.#folder)) {
      const path = join(this.#folder, name);
      const found = await stat(path).catch(() => null); // another process was faster
      if (found) entries.push({ path, bytes: found.size, usedAt: found.mtimeMs });
    }
    return entries;
  }
}
