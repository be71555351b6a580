/** What an entry of an archive may be, and how much all of them together. */
import { DataError } from '../errors.js';
import type { IngestLimits } from '../limits.js';

export interface ArchivedFile {
  /** With `/` between folders. */
  name: string;
  content: Buffer;
}

export type ArchiveLimits = Pick<IngestLimits, 'entries' | 'entryBytes' | 'unpackedBytes'>;

/** An error of one entry, or of the archive as a whole. */
export function archiveError(
  entry: string | null,
  { code = 'invalid_archive', expected, got }: { code?: string; expected: string; got: unknown },
): DataError {
  const where = entry === null ? 'the archive' : `entry "${entry.slice(0, 200)}"`;
  return new DataError(code, `${where}: expected ${expected}, got ${got}`, {
    ...(entry !== null && { entry: entry.slice(0, 200) }),
    ...{ expected, got },
  });
}

/** Counts entries and their bytes, and refuses each that is too much, or is no plain file of the archive's own. */
export class EntryGuard {
  readonly #limits: ArchiveLimits;
  readonly #mostBytes: number;
  #entries = 0;
  #bytes = 0;

  /** `mostBytes`: of all entries together. */
  constructor(limits: ArchiveLimits, mostBytes: number) {
    this.#limits = limits;
    this.#mostBytes = Math.min(mostBytes, limits.unpackedBytes);
  }

  /** To be asked before anything of the entry is read. */
  check(name: string, bytes: number): void {
    const { entries, entryBytes } = this.#limits;
    const tooLarge = (limit: number, what: string, got: unknown) =>
      archiveError(name, { code: 'dataset_too_large', expected: `at most ${limit} ${what}`, got });
    if (++this.#entries > entries) throw tooLarge(entries, 'entries', 'more');
    if (bytes > entryBytes) throw tooLarge(entryBytes, 'bytes', bytes);
    this.#bytes += bytes;
    if (this.#bytes > this.#mostBytes) throw tooLarge(this.#mostBytes, 'bytes so far', this.#bytes);
    if (name.includes('\0') || name.includes('\\') || name.startsWith('/') || name.split('/').includes('..')) {
      throw archiveError(name, { expected: 'a path inside the archive', got: JSON.stringify(name.slice(0, 200)) });
    }
  }
}
