/** What can be wrong with an artifact or with its store. */

/**
 * `storage`: the store cannot take it, being full, over a quota or failing; the same write may succeed once someone has
 * seen to that. `unavailable`: the store does not answer; it may answer later.
 */
export type ArtifactErrorCode = 'invalid_key' | 'exists' | 'missing' | 'corrupt' | 'storage' | 'unavailable';

export class ArtifactError extends Error {
  override readonly name = 'ArtifactError';
  readonly code: ArtifactErrorCode;

  constructor(code: ArtifactErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** True where the artifact itself is at fault: its bytes are not those that were put, or it is gone. */
export const isDamage = (error: unknown): boolean =>
  error instanceof ArtifactError && (error.code === 'corrupt' || error.code === 'missing');

/** What a disk says that is full or broken. */
const storageCodes: readonly unknown[] = ['ENOSPC', 'EDQUOT', 'EIO', 'EROFS'];

/** An error of the file system as the contract names it; any other comes back as it is. */
export function fromFileSystem(error: unknown, key: string): unknown {
  if (!(error instanceof Error && 'code' in error)) return error;
  if (error.code === 'ENOENT') return new ArtifactError('missing', `${key} is not there`, { cause: error });
  if (!storageCodes.includes(error.code)) return error;
  return new ArtifactError('storage', `${key}: ${error.message}`, { cause: error });
}
