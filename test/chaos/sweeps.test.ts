/** A sweep whose processes are killed between any two of its steps ends in the trials, values and decisions of one that was not. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { SweepTrial } from '../../src/schemas/sweep-results.js';
import { Client } from './client.js';
import { buildEdited } from './edited-build.js';
import { arm, failpointEdits, reached, type SweepFailpoint, sweepFailpoints } from './failpoints.js';
import { Tree } from './tree.js';

let folder: string;
let tree: Tree;
let client: Client;
let body: object;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trainyard-sweeps-'));
  const dist = await buildEdited(join(folder, 'program'), failpointEdits(folder, sweepFailpoints));
  tree = new Tree(join(folder, 'data'), { CONSUMERS: '1' }, join(dist, 'src/main.js'));
  client = new Client(await tree.url());
  const { id } = await client.upload('pictures.csv');
  body = {
    job: {
      dataset: { id, target: 'label' },
      model: { type: 'mlp', hidden: [8] },
      training: { steps: 45 },
      evaluation: { everySteps: 5 },
      earlyStopping: { type: 'none' },
    },
    parameters: { '/optimizer/learningRate': { type: 'float', min: 1e-4, max: 1, scale: 'log' } },
    method: { type: 'asha', minSteps: 5, eta: 3 },
    budget: { trials: 9 },
    concurrency: 1,
  };
});
after(async () => {
  await tree.stop();
  await rm(folder, { recursive: true, force: true });
});

/** What must not depend on when who was killed. */
const told = (trials: SweepTrial[]) =>
  trials.map(({ trial, parameters, state, value, step, reports }) => ({
    ...{ trial, parameters, state, value, step },
    reports: reports.map(({ rung, step, value, promotedAt, reason }) => ({
      ...{ rung, step, value, reason },
      promoted: promotedAt !== null,
    })),
  }));

test('killed after a trial, a report, a promotion, and at a rung, it has no trial twice and decides the same', async () => {
  const points = Object.keys(sweepFailpoints) as SweepFailpoint[];
  await arm(points[0]!, folder);
  const submitted = client.sweep(body, 'killed'); // asks until it is answered
  await reached(points[0]!, folder);
  for (const point of points.slice(1)) {
    await arm(point, folder);
    await reached(point, folder);
  }
  const { id } = await submitted;
  assert.equal((await client.untilSwept(id)).state, 'succeeded');
  const trials = await client.trials(id);
  assert.deepEqual(
    trials.map(({ trial }) => trial),
    [0, 1, 2, 3, 4, 5, 6, 7, 8],
  );
  const jobs = (await client.jobs()).filter(({ sweepId }) => sweepId === id);
  assert.deepEqual(new Set(jobs.map(({ id }) => id)), new Set(trials.map(({ jobId }) => jobId)));

  const whole = await client.sweep(body, 'whole');
  await client.untilSwept(whole.id);
  assert.deepEqual(told(trials), told(await client.trials(whole.id)));
});
