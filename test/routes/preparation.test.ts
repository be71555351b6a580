/** A job that says how its columns are prepared, over HTTP: what is stored of it, what it predicts, and how it is patched. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { Dataset } from '../../src/schemas/dataset.js';
import type { Job, Plan } from '../../src/schemas/job.js';
import type { Prediction } from '../../src/schemas/run.js';
import type { Problem } from './problem-body.js';
import { csv, startApi, type TestApi } from './support.js';
import { ask, startConsumer, train, upload } from './training.js';

let api: TestApi;
let dataset: Dataset;
let job: Job;

/** "late" where the hour is past noon, of which there are few; each customer has four rows. */
const rows = Array.from({ length: 160 }, (_, row) => {
  const hour = row % 8 === 0 ? 15 : row % 12;
  return {
    customer: `customer number ${row >> 2}`,
    at: `2024-03-${String(1 + (row % 28)).padStart(2, '0')}T${String(hour).padStart(2, '0')}:30:00Z`,
    amount: row % 9 === 4 ? null : row === 77 ? 1e6 : row % 13,
    shop: row % 40 === 1 ? `only ${row}` : ['north', 'south'][row % 2]!,
    class: hour > 12 ? 'late' : 'early',
  };
});
const said = {
  target: 'class',
  missing: { type: 'impute', numbers: { type: 'median' }, indicator: true },
  outliers: { type: 'clipIqr' },
  dates: { type: 'parts', parts: ['hour'] },
  columns: { shop: { categories: { type: 'oneHot', minCount: 5 } }, amount: { scale: { type: 'robust' } } },
  split: { type: 'grouped', column: 'customer' },
  balance: { type: 'oversample' },
};

before(async () => {
  api = await startApi({ LOG_LEVEL: 'error' });
  startConsumer(api);
  const lines = rows.map((row) =>
    Object.values(row)
      .map((value) => value ?? '')
      .join(','),
  );
  dataset = await upload(api, csv([Object.keys(rows[0]!).join(','), ...lines].join('\n')));
  job = await train(api, {
    dataset: { id: dataset.id, ...said },
    model: { type: 'mlp', hidden: [16] },
    optimizer: { type: 'adam', learningRate: 0.02 },
    training: { epochs: 30 },
  });
});

test('the stored spec shows every default of what was chosen, and the column that groups rows as no feature', () => {
  assert.deepEqual(job.spec.dataset, {
    id: dataset.id,
    target: 'class',
    ignore: ['customer'],
    missing: {
      ...{ type: 'impute', numbers: { type: 'median' }, indicator: true },
      categories: { type: 'mostFrequent' },
    },
    outliers: { type: 'clipIqr', factor: 1.5 },
    scale: { type: 'standard' },
    categories: { type: 'oneHot', minCount: 1 },
    dates: { type: 'parts', parts: ['hour'] },
    columns: said.columns,
    split: { type: 'grouped', folds: null, column: 'customer', validation: 0.2, test: 0.2 },
    duplicates: { type: 'keep' },
    balance: { type: 'oversample' },
  });
});

test('it learns, on classes of equal size; validation and test keep theirs', () => {
  const { train, test } = job.result!.metrics;
  assert.ok(Number(test?.values['accuracy']) >= 0.95, JSON.stringify(test));
  assert.equal(test?.rows, 32);
  const perClass = train.confusion!.map((counts) => counts.reduce((sum, count) => sum + count, 0));
  assert.equal(perClass[0], perClass[1]);
});

test('raw rows are predicted, what is missing, rare or far off among them', async () => {
  const { class: _, ...first } = rows[8]!;
  const response = await ask(api, job, 'predict', {
    rows: [first, { ...first, amount: -1e9, shop: 'never seen' }, { at: '2024-03-01T01:30:00Z' }],
  });
  assert.equal(response.statusCode, 200, response.body);
  const { predictions } = response.json<{ predictions: Prediction[] }>();
  assert.deepEqual(
    predictions.map((prediction) => prediction.class),
    ['late', 'late', 'early'],
  );
});

test('a patch changes one setting and leaves the others; null takes one back', async () => {
  const fork = async (patch: object) => {
    const url = `/v1/jobs/${job.id}/fork`;
    const response = await api.inject({ method: 'POST', url, payload: { from: 'start', patch: { dataset: patch } } });
    assert.equal(response.statusCode, 202, response.body);
    return response.json<Job>().spec.dataset;
  };
  const patched = await fork({
    columns: { amount: { scale: null, outliers: { type: 'keep' } } },
    outliers: { factor: 3 },
  });
  assert.deepEqual(patched.columns, { shop: said.columns.shop, amount: { outliers: { type: 'keep' } } });
  assert.deepEqual(patched.outliers, { type: 'clipIqr', factor: 3 });
  const other = await fork({ outliers: { type: 'clipQuantiles', lower: 0.05 } });
  assert.deepEqual(other.outliers, { type: 'clipQuantiles', lower: 0.05, upper: 0.99 });
});

test('a plan counts the rows that dropping leaves, and names a column that is not there', async () => {
  const plan = (more: object) =>
    api.inject({
      method: 'POST',
      url: '/v1/jobs/plan',
      payload: {
        dataset: { id: dataset.id, target: 'class', ...more },
        model: { type: 'mlp' },
        training: { batchSize: 1 },
      },
    });
  const steps = async (more: object) => (await plan(more)).json<Plan>().stepsPerEpoch;
  const missing = rows.filter(({ amount }) => amount === null).length;
  assert.equal(await steps({}), 160 - 2 * Math.round(0.2 * 160));
  assert.equal(await steps({ missing: { type: 'drop' } }), 160 - missing - 2 * Math.round(0.2 * (160 - missing)));
  const refused = await plan({ columns: { amuont: {} } });
  const [error] = refused.json<Problem>().errors ?? [];
  assert.deepEqual([refused.statusCode, error?.path, error?.code], [422, '/dataset/columns/amuont', 'unknown_column']);
});
