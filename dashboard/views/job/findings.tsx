/** What the evidence of a run shows to be wrong, each with a button that tries its remedy on a fork. */
import type { Finding } from '../../../src/schemas/finding.js';
import type { Job } from '../../../src/schemas/job.js';
import { ask, type Problem } from '../../api.js';
import { ProblemNote } from '../../components/problem-note.js';
import { Section } from '../../components/section.js';
import { useAction } from '../../hooks/use-action.js';
import { type Fork, forkPath } from '../../lib/fork.js';
import { number, shown } from '../../lib/format.js';

const tones = { error: 'bad', warning: 'warn', info: '' } as const;

export interface FindingsProps {
  jobId: string;
  findings: Finding[];
  problem: Problem | undefined;
}

export function FindingList({ jobId, findings, problem }: FindingsProps) {
  const { busy, problem: refused, run } = useAction();
  const fork = (patch: Fork['patch']) =>
    run(async () => {
      const body: Fork = { from: 'start', patch };
      const forked = await ask<Job>(forkPath(jobId), { method: 'POST', body });
      location.hash = `/jobs/${forked.id}`;
    });
  return (
    <Section title="Findings">
      <ProblemNote problem={problem ?? refused} />
      {!problem && !findings.length && <p class="muted">Nothing is wrong as far as the evidence goes.</p>}
      {findings.map(({ code, severity, title, step, evidence, remedy, patch }) => (
        <div key={code} class={`note ${tones[severity]}`}>
          <strong>
            {severity}: {title}
          </strong>{' '}
          <span class="small muted">{step ? `first seen at step ${number(step)}` : 'in the data'}</span>
          <ul class="small numeric">
            {evidence.map(({ name, value, threshold, step: at, note }) => (
              <li key={`${name} ${at}`}>
                {name} {shown(value)}
                {threshold !== undefined && `, against ${shown(threshold)}`}
                {at !== undefined && `, at step ${number(at)}`}
                {note && `: ${note}`}
              </li>
            ))}
          </ul>
          <p>{remedy}</p>
          {patch && (
            <p class="small">
              <code>{JSON.stringify(patch)}</code>{' '}
              <button type="button" disabled={busy} onClick={() => fork(patch)}>
                Fork with this
                <span class="hidden"> remedy for {title}</span>
              </button>
            </p>
          )}
        </div>
      ))}
    </Section>
  );
}
