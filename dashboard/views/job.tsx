/** One job: where it stands, its curves, what is wrong with it, what it left behind, and what can be done with it. */
import { useEffect, useState } from 'preact/hooks';
import type { Finding, Findings } from '../../src/schemas/finding.js';
import type { Job } from '../../src/schemas/job.js';
import type { Event } from '../../src/schemas/run.js';
import { Page } from '../components/page.js';
import { ProblemNote } from '../components/problem-note.js';
import { Progress } from '../components/progress.js';
import { StateBadge } from '../components/state-badge.js';
import { useEvents } from '../hooks/use-events.js';
import { useGet } from '../hooks/use-get.js';
import { useMetrics } from '../hooks/use-metrics.js';
import { nameParts } from '../lib/series.js';
import { isOpen } from '../lib/states.js';
import { Actions } from './job/actions.js';
import { Checkpoints } from './job/checkpoints.js';
import { Curves, type StepMark } from './job/curves.js';
import { EventLog } from './job/event-log.js';
import { FindingList } from './job/findings.js';
import { LayerSignals } from './job/layer-signals.js';
import { Results } from './job/results.js';
import { SpecView } from './job/spec-view.js';

const refreshMs = 1000;
const findingsMs = 3000;

export function JobView({ id }: { id: string }) {
  const [live, setLive] = useState(true);
  const { data: job, problem, reload } = useGet<Job>(`/v1/jobs/${id}`, live ? refreshMs : null);
  if (job && isOpen(job.state) !== live) setLive(!live);
  const [events, setEvents] = useState<readonly Event[]>([]);
  useEvents(`/v1/jobs/${id}/events/stream`, (event) => {
    setEvents((before) => [...before, event]);
    if (event.type === 'state') reload();
  });
  const series = useMetrics(id, { live, generation: `${job?.state} ${job?.attempt}` });

  const found = useGet<Findings>(`/v1/jobs/${id}/findings`, live ? findingsMs : null);
  useEffect(found.reload, [live]); // once more when it has ended
  const findings = found.data?.items ?? [];

  if (!job)
    return (
      <Page title="Job">
        <ProblemNote problem={problem} />
        {!problem && <p class="muted">Reading…</p>}
      </Page>
    );
  const { name, state, spec, error, result, forkOf, reason } = job;
  return (
    <Page title={name} aside={<StateBadge state={state} />}>
      <ProblemNote problem={problem} />
      <p class="small muted">
        <code>{id}</code> · <a href={`#/datasets/${spec.dataset.id}`}>dataset</a>
        {result && (
          <>
            {' · '}
            <a href={`#/models/${result.modelId}`}>model</a>
          </>
        )}
        {forkOf && (
          <>
            {' · '}fork of <a href={`#/jobs/${forkOf}`}>its parent</a> ·{' '}
            <a href={`#/compare?ids=${forkOf},${id}`}>compare</a>
          </>
        )}
        {reason && ` · ${reason}`}
      </p>
      <div class="bar">
        <Progress job={job} />
        <Actions job={job} reload={reload} />
      </div>
      {error && <ProblemNote problem={{ title: error.title, detail: whereOf(error) }} />}
      <FindingList jobId={id} findings={findings} problem={found.problem} />
      <Curves series={series} marks={findings.flatMap(marksOf)} />
      <LayerSignals series={series} />
      {result && <Results result={result} />}
      <Checkpoints jobId={id} generation={events.filter(({ type }) => type === 'checkpoint').length} />
      <SpecView job={job} />
      <EventLog events={events} />
    </Page>
  );
}

/** Its evidence, on the curves that it was read from. */
function marksOf({ title, severity, step: found, evidence }: Finding): StepMark[] {
  const tone = severity === 'error' ? 'bad' : severity === 'warning' ? 'warn' : 'quiet';
  return evidence.flatMap(({ name, step = found }) => {
    const { split, metric } = nameParts(name);
    return step > 0 && ['train', 'validation'].includes(split) ? [{ metric, step, label: title, tone } as const] : [];
  });
}

function whereOf({ detail, step, layer, path }: NonNullable<Job['error']>): string {
  const places = [step !== undefined && `step ${step}`, layer && `layer ${layer}`, path].filter(Boolean);
  return places.length ? `${detail} (${places.join(', ')})` : detail;
}
