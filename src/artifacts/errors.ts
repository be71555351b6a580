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

/** What a disk says that is full or broken. */
const storageCodes: readonly unknown[] = ['ENOSPC', 'EDQUOT', 'EIO', 'EROFS'];

/**
 * An error of the file system as the contract names it; any other comes back as it is. `absent` says what a missing file
 * or folder means: to a reader that the artifact is not there, to a writer that its disk is at fault.
 */
export function fromFileSystem(error: unknown, key: string, absent: 'missing' | 'storage'): unknown {
  if (!(error instanceof Error && 'code' in error)) return error;
  const code = error.code === 'ENOENT' ? absent : storageCodes.includes(error.code) ? 'storage' : null;
  return code === null ? error : new ArtifactError(code, `${key}: ${error.message}`, { cause: error });
}
