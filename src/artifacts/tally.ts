/** Counts and hashes bytes on their way, without holding them. */
import { createHash } from 'node:crypto';
import { ArtifactError } from './errors.js';

export interface Tally {
  bytes: number;
  sha256: string;
}

/**
 * Passes chunks on. The last one goes only when the whole has the SHA-256 that it should have, else `corrupt` is thrown:
 * whoever reads on has either all the bytes and the right ones, or an error. The generator's result is the tally.
 */
export async function* tallied(
  source: AsyncIterable<unknown> | Iterable<unknown>,
  { key, sha256: expected }: { key: string; sha256?: string | undefined },
): AsyncGenerator<Uint8Array, Tally> {
  const hash = createHash('sha256');
  let bytes = 0;
  let last: Uint8Array | null = null;
  for await (const chunk of source) {
    if (last) yield last;
    last = typeof chunk === 'string' ? Buffer.from(chunk) : (chunk as Uint8Array);
    hash.update(last);
    bytes += last.byteLength;
  }
  const sha256 = hash.digest('hex');
  if (expected !== undefined && expected !== sha256) {
    throw new ArtifactError('corrupt', `${key}: expected SHA-256 ${expected}, got ${sha256} of ${bytes} bytes`);
  }
  if (last) yield last;
  return { bytes, sha256 };
}

/** The tally of a whole source. */
export async function tallyOf(source: AsyncIterable<unknown>, key: string): Promise<Tally> {
  const chunks = tallied(source, { key });
  let next = await chunks.next();
  while (!next.done) next = await chunks.next();
  return next.value;
}
