/** Sweeps as clients see them: posted, read, paused, resumed, cancelled, deleted. What moves them is advance-sweep.ts. */
import { fillDefaults } from '../engine/index.js';
import { Problem } from '../errors.js';
import type { JobSpec } from '../schemas/job-spec.js';
import { type ResolvedSweep, SweepSettings, type SweepSpec } from '../schemas/sweep.js';
import type { Sweep, SweepState, SweepTrial } from '../schemas/sweep-results.js';
import { type Db, inTransaction } from '../store/database.js';
import { newId } from '../store/ids.js';
import type { PageOf, PageRequest } from '../store/page.js';
import {
  deleteSweep,
  getSweep,
  insertSweep,
  listSweeps,
  lockSweep,
  type SweepRow,
  setSweepState,
  sweepOfKey,
} from '../store/sweeps.js';
import { advance } from './advance-sweep.js';
import { hashOf } from './body-hash.js';
import type { Keyed } from './forks.js';
import { found } from './found.js';
import type { Parts } from './index.js';
import { oneAtATime } from './one-at-a-time.js';
import { createPlanner, type Planned } from './planner.js';
import {
  atPath,
  checkBudget,
  checkCorner,
  checkedRungs,
  checkFirstRung,
  checkParameters,
  checkSplit,
  cornersOf,
  jobPath,
  withObjective,
} from './sweep-checks.js';
import { toSweep, trialPage } from './sweep-views.js';

type Owned = { tenantId: string; id: string };
interface Posted extends Keyed {
  body: SweepSpec;
  /** Holds a spec to its schema. */
  check(spec: unknown): JobSpec;
}

/** What each state may be asked to become. */
const requests = {
  running: ['paused', 'cancelling'],
  paused: ['running', 'cancelling'],
  cancelling: [],
  succeeded: [],
  failed: [],
  cancelled: [],
} as const satisfies Record<SweepState, readonly SweepState[]>;

export function sweepService({ db, artifacts, config }: Pick<Parts, 'db' | 'artifacts' | 'config'>) {
  const planned = createPlanner({ db, artifacts, config });
  const inTurn = oneAtATime('Other sweeps are being checked');
  const foundSweep = async ({ tenantId, id }: Owned, within: Db = db) =>
    found(await getSweep(within, { tenantId, id }), 'sweep', id);
  const read = async (owned: Owned): Promise<Sweep> => toSweep(db, await foundSweep(owned));

  /** Throws Problem `invalid_spec` or `exceeds_memory`, with paths into the sweep. */
  async function resolve({ tenantId, body, check }: Posted) {
    const { job, ...rest } = body;
    const asked = fillDefaults(SweepSettings, rest) as Omit<ResolvedSweep, 'name'> & { name?: string };
    checkParameters(asked.parameters);
    const budget = checkBudget(asked);
    const trial = async (spec: JobSpec): Promise<Planned> => {
      const made = await planned({ tenantId, body: spec });
      checkSplit(made.spec);
      return made;
    };
    const base = await atPath(() => trial(withObjective(job, asked.objective)), jobPath);
    const settings: ResolvedSweep = { ...asked, name: asked.name ?? base.spec.name, budget };
    checkFirstRung(base, settings);
    const rungs = checkedRungs(base, settings);
    for (const corner of cornersOf(settings.parameters)) {
      checkFirstRung(await checkCorner(base.spec, corner, async (spec) => trial(check(spec))), settings);
    }
    return { job: base.spec, settings, rungs };
  }

  /** Moves the sweep where a client wants it, and its trials with it; what is so already stays. */
  async function ask({ tenantId, id }: Owned, to: 'running' | 'paused' | 'cancelling'): Promise<Sweep> {
    await inTransaction(db, async (trx) => {
      await foundSweep({ tenantId, id }, trx);
      const sweep = found(await lockSweep(trx, id, 'wait'), 'sweep', id);
      const { state } = sweep;
      if (state === to || (to === 'cancelling' && state === 'cancelled')) return;
      const allowed: readonly SweepState[] = requests[state];
      if (!allowed.includes(to)) throw illegal(sweep, to, allowed);
      await setSweepState(trx, id, to, false);
      await advance(trx, { ...sweep, state: to }, planned);
    });
    return read({ tenantId, id });
  }

  return {
    /** A key that came before with the same body gives the sweep made then. */
    async submit(posted: Posted): Promise<Sweep> {
      const { tenantId, key, body } = posted;
      const bodySha256 = hashOf(body);
      const earlier = key === undefined ? undefined : await sweepOfKey(db, { tenantId, key, bodySha256 });
      if (earlier !== undefined) return read({ tenantId, id: earlier });
      const made = { ...(await inTurn(() => resolve(posted))), tenantId, id: newId('sweep'), key, bodySha256 };
      const id = await inTransaction(db, async (trx) => {
        const stored = await insertSweep(trx, made);
        if (stored === made.id) await advance(trx, (await lockSweep(trx, stored, 'wait'))!, planned);
        return stored;
      });
      return read({ tenantId, id });
    },

    async list(filter: PageRequest & { tenantId: string; state?: SweepState | undefined }): Promise<PageOf<Sweep>> {
      const { items, nextCursor } = await listSweeps(db, filter);
      return { items: await Promise.all(items.map((row) => toSweep(db, row))), nextCursor };
    },

    get: read,

    async trials({
      cursor,
      limit,
      ...owned
    }: Owned & PageRequest): Promise<{ items: SweepTrial[]; nextCursor: string | null }> {
      return trialPage(db, await foundSweep(owned), { cursor, limit });
    },

    pause: (owned: Owned) => ask(owned, 'paused'),
    resume: (owned: Owned) => ask(owned, 'running'),
    cancel: (owned: Owned) => ask(owned, 'cancelling'),

    /** Of one that has ended; its jobs stay. */
    async delete({ tenantId, id }: Owned): Promise<void> {
      await inTransaction(db, async (trx) => {
        await foundSweep({ tenantId, id }, trx);
        const sweep = found(await lockSweep(trx, id, 'wait'), 'sweep', id);
        if (sweep.finishedAt === null) throw illegal(sweep, 'deleted', requests[sweep.state]);
        await deleteSweep(trx, id);
      });
    },
  };
}

const illegal = ({ id, state }: SweepRow, to: string, allowed: readonly SweepState[]): Problem =>
  new Problem('illegal_transition', `${id} is ${state} and cannot become ${to}`, { state, allowed: [...allowed] });
