/** What can be wrong with an artifact, beyond the errors of the file system. */

export type ArtifactErrorCode = 'invalid_key' | 'exists' | 'missing' | 'corrupt';

export class ArtifactError extends Error {
  override readonly name = 'ArtifactError';
  readonly code: ArtifactErrorCode;

  constructor(code: ArtifactErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
