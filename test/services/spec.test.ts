/** Specs resolved and planned against the description of a dataset: what is filled in, and what is refused. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../src/errors.js';
import type { ColumnInfo } from '../../src/schemas/dataset.js';
import type { JobSpec } from '../../src/schemas/job-spec.js';
import { planSpec, type Surroundings } from '../../src/services/spec.js';

const number = (name: string, distinct: number, more: object = {}): ColumnInfo => ({
  ...{ name, type: 'number', missing: 0, distinct, integer: false, min: 0, max: 1, mean: 0.5 },
  ...more,
});
const columns: ColumnInfo[] = [
  number('a', 900),
  { name: 'kind', type: 'category', missing: 0, distinct: 3, values: ['x', 'y', 'z'] },
  number('price', 950, { missing: 100 }),
];
const around: Surroundings = {
  dataset: { name: 'houses', contents: { kind: 'table', columns, rowCount: 1000 } },
  freeBytes: 2 ** 30,
  gflops: null,
  machine: { threads: 1, scratchBytes: 0 },
  dataMemoryBytes: 2 ** 30,
};
const id = `ds_${'0'.repeat(26)}`;
const spec = (target: string, more: object = {}) =>
  ({ dataset: { id, target }, model: { type: 'mlp', hidden: [8] }, ...more }) as JobSpec;

test('the task, the loss and the model’s width follow from the target; rows without a target are not counted', () => {
  const classes = planSpec(spec('kind'), around);
  assert.deepEqual([classes.spec.task, classes.spec.loss.type], ['classification', 'crossEntropy']);
  // [a, price] → 8 → 3 classes: (2·8 + 8) + (8·3 + 3)
  assert.equal(classes.plan.parameters, 51);
  assert.equal(classes.plan.stepsPerEpoch, Math.ceil(600 / 32));

  const value = planSpec(spec('price'), around);
  assert.deepEqual([value.spec.task, value.spec.loss.type], ['regression', 'mse']);
  // [a, kind one-hot of 3] → 8 → 1: (4·8 + 8) + (8·1 + 1)
  assert.equal(value.plan.parameters, 49);
  assert.equal(value.plan.stepsPerEpoch, Math.ceil(540 / 32));
});

test('the name defaults to the dataset’s, and logging resolves to at most 10,000 points a series', () => {
  const { spec: resolved, plan } = planSpec(spec('kind', { training: { epochs: 100_000 } }), around);
  assert.equal(resolved.name, 'houses');
  assert.ok(plan.totalSteps / resolved.logging.everySteps <= 10_000);
  assert.ok(plan.totalSteps / (resolved.logging.everySteps - 1) > 10_000);
});

test('seconds are estimated from the speed of a consumer, and null without one', () => {
  assert.equal(planSpec(spec('kind'), around).plan.estimatedSeconds, null);
  const { plan } = planSpec(spec('kind'), { ...around, gflops: 2 });
  assert.equal(plan.estimatedSeconds, (plan.flopsPerStep * plan.totalSteps) / 2e9);
});

test('the plan of folds counts the steps of all runs, and the bytes of the largest', () => {
  const split = { type: 'random', folds: 4 };
  const training = { epochs: 10, batchSize: 8 };
  const planned = (split: object, model: object = {}) =>
    planSpec(spec('kind', { dataset: { id, target: 'kind', split }, training, ...model }), { ...around, gflops: 1 });
  const [folded, whole] = [planned(split), planned({ type: 'random', validation: 0 })];
  // 800 rows beside the test: 600 train in a fold's run, 75 batches in each of 10 epochs; the last run makes as many
  assert.equal(folded.plan.totalSteps, 5 * 750);
  const seconds = (folded.plan.flopsPerStep * 5 * 750) / 1e9;
  assert.ok(Math.abs(folded.plan.estimatedSeconds! - seconds) < 1e-9);
  assert.equal(folded.plan.peakBytes, whole.plan.peakBytes, 'the last run holds the rows that test, too');
  assert.equal(whole.plan.totalSteps, 1000);
  assert.deepEqual(folded.spec.dataset.split, { ...split, validation: 0, test: 0.2, stratify: true });

  // The run of a fold keeps its best weights beside the present ones: of 500,000 parameters, more than the rows that test.
  const model = { model: { type: 'mlp', hidden: [700, 700] } };
  const [keeping, without] = [planned(split, model), planned({ type: 'random', validation: 0 }, model)];
  const more = keeping.plan.peakBytes - without.plan.peakBytes;
  assert.ok(Math.abs(more / (4 * keeping.plan.parameters) - 1) < 0.05, `${more}`);
});

test('a table larger than what may stand in memory is planned as one that is read from a file', () => {
  const large = { name: 'large', contents: { kind: 'table', columns, rowCount: 12_000_000 } } as const;
  const inMemory = { ...around, dataset: large as unknown as Surroundings['dataset'], freeBytes: 2 ** 32 };
  const request = spec('price', { training: { batchSize: 1000 } });
  const [whole, streamed] = [1e12, 1e6].map((dataMemoryBytes) => planSpec(request, { ...inMemory, dataMemoryBytes }));
  // rows of 4 inputs and a target, float32, and 4 bytes for the order of a training row; in the file's place 4 for each row
  const rows = 12_000_000 - 100;
  assert.ok(whole!.plan.peakBytes > rows * 20);
  assert.ok(Math.abs(streamed!.plan.peakBytes - (4 * rows + 4 * 0.6 * rows)) < 10e6, `${streamed!.plan.peakBytes}`);
});

const refused: Record<string, [more: object, code: string, path: string]> = {
  'more memory than there is': [{ model: { type: 'mlp', hidden: [8_000, 8_000] } }, 'exceeds_memory', ''],
  'a split that leaves nothing': [
    { dataset: { id, target: 'kind', split: { type: 'random', validation: 0.5, test: 0.5 } } },
    'invalid_spec',
    '/dataset/split',
  ],
  'epochs and steps': [{ training: { epochs: 1, steps: 1 } }, 'invalid_spec', '/training'],
  'an ignored column that is none': [
    { dataset: { id, target: 'kind', ignore: ['b'] } },
    'invalid_spec',
    '/dataset/ignore/0',
  ],
};
for (const [title, [more, code, path]] of Object.entries(refused)) {
  test(`${title} is ${code} at "${path}"`, () => {
    assert.throws(
      () => planSpec(spec('kind', more), around),
      (error) => error instanceof Problem && error.code === code && error.details.errors?.[0]?.path === path,
    );
  });
}
