/** What can be done with a job in its state. */
import { useState } from 'preact/hooks';
import type { Job } from '../../../src/schemas/job.js';
import { ask } from '../../api.js';
import { ConfirmButton } from '../../components/confirm-button.js';
import { ProblemNote } from '../../components/problem-note.js';
import { useAction } from '../../hooks/use-action.js';
import { actions, canBeDeleted, type JobAction } from '../../lib/states';
import { ForkForm } from './fork-form.js';

const labels: Record<JobAction, string> = { pause: 'Pause', resume: 'Resume', cancel: 'Cancel', retry: 'Retry' };

export function Actions({ job, reload }: { job: Job; reload(): void }) {
  const { id, state } = job;
  const { busy, problem, run } = useAction();
  const [forking, setForking] = useState(false);
  const act = (action: JobAction) =>
    run(async () => {
      const answer = await ask<Job>(`/v1/jobs/${id}/${action}`, { method: 'POST' });
      if (answer.id === id) reload();
      else location.hash = `/jobs/${answer.id}`;
    });
  const remove = () =>
    run(async () => {
      await ask(`/v1/jobs/${id}`, { method: 'DELETE' });
      location.hash = '/jobs';
    });
  return (
    <div class="actions">
      {actions[state].map((action) =>
        action === 'cancel' ? (
          <ConfirmButton
            key={action}
            label="Cancel the job"
            question="It cannot be resumed, only tried again."
            disabled={busy}
            onConfirm={() => act(action)}
          />
        ) : (
          <button key={action} type="button" disabled={busy} onClick={() => act(action)}>
            {labels[action]}
          </button>
        ),
      )}
      <button type="button" aria-expanded={forking} onClick={() => setForking(!forking)}>
        Fork
      </button>
      {canBeDeleted(state) && (
        <ConfirmButton
          label="Delete"
          question="With its metrics, checkpoints and model?"
          disabled={busy}
          onConfirm={remove}
        />
      )}
      <ProblemNote problem={problem} />
      {forking && <ForkForm job={job} />}
    </div>
  );
}
