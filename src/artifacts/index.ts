/** Artifacts: the large, immutable files (datasets, checkpoints). One contract, whatever keeps them. */
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Config } from '../config.js';
import { LocalCache } from './cache.js';
import { FileArtifacts } from './files.js';
import type { Tally } from './tally.js';

/** Inclusive, as in an HTTP Range. */
export interface ByteRange {
  start: number;
  end: number;
}

/** Every call may reject with `storage` or `unavailable` (errors.ts). */
export interface Artifacts {
  /**
   * Stores `source` under `key`. When it resolves the artifact is durable; if it rejects, or the process dies, there is
   * none or all of it, never a part. Putting the same bytes again is fine; other bytes under a taken key are `exists`.
   */
  put(key: string, source: Uint8Array | Readable, options?: { sha256?: string }): Promise<Tally>;
  /** The bytes, or a range of them that lies within. Rejects with `missing`. What it reads is not checked. */
  get(key: string, range?: ByteRange): Promise<Readable>;
  stat(key: string): Promise<{ bytes: number } | null>;
  /** Removes one artifact; a missing one is removed already. */
  remove(key: string): Promise<void>;
  /** Removes every artifact below a prefix. */
  removeAll(prefix: string): Promise<void>;
  /** Keys below a prefix, sorted. */
  list(prefix: string): Promise<string[]>;
  /**
   * A local file to read, whose content was just checked. It stays for `localPathMs` (cache.ts) and longer if it is asked
   * for again. Rejects with `missing` or `corrupt`.
   */
  localPath(key: string, sha256: string): Promise<string>;
}

type Settings = Pick<
  Config,
  'artifactsUrl' | 'dataDir' | 'artifactCacheBytes' | 's3Endpoint' | 's3Region' | 's3ForcePathStyle'
>;

export async function openArtifacts(config: Settings): Promise<Artifacts> {
  if (config.artifactsUrl.startsWith('file:')) return new FileArtifacts(fileURLToPath(config.artifactsUrl));
  const { S3Artifacts } = await import('./s3.js'); // its SDK takes a fifth of a second to load
  const cache = new LocalCache(join(config.dataDir, 'cache'), config.artifactCacheBytes);
  return new S3Artifacts(config, cache);
}
