/** The one way a job changes its state: under the row's lock, along the table of legal transitions, leaving a trace. */
import { sql, type UpdateObject } from 'kysely';
import { Problem } from '../errors.js';
import { type JobState, type Transition, terminalStates, transitions } from '../schemas/job.js';
import type { Trx } from './database.js';
import { addEvent } from './events.js';
import type { JobRow } from './fence.js';
import { json } from './json.js';
import type { Database } from './tables.js';

export interface Move {
  jobId: string;
  tenantId?: string;
  to: JobState;
  /** `client`, `consumer:<id>`, `reconciler`, `supervisor` or `sweep` */
  actor: string;
  reason?: string | null;
  /** Narrower than the table of transitions, where only some of the states that may lead to `to` are meant. */
  from?: readonly JobState[];
  /** Columns that change with the state. */
  set?: Omit<
    UpdateObject<Database, 'jobs'>,
    'state' | 'reason' | 'generation' | 'attempt' | 'transitions' | 'finishedAt'
  >;
}

/**
 * Moves a job to another state: entering `queued` starts a generation, entering `running` an attempt, and a terminal
 * state is stamped with the time.
 * Throws Problem `not_found`, or `illegal_transition` with the state that the job is in and those it may go to.
 */
export async function transition(trx: Trx, move: Move): Promise<JobRow> {
  const { to, actor, reason = null } = move;
  const { now, ...job } = await lockJob(trx, move);
  const legal: readonly JobState[] = transitions[job.state];
  if (!legal.includes(to) || (move.from && !move.from.includes(job.state))) throw illegalTransition(job, to);

  const step: Transition = { from: job.state, to, at: now.toISOString(), actor, reason };
  await addEvent(trx, job.id, { type: 'state', data: { ...step, attempt: job.attempt + (to === 'running' ? 1 : 0) } });
  return trx
    .updateTable('jobs')
    .set({
      ...move.set,
      state: to,
      reason,
      transitions: sql`transitions || ${json([step])}::jsonb`,
      generation: job.generation + (to === 'queued' ? 1 : 0),
      attempt: job.attempt + (to === 'running' ? 1 : 0),
      ...(isTerminal(to) && { finishedAt: now }),
    })
    .where('id', '=', job.id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** The job, locked until the transaction ends, and the database's time. Throws Problem `not_found`. */
export async function lockJob(
  trx: Trx,
  { jobId, tenantId }: { jobId: string; tenantId?: string },
): Promise<JobRow & { now: Date }> {
  const row = await trx
    .selectFrom('jobs')
    .selectAll()
    .select(sql<Date>`clock_timestamp()`.as('now'))
    .where('id', '=', jobId)
    .$if(tenantId !== undefined, (query) => query.where('tenantId', '=', tenantId!))
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!row) throw new Problem('not_found', `no job ${jobId}`);
  return row;
}

export function isTerminal(state: JobState): boolean {
  return (terminalStates as readonly JobState[]).includes(state);
}

export function illegalTransition(job: { id: string; state: JobState }, to: string): Problem {
  const allowed = [...transitions[job.state]];
  return new Problem('illegal_transition', `${job.id} is ${job.state} and cannot become ${to}`, {
    state: job.state,
    allowed,
  });
}
