/** How far a run is, and how long it still takes. */
import type { Job } from '../../src/schemas/job.js';
import { duration, number } from '../lib/format.js';

export function Progress({ job }: { job: Job }) {
  const { progress, state, startedAt, finishedAt, reason } = job;
  const rest = restOf(job);
  if (!progress) return <span class="muted">{reason ?? rest ?? '—'}</span>;
  return (
    <div class="progress">
      <progress max={100} value={progress.percent} aria-label={`Progress of ${job.name}`} />
      <span class="small muted">
        {number(progress.step)} of {number(progress.totalSteps)} steps
        {state === 'running' && progress.etaSeconds !== null && ` · ${duration(progress.etaSeconds)} left`}
        {startedAt && finishedAt && ` · ${duration((Date.parse(finishedAt) - Date.parse(startedAt)) / 1000)}`}
      </span>
    </div>
  );
}

const restOf = ({ state }: Job): string | undefined => (state === 'queued' ? 'waits for a consumer' : undefined);
