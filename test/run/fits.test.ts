/** What stands of the folds of a job, against numbers by hand. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RunError } from '../../src/errors.js';
import {
  courseOf,
  describeFolds,
  errorOfJob,
  type FinishedFold,
  findingOfJob,
  historyOfFit,
  nextFit,
} from '../../src/run/fits.js';
import type { ResolvedJobSpec } from '../../src/schemas/job-spec.js';

const spec = {
  dataset: { split: { type: 'random', folds: 3 } },
  training: { epochs: 50, batchSize: 8 },
} as ResolvedJobSpec;
const fold = (bestStep: number, metrics: FinishedFold['metrics']): FinishedFold => ({
  ...{ steps: 40, epochs: 4, bestStep, metrics },
});

test('mean and deviation over the folds, of the metrics that all of them have', () => {
  const folds = [2, 4, 9].map((loss, index) => fold(1, { loss, ...(index > 0 && { auc: 1 }) }));
  const { count, metrics } = describeFolds(folds);
  assert.deepEqual([count, Object.keys(metrics)], [3, ['loss']]);
  const { mean, deviation, values } = metrics['loss']!;
  assert.deepEqual([mean, values], [5, [2, 4, 9]]);
  assert.ok(Math.abs(Number(deviation) - Math.sqrt((9 + 1 + 16) / 3)) < 1e-12);

  const endless = describeFolds([fold(1, { loss: 1 }), fold(1, { loss: 'Infinity' })]).metrics['loss'];
  assert.deepEqual(endless, { mean: 'Infinity', deviation: 'NaN', values: [1, 'Infinity'] });
});

test('each fit begins where the ones before ended; the last makes as many steps as were best on average', () => {
  const folds = [10, 31, 20].map((bestStep) => fold(bestStep, {}));
  const fits = [0, 1, 2, 3].map((count) => nextFit(spec, folds.slice(0, count)));
  assert.deepEqual(
    fits.map(({ fold, before, prefix }) => [fold, before.steps, before.epochs, prefix]),
    [
      [0, 0, 0, 'fold1.'],
      [1, 40, 4, 'fold2.'],
      [2, 80, 8, 'fold3.'],
      [null, 120, 12, ''],
    ],
  );
  assert.deepEqual(fits[0]!.spec, spec);
  assert.deepEqual(fits[3]!.spec.training, { batchSize: 8, steps: 20 }); // 61 / 3

  const [second, last] = [fits[1]!, fits[3]!].map((fit) => courseOf(fit, { stepsPerEpoch: 10, totalSteps: 100 }));
  assert.deepEqual([second!.totalSteps, second!.epochOf(40), second!.epochOf(41)], [40 + 3 * 100, 4, 5]);
  assert.equal(last!.totalSteps, 120 + 100);
});

test('an error within a fit stands at the job’s steps, and its text says in which fit', () => {
  const postMortem = { step: 5, gradientNorms: [{ step: 4, value: 2 }] } as NonNullable<RunError['postMortem']>;
  const error = {
    code: 'non_finite',
    category: 'numeric',
    title: 't',
    detail: 'step 5: NaN',
    step: 5,
    postMortem,
  } as const;
  const second = errorOfJob(error, nextFit(spec, [fold(1, {})]));
  assert.deepEqual([second.detail, second.step], ['fold 2: step 5: NaN', 45]);
  assert.deepEqual(second.postMortem, { step: 45, gradientNorms: [{ step: 44, value: 2 }] });
  const lastFit = errorOfJob(error, nextFit(spec, [fold(1, {}), fold(1, {}), fold(1, {})]));
  assert.deepEqual([lastFit.detail, lastFit.step], ['last fit: step 5: NaN', 125]);
  const whole = { ...spec, dataset: { split: { type: 'random', folds: null } } } as ResolvedJobSpec;
  assert.deepEqual(errorOfJob(error, nextFit(whole, [])), error);
});

test('of a job’s series a fit has those after the fits before it, at its own steps; what it finds is told at the job’s', () => {
  const last = nextFit(spec, [fold(1, {}), fold(1, {}), fold(1, {})]);
  const history = new Map([
    ['fold3.train.loss', { steps: [81, 120], values: [3, 2] }],
    ['run.seconds', { steps: [100, 125], values: [7, 8] }],
    ['train.loss', { steps: [121, 122], values: [5, 4] }],
  ]);
  assert.deepEqual(
    [...historyOfFit(history, last)],
    [
      ['run.seconds', { steps: [5], values: [8] }],
      ['train.loss', { steps: [1, 2], values: [5, 4] }],
    ],
  );

  const finding = { code: 'plateau', severity: 'info', title: 't', remedy: 'r', patch: null } as const;
  const evidence = [
    { name: 'train.loss', value: 1, step: 2 },
    { name: 'rows', value: 9 },
  ];
  const told = findingOfJob({ ...finding, step: 3, evidence }, last);
  assert.deepEqual(told, { ...finding, step: 123, evidence: [{ ...evidence[0], step: 122 }, evidence[1]] });
  assert.equal(findingOfJob({ ...finding, step: 0, evidence: [evidence[1]!] }, last).step, 0);
});
