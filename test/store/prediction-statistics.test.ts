/** Statistics of predictions in the database: how many stay, and which. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { Db } from '../../src/store/database.js';
import { newId } from '../../src/store/ids.js';
import { addStatistics, statisticsSince } from '../../src/store/prediction-statistics.js';
import { freshDatabase } from '../support/database.js';
import { addSucceededJob } from '../support/rows.js';

let db: Db;
before(async () => {
  ({ db } = await freshDatabase());
});

const statistics = { rows: 1, features: [], predictions: { missing: 0, present: 1, numbers: [1] } };

test('of a model 500 stay: the latest 250, and of those before some by chance', async () => {
  const { modelId } = await addSucceededJob(db);
  const earlier = Array.from({ length: 500 }, (_, at) => ({
    modelId,
    predicted: at + 1,
    body: JSON.stringify(statistics),
  }));
  await db.insertInto('predictionStatistics').values(earlier).execute();
  for (let predicted = 501; predicted <= 520; predicted++) await addStatistics(db, { modelId, predicted, statistics });
  const rows = await db
    .selectFrom('predictionStatistics')
    .select('predicted')
    .where('modelId', '=', modelId)
    .orderBy('id')
    .execute();
  assert.equal(rows.length, 500);
  assert.deepEqual(
    rows.slice(-250).map((row) => row.predicted),
    Array.from({ length: 250 }, (_, at) => 271 + at),
  );
  const all = await statisticsSince(db, { modelId, since: new Date(0) });
  assert.deepEqual(JSON.parse(all.bodies[0]!), statistics);
  assert.equal(
    all.predicted,
    rows.reduce((sum, row) => sum + row.predicted, 0),
  );
  const { bodies } = await statisticsSince(db, { modelId, since: new Date(Date.now() + 60_000) });
  assert.deepEqual(bodies, []);
});

test('of a model that has gone nothing is kept', async () => {
  const modelId = newId('model');
  await addStatistics(db, { modelId, predicted: 1, statistics });
  assert.deepEqual(await statisticsSince(db, { modelId, since: new Date(0) }), { predicted: 0, bodies: [] });
});
