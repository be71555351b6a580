/**
 * Metric series, stored in chunks: each row holds the points of one metric whose steps lie in one stretch of
 * `chunkPoints` logged steps, as two arrays. A step's chunk is fixed by the step alone, so that a replay after a resume
 * writes over what it repeats.
 */
import { sql } from 'kysely';
import { type Db, inTransaction } from './database.js';
import { lockRun, type RunKey } from './fence.js';
import { json } from './json.js';
import type { RecordedRollback } from './rollbacks.js';
import { type Points, thin } from './thin.js';

/** Points of a full chunk, for a metric that is logged every `logging.everySteps` steps. */
const chunkPoints = 1000;

export interface MetricSeries extends Points {
  name: string;
  /** Where segments were asked for. */
  segment?: number;
}

interface Chunk extends Points {
  name: string;
  chunk: number;
}

/**
 * Writes points (steps ascending within a series) and drops what the series had from the first given step on within the
 * same chunk: writing the same rows twice changes nothing. Throws StaleEpochError.
 */
export function appendMetrics(
  db: Db,
  { segment, rows, ...run }: RunKey & { segment: number; rows: ReadonlyMap<string, Points> },
): Promise<void> {
  const { jobId, epoch } = run;
  return inTransaction(db, async (trx) => {
    const { tenantId, spec } = await lockRun(trx, run);
    const chunks = [...rows].flatMap(([name, points]) => cut(name, points, chunkPoints * spec.logging.everySteps));
    if (chunks.length === 0) return;
    await trx
      .insertInto('metricChunks')
      .values(
        chunks.map(({ name, chunk, steps, values }) => ({
          ...{ tenantId, jobId, segment, name, chunk, steps, values, epoch },
          firstStep: steps[0]!,
          lastStep: steps.at(-1)!,
        })),
      )
      .onConflict((conflict) =>
        conflict.columns(['jobId', 'segment', 'name', 'chunk']).doUpdateSet({
          steps: sql<number[]>`metric_chunks.steps[:${kept}] || excluded.steps`,
          values: sql<number[]>`metric_chunks."values"[:${kept}] || excluded."values"`,
          firstStep: sql<number>`least(metric_chunks.first_step, excluded.first_step)`,
          lastStep: sql<number>`excluded.last_step`,
          epoch,
        }),
      )
      .execute();
  });
}

/** How many of a chunk's points stay when others take over from a step on. */
const kept = sql`(select count(*)::int from unnest(metric_chunks.steps) as step where step < excluded.first_step)`;

/** The points of one series, chunk by chunk. */
function cut(name: string, { steps, values }: Points, span: number): Chunk[] {
  const chunks: Chunk[] = [];
  for (const [i, step] of steps.entries()) {
    const chunk = Math.floor(step / span);
    let last = chunks.at(-1);
    if (last?.chunk !== chunk) {
      last = { name, chunk, steps: [], values: [] };
      chunks.push(last);
    }
    last.steps.push(step);
    last.values.push(values[i]!);
  }
  return chunks;
}

/** Drops every point, and every rollback, after `afterStep`: a run that resumes there will make them again. Resolves with the segment that it resumes. Throws StaleEpochError. */
export function truncateMetrics(db: Db, { afterStep, ...run }: RunKey & { afterStep: number }): Promise<number> {
  return inTransaction(db, async (trx) => {
    const { rollbacks } = await lockRun(trx, run);
    const left = rollbacks.filter(({ step }) => step <= afterStep);
    if (left.length < rollbacks.length) {
      await trx
        .updateTable('jobs')
        .set({ rollbacks: json(left) })
        .where('id', '=', run.jobId)
        .execute();
    }
    const ofJob = trx.deleteFrom('metricChunks').where('jobId', '=', run.jobId);
    await ofJob.where('firstStep', '>', afterStep).execute();
    const stays = sql`(select count(*)::int from unnest(steps) as step where step <= ${afterStep})`;
    await trx
      .updateTable('metricChunks')
      .set({
        steps: sql<number[]>`steps[:${stays}]`,
        values: sql<number[]>`"values"[:${stays}]`,
        lastStep: sql<number>`steps[${stays}]`,
      })
      .where('jobId', '=', run.jobId)
      .where('lastStep', '>', afterStep)
      .execute();
    return left.length;
  });
}

export interface MetricsRequest {
  tenantId: string;
  jobId: string;
  /** Default: all. */
  names?: readonly string[] | undefined;
  /** Bounds are included. */
  fromStep?: number | undefined;
  toStep?: number | undefined;
  /** A series. */
  maxPoints?: number | undefined;
  /** Each by itself, or one; default: the line that survives. */
  segment?: number | 'all' | undefined;
}

/**
 * The series of a job by name, steps ascending, along the surviving line: where the run was rolled back, what was measured
 * after the step that it went back to is left out. A longer series than `maxPoints` is thinned (see thin.ts).
 */
export async function readMetrics(
  db: Db,
  { tenantId, jobId, names, segment, fromStep = 0, toStep = Number.POSITIVE_INFINITY, maxPoints }: MetricsRequest,
): Promise<MetricSeries[]> {
  const chunks = await db
    .selectFrom('metricChunks')
    .select(['name', 'segment', 'steps', 'values'])
    .where('tenantId', '=', tenantId)
    .where('jobId', '=', jobId)
    .where('firstStep', '<=', toStep)
    .where('lastStep', '>=', fromStep)
    .$if(names !== undefined, (query) => query.where('name', '=', sql<string>`any(${names})`))
    .$if(typeof segment === 'number', (query) => query.where('segment', '=', segment as number))
    .orderBy('name')
    .orderBy('segment')
    .orderBy('chunk')
    .execute();
  const rollbacks = segment === undefined ? await rollbacksOf(db, jobId) : [];
  const lines = new Map<string, MetricSeries>();
  for (const chunk of chunks) {
    const { name } = chunk;
    const key = segment === undefined ? name : `${name} ${chunk.segment}`;
    const line = lines.get(key) ?? { name, ...(segment !== undefined && { segment: chunk.segment }), ...noPoints() };
    lines.set(key, line);
    const later = rollbacks.filter((rollback) => rollback.segment > chunk.segment);
    append(line, between(chunk, fromStep, Math.min(toStep, ...later.map(({ to }) => to))));
  }
  return [...lines.values()]
    .filter((line) => line.steps.length > 0)
    .map((line) => (maxPoints === undefined ? line : { ...line, ...thin(line, maxPoints) }));
}

const noPoints = (): Points => ({ steps: [], values: [] });

async function rollbacksOf(db: Db, jobId: string): Promise<readonly RecordedRollback[]> {
  const row = await db.selectFrom('jobs').select('rollbacks').where('id', '=', jobId).executeTakeFirst();
  return row?.rollbacks ?? [];
}

function append(line: Points, { steps, values }: Points): void {
  for (const [i, step] of steps.entries()) {
    line.steps.push(step);
    line.values.push(values[i]!);
  }
}

/** The points with fromStep ≤ step ≤ toStep; steps ascend. */
function between({ steps, values }: Points, fromStep: number, toStep: number): Points {
  const start = steps.findIndex((step) => step >= fromStep);
  const past = steps.findIndex((step) => step > toStep);
  const range = [start === -1 ? steps.length : start, past === -1 ? steps.length : past] as const;
  return { steps: steps.slice(...range), values: values.slice(...range) };
}
