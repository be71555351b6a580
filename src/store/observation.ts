/** What there is to observe of the whole service, of all tenants together: a few queries, each over an index or few rows. */
import { sql } from 'kysely';
import type { JobState } from '../schemas/job.js';
import { liveConsumers } from './consumers.js';
import type { Db } from './database.js';

/** Seconds back that recent values are of. */
const recentSeconds = 300;

/** Of jobs that have an end before them and are not paused; there are few of them, however many have ended. */
const openStates = ['queued', 'running', 'pausing', 'cancelling'] as const satisfies readonly JobState[];

export interface Observation {
  jobs: Record<(typeof openStates)[number], number>;
  /** Of the job that has waited longest; 0 where none waits. */
  oldestQueuedSeconds: number;
  /** Of all runs together. */
  stepsPerSecond: number;
  consumers: number;
  /** Of the consumers' machines. */
  cores: number;
  /** From the thread's message to the row, over the last minutes; NaN where none was written. */
  checkpointSeconds: { median: number; p99: number };
}

export async function observe(db: Db, { leaseSeconds }: { leaseSeconds: number }): Promise<Observation> {
  const [open, consumers, checkpoints] = await Promise.all([
    db
      .selectFrom('jobs')
      .select(({ fn }) => ['state', fn.countAll<number>().as('count')])
      .select(sql<number>`coalesce(sum((progress->>'stepsPerSecond')::float8), 0)`.as('rate'))
      .select(sql<number>`extract(epoch from now() - min((transitions->-1->>'at')::timestamptz))::float8`.as('age'))
      .where('state', 'in', openStates)
      .groupBy('state')
      .execute(),
    liveConsumers(db, leaseSeconds),
    db
      .selectFrom('checkpoints')
      .select([
        sql<number | null>`percentile_cont(0.5) within group (order by stored_seconds)`.as('median'),
        sql<number | null>`percentile_cont(0.99) within group (order by stored_seconds)`.as('p99'),
      ])
      .where(sql<boolean>`created_at > now() - make_interval(secs => ${recentSeconds})`)
      .executeTakeFirstOrThrow(),
  ]);
  const byState = new Map(open.map((row) => [row.state, row]));
  const counts = openStates.map((state) => [state, byState.get(state)?.count ?? 0]);
  return {
    jobs: Object.fromEntries(counts) as Observation['jobs'],
    oldestQueuedSeconds: byState.get('queued')?.age ?? 0,
    stepsPerSecond: open.reduce((sum, { state, rate }) => (state === 'queued' ? sum : sum + rate), 0),
    consumers: consumers.length,
    cores: consumers.reduce((sum, { cores }) => sum + cores, 0),
    checkpointSeconds: { median: checkpoints.median ?? Number.NaN, p99: checkpoints.p99 ?? Number.NaN },
  };
}
