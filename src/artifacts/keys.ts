/** The keys of artifacts: what they are made of, and which strings are none. */
import { ArtifactError } from './errors.js';

export const datasetKey = (datasetId: string): string => `datasets/${datasetId}.safetensors`;

/** Everything that a job leaves lies below. */
export const jobPrefix = (jobId: string): string => `jobs/${jobId}`;

/** Named by content and writer: two consumers that believe to have the same run never write to one key. */
export function checkpointKey(of: { jobId: string; epoch: number; step: number; sha256: string }): string {
  return `${jobPrefix(of.jobId)}/${of.epoch}/${of.step}-${of.sha256}.safetensors`;
}

/** A fork's own copy of the checkpoint that it starts from. */
export const originKey = (jobId: string): string => `${jobPrefix(jobId)}/origin.safetensors`;

/** Segments never begin with a dot: no way up, and room for temporary files that are no artifacts. */
const segment = '[A-Za-z0-9_][A-Za-z0-9_.-]{0,199}';
const keyPattern = new RegExp(`^${segment}(/${segment}){0,7}$`);

/** Throws `invalid_key` for a string that is no key; prefixes have the same form. */
export function checkKey(key: string): void {
  if (!keyPattern.test(key)) {
    throw new ArtifactError('invalid_key', `artifact key: expected segments of ${segment}, got ${JSON.stringify(key)}`);
  }
}
