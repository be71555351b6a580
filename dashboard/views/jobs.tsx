/** All jobs: what runs, what waits, what came of the others. */
import { useState } from 'preact/hooks';
import type { Static } from '#typebox';
import type { Job, JobPage } from '../../src/schemas/job.js';
import { Page } from '../components/page.js';
import { Pager } from '../components/pager.js';
import { ProblemNote } from '../components/problem-note.js';
import { useEvents } from '../hooks/use-events.js';
import { useGet } from '../hooks/use-get.js';
import { link } from '../lib/routes.js';
import { isOpen, jobStates } from '../lib/states.js';
import { JobRow } from './jobs/job-row.js';

const refreshMs = 2000;
const mostCompared = 20;

export function JobsView({ query }: { query: URLSearchParams }) {
  const state = query.get('state') ?? '';
  const cursor = query.get('cursor') ?? '';
  const search = new URLSearchParams({ limit: '25', ...(state && { state }), ...(cursor && { cursor }) });
  const [open, setOpen] = useState(false);
  const { data, problem, reload } = useGet<Static<typeof JobPage>>(`/v1/jobs?${search}`, open ? refreshMs : null);
  const jobs = data?.items ?? [];
  if (data && jobs.some(({ state }) => isOpen(state)) !== open) setOpen(!open);
  useEvents('/v1/events/stream', (news) => {
    if (news.some(({ type }) => type === 'state')) reload();
  });

  const [chosen, setChosen] = useState<readonly string[]>([]);
  const toggle = (id: string) =>
    setChosen(chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id].slice(-mostCompared));

  return (
    <Page title="Jobs" aside={<StateFilter state={state} />}>
      <ProblemNote problem={problem} />
      {data && !jobs.length && <NoJobs state={state} />}
      {jobs.length > 0 && (
        <>
          <CompareBar chosen={chosen} clear={() => setChosen([])} />
          <table class="jobs">
            <thead>
              <tr>
                <th>
                  <span class="hidden">Compare</span>
                </th>
                <th>Job</th>
                <th>State</th>
                <th>Progress</th>
                <th>Loss</th>
                <th>Reached</th>
                <th>Submitted</th>
              </tr>
            </thead>
            <tbody>
              {jobs.map((job: Job) => (
                <JobRow key={job.id} job={job} chosen={chosen.includes(job.id)} onChoose={() => toggle(job.id)} />
              ))}
            </tbody>
          </table>
        </>
      )}
      <Pager path="/jobs" query={{ state }} cursor={cursor} nextCursor={data?.nextCursor} />
    </Page>
  );
}

function StateFilter({ state }: { state: string }) {
  const choose = (event: Event) => {
    location.hash = link('/jobs', { state: (event.currentTarget as HTMLSelectElement).value });
  };
  return (
    <label class="inline">
      State{' '}
      <select value={state} onChange={choose}>
        <option value="">all</option>
        {jobStates.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
    </label>
  );
}

function CompareBar({ chosen, clear }: { chosen: readonly string[]; clear(): void }) {
  if (!chosen.length) return <p class="small muted">Choose two or more jobs to see their curves beside one another.</p>;
  return (
    <p class="small">
      {chosen.length} chosen.{' '}
      {chosen.length > 1 ? (
        <a href={link('/compare', { ids: chosen.join(',') })}>Compare them</a>
      ) : (
        'One more, to compare.'
      )}{' '}
      <button type="button" class="plain" onClick={clear}>
        Choose none
      </button>
    </p>
  );
}

function NoJobs({ state }: { state: string }) {
  if (state)
    return (
      <p class="empty">
        No job is {state}. <a href="#/jobs">All jobs</a>
      </p>
    );
  return (
    <div class="empty">
      <p>There are no jobs yet. A job trains a model on a dataset:</p>
      <ol>
        <li>
          <a href="#/datasets">Upload a dataset</a>: a CSV, Parquet, text or image archive.
        </li>
        <li>
          <a href="#/new">Describe a job</a>; what it costs is shown while you type.
        </li>
      </ol>
    </div>
  );
}
