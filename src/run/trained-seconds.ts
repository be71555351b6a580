/** How long a job has been trained, over all its attempts: what `limits.maxSeconds` bounds. */
import type { Transition } from '../schemas/job.js';

/** Seconds between each entry into `running` and the return to `queued` or `paused`; the open attempt counts up to `now`. */
export function trainedSeconds(transitions: readonly Transition[], now: Date): number {
  let total = 0;
  let since: number | null = null;
  for (const { to, at } of transitions) {
    const time = Date.parse(at);
    if (to === 'running') since = time;
    else if (since !== null && (to === 'queued' || to === 'paused')) {
      total += time - since;
      since = null;
    }
  }
  if (since !== null) total += now.getTime() - since;
  return total / 1000;
}
