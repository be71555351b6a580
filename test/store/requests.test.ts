import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { JobState } from '../../src/schemas/job.js';
import type { Db } from '../../src/store/database.js';
import { getJob, type JobRow } from '../../src/store/jobs.js';
import { requestCancel, requestPause, requestResume } from '../../src/store/requests.js';
import { freshDatabase } from '../support/database.js';
import { addDataset, addJob, tenantId } from '../support/rows.js';

let db: Db;
let datasetId: string;
before(async () => {
  ({ db } = await freshDatabase());
  datasetId = await addDataset(db);
});

type Outcome = JobState | 'illegal_transition';
const [illegal, ended] = [
  'illegal_transition',
  { succeeded: 'illegal_transition', failed: 'illegal_transition' },
] as const;

const requests: Record<string, [ask: (id: string) => Promise<JobRow>, Record<JobState, Outcome>]> = {
  pause: [
    (id) => requestPause(db, { tenantId, id }),
    {
      ...{ queued: 'paused', running: 'pausing', pausing: 'pausing', paused: 'paused' },
      ...{ cancelling: illegal, cancelled: illegal, ...ended },
    },
  ],
  resume: [
    (id) => requestResume(db, { tenantId, id }),
    {
      ...{ queued: 'queued', running: 'running', pausing: illegal, paused: 'queued' },
      ...{ cancelling: illegal, cancelled: illegal, ...ended },
    },
  ],
  cancel: [
    (id) => requestCancel(db, { tenantId, id, mode: 'checkpoint' }),
    {
      ...{ queued: 'cancelled', running: 'cancelling', pausing: 'cancelling', paused: 'cancelled' },
      ...{ cancelling: 'cancelling', cancelled: 'cancelled', ...ended },
    },
  ],
};

for (const [name, [ask, outcomes]] of Object.entries(requests)) {
  describe(name, () => {
    for (const [state, outcome] of Object.entries(outcomes) as [JobState, Outcome][]) {
      test(`${state}: ${outcome}, asked once or twice, with one transition at most`, async () => {
        const id = await addJob(db, { datasetId });
        await db.updateTable('jobs').set({ state }).where('id', '=', id).execute();
        for (const _ of ['once', 'twice']) {
          if (outcome === illegal) await assert.rejects(ask(id), { code: illegal });
          else assert.equal((await ask(id)).state, outcome);
        }
        const made = (await getJob(db, { tenantId, id }))!.transitions.slice(1);
        const moves = outcome === illegal || outcome === state ? [] : [{ from: state, to: outcome, actor: 'client' }];
        assert.deepEqual(
          made.map(({ from, to, actor }) => ({ from, to, actor })),
          moves,
        );
      });
    }

    test('another tenant’s job is not found', async () => {
      const id = await addJob(db, { datasetId, tenantId: 'other' });
      await assert.rejects(ask(id), { code: 'not_found' });
    });
  });
}

test('a resumed job is a new generation', async () => {
  const id = await addJob(db, { datasetId });
  await requestPause(db, { tenantId, id });
  assert.equal((await requestResume(db, { tenantId, id })).generation, 2);
});

test('an immediate cancel after one with a checkpoint makes it immediate, and never the other way round', async () => {
  const id = await addJob(db, { datasetId });
  await db.updateTable('jobs').set({ state: 'running' }).where('id', '=', id).execute();
  for (const [mode, then] of [
    ['checkpoint', 'checkpoint'],
    ['immediate', 'immediate'],
    ['checkpoint', 'immediate'],
  ] as const) {
    assert.equal((await requestCancel(db, { tenantId, id, mode })).cancelMode, then);
  }
});
