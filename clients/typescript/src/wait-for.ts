/** Waits for a job by reading it again and again; a job that is paused is waited for, too. */
import type { Connection } from './connection.js';
import type { components } from './schema.js';
import { sleep } from './sleep.js';

export type Job = components['schemas']['Job'];

export interface WaitOptions {
  /** Called with the job as it was found first, and whenever its state or its progress is another. */
  onProgress?: ((job: Job) => void) | undefined;
  signal?: AbortSignal | undefined;
  /** Between two readings; default 1. */
  pollSeconds?: number | undefined;
}

export const hasEnded = ({ state }: Job): boolean => ['succeeded', 'failed', 'cancelled'].includes(state);

/** The job once it has ended, however it did: its `state` says so, its `result` or `error` what came of it. */
export async function waitFor(
  connection: Connection,
  jobId: string,
  { onProgress, signal, pollSeconds = 1 }: WaitOptions = {},
): Promise<Job> {
  for (let seen: string | undefined; ; ) {
    const response = await connection.get(`/v1/jobs/${encodeURIComponent(jobId)}`, { signal });
    const job = (await response.json()) as Job;
    const now = `${job.state} ${job.progress?.updatedAt}`;
    if (now !== seen) onProgress?.(job);
    seen = now;
    if (hasEnded(job)) return job;
    await sleep(1000 * pollSeconds, signal);
  }
}
