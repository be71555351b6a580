/**
 * What says that two uploads are the same: the hash of the one file, or of a line `<part> <hash>` for each of several and
 * one for the size that images are stretched to.
 */
import { createHash } from 'node:crypto';

export interface DigestedFile {
  field: string;
  /** Hex. */
  sha256: string;
}

/** The order of the files does not matter. */
export function digestOf(files: readonly DigestedFile[], imageSize?: string): string {
  const [only] = files;
  if (only && files.length === 1 && imageSize === undefined) return only.sha256;
  const lines = files.map(({ field, sha256 }) => `${field} ${sha256}\n`);
  if (imageSize !== undefined) lines.push(`imageSize ${imageSize}\n`);
  return createHash('sha256').update(lines.sort().join('')).digest('hex');
}
