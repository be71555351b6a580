/** Jobs beside one another. */
import { fieldProblem } from '../errors.js';
import { clockSeries } from '../run/clock.js';
import { currentSpec } from '../run/edits.js';
import { type Comparison, type JobSummary, type Lineage, maxFamily } from '../schemas/comparison.js';
import { asPosted } from '../schemas/job-spec.js';
import type { JobRow } from '../store/jobs.js';
import { familyOf } from '../store/lineage.js';
import { type MetricSeries, readMetrics } from '../store/metrics.js';
import { align, type Curve } from './align.js';
import { foundJob } from './found.js';
import type { Parts } from './index.js';
import { toFloat } from './metrics.js';
import { differences } from './spec-differences.js';

export interface ComparisonRequest {
  tenantId: string;
  ids: readonly string[];
  names: readonly string[] | undefined;
  by: Comparison['by'];
  /** Of the axis. */
  maxPoints: number;
}

export function comparisonService({ db }: Pick<Parts, 'db'>) {
  return {
    /** The job, what it stems from, and what stems from that. */
    async lineage({ tenantId, id }: { tenantId: string; id: string }): Promise<Lineage> {
      await foundJob(db, tenantId, id);
      const { jobs, truncated } = await familyOf(db, { tenantId, id, limit: maxFamily });
      const byId = new Map(jobs.map((job) => [job.id, job]));
      const relatives = jobs.map((job) => ({ ...summary(job), ...descent(job, byId.get(job.forkOf ?? '')) }));
      return { rootId: jobs[0]!.id, jobs: relatives, truncated };
    },

    async compare({ tenantId, ids, names, by, maxPoints }: ComparisonRequest): Promise<Comparison> {
      const twice = ids.find((id, index) => ids.indexOf(id) !== index);
      if (twice !== undefined) {
        throw fieldProblem('invalid_request', {
          path: '/query/ids',
          message: 'a job twice',
          expected: 'each job once',
          got: twice,
        });
      }
      const jobs = await Promise.all(ids.map((id) => foundJob(db, tenantId, id)));
      const runs: Map<string, Curve>[] = [];
      for (const jobId of ids) {
        const asked = names && [...names, ...(by === 'time' ? [clockSeries] : [])];
        runs.push(curvesOf(await readMetrics(db, { tenantId, jobId, names: asked }), by));
      }
      const wanted = names ?? [...new Set(runs.flatMap((run) => [...run.keys()]))].filter(isTold);
      return {
        by,
        jobs: jobs.map(summary),
        differences: differences(jobs.map((job) => asPosted(currentSpec(job)))),
        series: wanted.map((name) => ({ name, ...floats(runs, name, maxPoints) })),
      };
    },
  };
}

const nothing: Curve = { x: [], values: [] };
const isTold = (name: string): boolean => name === 'train.loss' || name.startsWith('validation.');

function floats(runs: readonly Map<string, Curve>[], name: string, maxPoints: number) {
  const { axis, values } = align(
    runs.map((run) => run.get(name) ?? nothing),
    maxPoints,
  );
  return { axis, values: values.map((line) => line.map((value) => (value === null ? null : toFloat(value)))) };
}

function curvesOf(series: readonly MetricSeries[], by: Comparison['by']): Map<string, Curve> {
  const clock = series.find(({ name }) => name === clockSeries);
  const xOf = ({ steps }: MetricSeries) => (by === 'step' ? steps : steps.map((step) => secondsAt(step, clock)));
  return new Map(series.map((line) => [line.name, { x: xOf(line), values: line.values }]));
}

/** Between two readings of the clock the steps are taken to have lasted alike, and past the last as within the last two. */
function secondsAt(step: number, clock: MetricSeries | undefined): number {
  const steps = [0, ...(clock?.steps ?? [])];
  const seconds = [0, ...(clock?.values ?? [])];
  const later = steps.findIndex((at) => at >= step);
  const to = later === -1 ? steps.length - 1 : later;
  if (steps[to] === step || to === 0) return seconds[to]!;
  const rate = (seconds[to]! - seconds[to - 1]!) / (steps[to]! - steps[to - 1]!);
  return seconds[to - 1]! + rate * (step - steps[to - 1]!);
}

function descent(job: JobRow, parent: JobRow | undefined) {
  if (parent === undefined) return { origin: null, changes: [] };
  const changes = differences([parent, job].map((one) => asPosted(currentSpec(one))));
  return {
    origin: job.transitions[0]?.reason ?? null,
    changes: changes.map(({ path, values: [before, after] }) => ({ path, before, after })),
  };
}

function summary({ id, name, state, forkOf, result, createdAt }: JobRow): JobSummary {
  const named = Object.entries(result?.metrics ?? {}).flatMap(([split, measured]) =>
    Object.entries(measured?.values ?? {}).map(([metric, value]) => [`${split}.${metric}`, value] as const),
  );
  const metrics = result === null ? null : Object.fromEntries(named);
  return { id, name, state, forkOf, metrics, createdAt: createdAt.toISOString() };
}
