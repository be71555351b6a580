/** Artifacts: the large, immutable files (datasets, checkpoints). One contract, whatever keeps them. */
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { FileArtifacts } from './files.js';

/** Inclusive, as in an HTTP Range. */
export interface ByteRange {
  start: number;
  end: number;
}

export interface Artifacts {
  /**
   * Stores `source` under `key`. When it resolves the artifact is durable; if it rejects, or the process dies, there is
   * none, never a part of one. Putting the same bytes again is fine; other bytes under a taken key are `exists`.
   */
  put(
    key: string,
    source: Uint8Array | Readable,
    options?: { sha256?: string },
  ): Promise<{ bytes: number; sha256: string }>;
  /** The bytes, or a range of them. A missing artifact is an 'error' of the stream. */
  get(key: string, range?: ByteRange): Readable;
  stat(key: string): Promise<{ bytes: number } | null>;
  /** Removes one artifact; a missing one is removed already. */
  remove(key: string): Promise<void>;
  /** Removes everything below a prefix, remains of writes that were cut off included. */
  removeAll(prefix: string): Promise<void>;
  /** Keys below a prefix, sorted. */
  list(prefix: string): Promise<string[]>;
  /** A local file to read, whose content was just checked. Rejects with `missing` or `corrupt`. */
  localPath(key: string, sha256: string): Promise<string>;
  /** What tells this store from another: written by whoever comes first (see same-store.ts). */
  marker(): Promise<string>;
}

export function openArtifacts({ artifactsUrl }: { artifactsUrl: string }): Artifacts {
  return new FileArtifacts(fileURLToPath(artifactsUrl));
}
