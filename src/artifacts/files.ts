/**
 * Artifacts as files below one folder.
 *
 * A put writes to a temporary file in the target's folder, syncs it, links it to its name and syncs the folder: a crash at
 * any point leaves the whole artifact or none. A link, unlike a rename, refuses a name that is taken.
 */
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { link, mkdir, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ArtifactError } from './errors.js';
import type { Artifacts, ByteRange } from './index.js';
import { checkKey } from './keys.js';

const markerKey = 'marker';

export class FileArtifacts implements Artifacts {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async put(
    key: string,
    source: Uint8Array | Readable,
    { sha256: expected }: { sha256?: string } = {},
  ): Promise<{ bytes: number; sha256: string }> {
    const path = this.#path(key);
    await makeFolder(dirname(path));
    const temporary = join(dirname(path), `.${basename(path).slice(0, 100)}.${randomUUID()}`);
    try {
      const written = await writeDurably(temporary, source);
      if (expected !== undefined && expected !== written.sha256) {
        throw new ArtifactError('corrupt', `${key}: expected SHA-256 ${expected}, got ${written.sha256}`);
      }
      await link(temporary, path).catch(async (error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error;
        if ((await hashOf(path)) !== written.sha256)
          throw new ArtifactError('exists', `${key} exists with other bytes`);
      });
      await syncFolder(dirname(path));
      return written;
    } finally {
      await rm(temporary, { force: true });
    }
  }

  get(key: string, range?: ByteRange): Readable {
    return createReadStream(this.#path(key), range);
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
    const found = await hashOf(path).catch(ifMissing(null));
    if (found === null) throw new ArtifactError('missing', `${key} is not there`);
    if (found !== sha256) throw new ArtifactError('corrupt', `${key}: expected SHA-256 ${sha256}, got ${found}`);
    return path;
  }

  async marker(): Promise<string> {
    await this.put(markerKey, Buffer.from(randomUUID())).catch((error: unknown) => {
      if (!(error instanceof ArtifactError && error.code === 'exists')) throw error;
    });
    return readFile(this.#path(markerKey), 'utf8');
  }

  #path(key: string): string {
    checkKey(key);
    return join(this.#folder, key);
  }
}

/** Writes a new file and syncs it. */
async function writeDurably(path: string, source: Uint8Array | Readable): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256');
  let bytes = 0;
  const file = await open(path, 'wx', 0o644);
  try {
    for await (const chunk of source instanceof Uint8Array ? [source] : source) {
      const data: Uint8Array = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      hash.update(data);
      bytes += data.byteLength;
      await file.writeFile(data); // from where the last write ended
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { bytes, sha256: hash.digest('hex') };
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

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 2 ** 20 }), hash);
  return hash.digest('hex');
}

/** A catch that takes a missing file for `value` and throws everything else. */
function ifMissing<T>(value: T): (error: NodeJS.ErrnoException) => T {
  return (error) => {
    if (error.code === 'ENOENT') return value;
    throw error;
  };
}
