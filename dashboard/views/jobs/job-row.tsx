/** One job of the list, with the shape of its loss. */
import type { Static } from '#typebox';
import type { Job } from '../../../src/schemas/job.js';
import type { Metrics } from '../../../src/schemas/run.js';
import { Progress } from '../../components/progress';
import { Sparkline } from '../../components/sparkline.js';
import { StateBadge } from '../../components/state-badge.js';
import { useGet } from '../../hooks/use-get.js';
import { ago, clock, shortId, shown } from '../../lib/format.js';
import { isOpen } from '../../lib/states';

const refreshMs = 4000;

export interface JobRowProps {
  job: Job;
  chosen: boolean;
  onChoose(): void;
}

export function JobRow({ job, chosen, onChoose }: JobRowProps) {
  const { id, name, state, createdAt } = job;
  const path = `/v1/jobs/${id}/metrics?names=train.loss&maxPoints=60`;
  const { data } = useGet<Static<typeof Metrics>>(path, isOpen(state) ? refreshMs : null);
  const loss = data?.series[0]?.values.map(Number) ?? [];
  return (
    <tr>
      <td>
        <input type="checkbox" checked={chosen} onChange={onChoose} aria-label={`Compare ${name} ${shortId(id)}`} />
      </td>
      <td data-label="Job">
        <a href={`#/jobs/${id}`}>{name}</a> <span class="small muted">{shortId(id)}</span>
      </td>
      <td data-label="State">
        <StateBadge state={state} />
      </td>
      <td data-label="Progress">
        <Progress job={job} />
      </td>
      <td data-label="Loss">
        <Sparkline values={loss} label={`Training loss of ${name}, last ${shown(loss.at(-1) ?? 'unknown')}`} />
      </td>
      <td data-label="Reached" class="numeric">
        {reached(job)}
      </td>
      <td data-label="Submitted" class="small muted">
        <time dateTime={createdAt} title={clock(createdAt)}>
          {ago(createdAt)}
        </time>
      </td>
    </tr>
  );
}

/** The one number that says most of the result, or why there is none. */
function reached({ result, error }: Job): string {
  if (error) return error.title;
  const split = result?.metrics.validation ?? result?.metrics.test ?? result?.metrics.train;
  const name = ['accuracy', 'r2', 'loss'].find((candidate) => split && candidate in split.values);
  return split && name ? `${name} ${shown(split.values[name])}` : '—';
}
