/** The state of a job: a word, with a mark that does not rest on colour alone. */
import type { JobState } from '../../src/schemas/job.js';

const marks: Record<JobState, [mark: string, tone: string]> = {
  queued: ['◌', 'quiet'],
  running: ['▶', 'live'],
  pausing: ['❚❚', 'live'],
  paused: ['❚❚', 'quiet'],
  cancelling: ['■', 'live'],
  succeeded: ['✓', 'good'],
  failed: ['✕', 'bad'],
  cancelled: ['■', 'quiet'],
};

export function StateBadge({ state }: { state: JobState }) {
  const [mark, tone] = marks[state];
  return (
    <span class={`state ${tone}`}>
      <span aria-hidden="true">{mark}</span> {state}
    </span>
  );
}
