/** Stopped anywhere and resumed, a run gives the bits of one that was not: whatever the optimizer, schedule or statistic. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { OptimizerSpec } from '../../src/engine/optimizers/index.js';
import { decodeSafetensors } from '../../src/engine/safetensors.js';
import type { ScheduleSpec } from '../../src/engine/schedules/index.js';
import type { EngineSpec } from '../../src/engine/spec.js';
import { backends } from './backends.js';
import { record, rings, sha256 } from './runs.js';

/** Typed over the union: an optimizer without a case does not compile. */
const optimizers: { readonly [Type in OptimizerSpec['type']]: readonly Extract<OptimizerSpec, { type: Type }>[] } = {
  gradientDescent: [{ type: 'gradientDescent' }],
  sgd: [{ type: 'sgd' }, { type: 'sgd', momentum: 0.9, nesterov: true }],
  rmsprop: [{ type: 'rmsprop' }, { type: 'rmsprop', momentum: 0.9, centered: true }],
  adagrad: [{ type: 'adagrad' }],
  adam: [{ type: 'adam' }],
  adamw: [{ type: 'adamw', weightDecay: 0.1 }],
};
const schedules: { readonly [Type in ScheduleSpec['type']]: Extract<ScheduleSpec, { type: Type }> } = {
  constant: { type: 'constant', warmup: 3 },
  step: { type: 'step', stepSize: 3 },
  exponential: { type: 'exponential', factor: 0.9 },
  cosine: { type: 'cosine', warmup: 2 },
  plateau: { type: 'plateau', patience: 1, minDelta: 10 }, // nothing is an improvement: it falls at every evaluation
};

/** Running statistics, a moving average, masks, weights of classes, and an epoch's last row merged into the batch before. */
const irregular: EngineSpec = {
  model: {
    type: 'sequential',
    layers: [
      { type: 'dense', units: 9 },
      { type: 'batchNorm' },
      { type: 'gelu' },
      { type: 'dropout', rate: 0.2 },
      { type: 'dense', units: 7, activation: 'silu' },
      { type: 'layerNorm' },
    ],
  },
  loss: { type: 'crossEntropy', labelSmoothing: 0.1, classWeights: 'balanced' },
  training: { steps: 12, batchSize: 4, gradientAccumulation: 2, clipValue: 0.1, emaDecay: 0.8, seed: 3 },
  evaluation: { everySteps: 2 },
  logging: { everySteps: 2 },
};
/** 11 batches, the last of 5 rows; 6 updates an epoch. */
const problem = rings({ train: 45, validation: 21, test: 20 });

const cases: EngineSpec[] = [
  ...Object.values(optimizers)
    .flat()
    .map((optimizer) => ({ ...irregular, optimizer })),
  ...Object.values(schedules).map((schedule) => ({ ...irregular, schedule })),
  { ...irregular, earlyStopping: { type: 'patience', restoreBest: false } },
];

for (const kernels of backends) {
  describe(`resuming on ${kernels.name}`, () => {
    for (const spec of cases) {
      const { optimizer, schedule, earlyStopping } = spec;
      const title = JSON.stringify(optimizer ?? schedule ?? earlyStopping);
      it(`${title}: rows and bytes of the whole run, stopped after any of its steps`, async () => {
        const whole = await record(problem, spec, { kernels });
        const steps = whole.outcome.step;
        assert.ok(steps === 12);
        for (let stopAt = 1; stopAt < steps; stopAt++) {
          const before = await record(problem, spec, { kernels, stopAt });
          const resumeFrom = before.checkpoints.at(-1)!.bytes;
          const after = await record(problem, spec, { kernels, resumeFrom });
          assert.deepEqual([...before.rows, ...after.rows], whole.rows, `rows, stopped at ${stopAt}`);
          assert.deepEqual(after.outcome, whole.outcome);
          assert.equal(sha256(after.checkpoints.at(-1)!.bytes), sha256(whole.checkpoints.at(-1)!.bytes));
        }
      });
    }
  });
}

describe('what a checkpoint keeps', () => {
  const kernels = backends.at(-1)!;

  it('optimizers have no state for running statistics; the average has them as they are', async () => {
    const { checkpoints } = await record(problem, irregular, { kernels });
    const { tensors } = decodeSafetensors(checkpoints.at(-1)!.bytes);
    const of = (statistic: string) => [...tensors.keys()].filter((name) => name.endsWith(statistic));
    assert.deepEqual(of('layers.1.runningMean'), [
      'layers.1.runningMean',
      'resume/average/layers.1.runningMean',
      'resume/weights/layers.1.runningMean',
    ]);
    assert.deepEqual(
      tensors.get('resume/average/layers.1.runningMean')!.data,
      tensors.get('resume/weights/layers.1.runningMean')!.data,
    );
    assert.notDeepEqual(
      tensors.get('resume/average/layers.1.weight')!.data,
      tensors.get('resume/weights/layers.1.weight')!.data,
    );
  });

  it('a plateau’s reductions are in the learning rates that are logged: a tenth for each evaluation', async () => {
    const spec = { ...irregular, schedule: schedules.plateau };
    const { rows } = await record(problem, spec, { kernels });
    const rates = rows
      .filter(({ name }) => name === 'train.learningRate')
      .map(({ value }) => Math.log10(value / 0.001));
    assert.deepEqual(rates.map(Math.round), [0, 0, -1, -2, -3, -4]);
  });
});
