/** The guard: what a run does that goes wrong, to the same bits however it was stopped; and what it says where it ends. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { EngineError } from '../../src/engine/errors.js';
import { spikeThreshold, startGuard } from '../../src/engine/guard.js';
import { resolveEngineSpec } from '../../src/engine/resolve.js';
import { permutation, streamNumber } from '../../src/engine/rng.js';
import type { EngineSpec } from '../../src/engine/spec.js';
import { backends } from './backends.js';
import { record, rings, sha256, surface } from './runs.js';

const problem = rings({ train: 45, validation: 21, test: 20 });
/** 6 steps an epoch, 18 in all. Its first rate is far too high; the one after a rollback is not. */
const sick = {
  model: { type: 'mlp', hidden: [9, 7], activation: 'relu', dropout: 0.2 },
  optimizer: { type: 'adam', learningRate: 1e30 },
  training: { epochs: 3, batchSize: 8, emaDecay: 0.9, seed: 3 },
  evaluation: { everySteps: 4 },
  checkpoints: { everySteps: 1, minSeconds: 0 },
  logging: { everySteps: 2 },
  guard: { onNonFinite: 'rollback', learningRateFactor: 1e-32 },
} satisfies EngineSpec;

const failure = async (run: Promise<unknown>): Promise<EngineError> =>
  run.then(
    () => assert.fail('the run did not fail'),
    (error: EngineError) => error,
  );

for (const kernels of backends) {
  describe(`the guard on ${kernels.name}`, () => {
    it('a run that goes back once learns on at the lower rate, to the last step', async () => {
      const { rollbacks, rows, outcome } = await record(problem, sick, { kernels });
      const [{ step, to, factor, reason }] = rollbacks as [(typeof rollbacks)[0]];
      assert.equal(rollbacks.length, 1);
      assert.deepEqual({ to, factor, reason }, { to: 0, factor: 1e-32, reason: 'non_finite' });
      assert.ok(step <= 3);
      assert.equal(outcome.step, 18);
      const rates = rows.filter((row) => row.name === 'train.learningRate' && row.step > step);
      assert.ok(rates.length >= 7 && rates.every(({ value }) => Math.abs(value / 0.01 - 1) < 1e-9));
      assert.ok(rows.every(({ value }) => Number.isFinite(value)));
    });

    it('a run stopped after any step, on either side of the rollback, ends in the rows, rollbacks and bytes of one that was not', async () => {
      const whole = await record(problem, sick, { kernels });
      for (let stopAt = 1; stopAt < 18; stopAt++) {
        const before = await record(problem, sick, { kernels, stopAt });
        const stop = before.checkpoints.at(-1);
        if (stop?.kind !== 'stop') continue; // weights that no checkpoint may hold
        const after = await record(problem, sick, { kernels, resumeFrom: stop.bytes });
        assert.deepEqual([...before.rows, ...after.rows], whole.rows, `rows, stopped at ${stopAt}`);
        assert.deepEqual([...before.rollbacks, ...after.rollbacks], whole.rollbacks);
        assert.deepEqual(after.outcome, whole.outcome);
        assert.equal(sha256(after.checkpoints.at(-1)!.bytes), sha256(whole.checkpoints.at(-1)!.bytes));
      }
    });

    it('which checkpoints there are changes nothing of it', async () => {
      const often = await record(problem, sick, { kernels });
      const never = await record(problem, { ...sick, checkpoints: { everySteps: 1000 } }, { kernels });
      assert.deepEqual([never.rows, never.rollbacks, never.outcome], [often.rows, often.rollbacks, often.outcome]);
    });

    describe('where the validation loss alone is not finite', () => {
      /** One update leaves weights of 1e20 in two layers: each is finite, and their product is not. */
      const thrown = {
        ...sick,
        optimizer: { type: 'sgd', learningRate: 1e20 },
        evaluation: { everySteps: 1 },
        guard: { ...sick.guard, learningRateFactor: 1e-22 },
      } satisfies EngineSpec;

      it('it goes back before the next step, and a run stopped after any step ends as one that was not', async () => {
        const whole = await record(problem, thrown, { kernels });
        assert.deepEqual(
          whole.rollbacks.map(({ step, to, reason }) => ({ step, to, reason })),
          [{ step: 1, to: 0, reason: 'non_finite' }],
        );
        assert.match(whole.rollbacks[0]!.message, /^step 1: validation loss not finite, first in output: /);
        assert.ok(whole.rows.every(({ value }) => Number.isFinite(value)));
        const measured = whole.rows.filter(({ name }) => name === 'validation.loss');
        assert.deepEqual(
          measured.map(({ step }) => step),
          Array.from({ length: 18 }, (_, index) => index + 1),
        );
        for (let stopAt = 1; stopAt < 18; stopAt++) {
          const before = await record(problem, thrown, { kernels, stopAt });
          const after = await record(problem, thrown, { kernels, resumeFrom: before.checkpoints.at(-1)!.bytes });
          assert.deepEqual([...before.rows, ...after.rows], whole.rows, `rows, stopped at ${stopAt}`);
          assert.deepEqual([...before.rollbacks, ...after.rollbacks], whole.rollbacks);
          assert.equal(sha256(after.checkpoints.at(-1)!.bytes), sha256(whole.checkpoints.at(-1)!.bytes));
        }
      });

      it('where nothing may go back, it fails with a post-mortem of the step that led there', async () => {
        const { code, details } = await failure(record(problem, { ...thrown, guard: {} }, { kernels }));
        assert.equal(code, 'non_finite');
        assert.deepEqual([details.postMortem!.step, details.postMortem!.rowCount], [1, 8]);
      });

      it('so does a run whose finished model has such a loss on the training split', async () => {
        const last = { ...thrown, training: { steps: 1, batchSize: 8 }, guard: {} } satisfies EngineSpec;
        const { shape, data } = rings({ train: 45, validation: 0, test: 0 });
        const { details } = await failure(record({ shape, data }, last, { kernels }));
        assert.equal(details.postMortem!.step, 1);
      });
    });

    it('where the rollbacks are used up the run fails, and says what led there', async () => {
      const guard = { ...sick.guard, learningRateFactor: 0.1, maxRollbacks: 2 };
      const { code, details } = await failure(record(problem, { ...sick, guard }, { kernels }));
      assert.equal(code, 'non_finite');
      assert.equal(details.postMortem!.rollbacks, 2);
    });
  });
}

const wasm = backends.at(-1)!;

describe('a post-mortem', () => {
  it('names layer, tensor and value, the rows of the step, and the gradient norms before it', async () => {
    const plain: EngineSpec = { ...sick, guard: {}, training: { epochs: 3, batchSize: 8, seed: 3 } };
    const { details } = await failure(record(problem, plain, { kernels: wasm }));
    const { step, layer, tensor, value, rows, rowCount, gradientNorms, rollbacks } = details.postMortem!;
    assert.equal(step, details.step);
    assert.match(layer!, /^(hidden\.[01]|output)$/);
    assert.ok(tensor!.length > 0 && !Number.isFinite(value));
    const order = permutation(45, 3, streamNumber('shuffle'), 0);
    assert.deepEqual(rows, [...order.subarray((step - 1) * 8, step * 8)]);
    assert.deepEqual([rowCount, rollbacks], [8, 0]);
    assert.ok(gradientNorms.length >= 1);
    gradientNorms.forEach((norm, index) => {
      assert.equal(norm.step, index + 1);
      assert.ok(norm.value > 0 && Number.isFinite(norm.value));
    });
  });
});

describe('a leap of the loss', () => {
  /** The rate rises with each step until the loss leaps. */
  const rising: EngineSpec = {
    model: { type: 'mlp', hidden: [16], activation: 'relu' },
    optimizer: { type: 'sgd', learningRate: 4 },
    schedule: { type: 'constant', warmup: 60 },
    training: { steps: 60, batchSize: 8 },
    evaluation: { everySteps: 20 },
    earlyStopping: { type: 'none' },
    logging: { everySteps: 1 },
  };
  const curve = surface({ train: 60, validation: 20, test: 20 });
  const guard = { lossSpike: { type: 'rollback', factor: 3, window: 5 }, maxRollbacks: 20 } as const;

  it('is gone back from: the rate falls, and the loss that was logged stands as it was', async () => {
    const { rollbacks, rows } = await record(curve, { ...rising, guard }, { kernels: wasm });
    assert.ok(rollbacks.length > 0);
    for (const { reason, step, to } of rollbacks) {
      assert.equal(reason, 'loss_spike');
      assert.ok(to < step && to % 20 === 0);
      const loss = (at: number) => rows.find((row) => row.name === 'train.loss' && row.step === at)!.value;
      assert.ok(loss(step) > loss(step - 1), `step ${step}`);
    }
  });

  it('is measured against the median of the last losses, but against no less than 1/10,000 of the first', () => {
    const spec = resolveEngineSpec({ ...rising, guard }, curve.shape).guard;
    const threshold = (losses: number[], first: number) => spikeThreshold({ ...startGuard, losses }, spec, first);
    assert.equal(threshold([4, 0.5, 1, 2, 3], 5), 3 * 2);
    assert.equal(threshold([0.5, 1, 2, 3], 5), null);
    assert.ok(Math.abs(threshold([0, 0, 1e-9, 0, 1e-12], 2)! - 3 * 2e-4) < 1e-15);
    assert.equal(threshold([0, 0, 0, 0, 0], 0), null);
  });

  it('fails the run as loss_spike where it may not go back again', async () => {
    const once = { ...guard, maxRollbacks: 1, learningRateFactor: 1 };
    const { code, details } = await failure(record(curve, { ...rising, guard: once }, { kernels: wasm }));
    assert.equal(code, 'loss_spike');
    assert.equal(details.postMortem!.value, details.got);
  });
});

describe('a useless model', () => {
  it('is no success: one whose loss is more than 1,000 times that of the start fails as diverged', async () => {
    // Descent overshoots further each time, and ends before the floats do.
    const spec: EngineSpec = {
      model: { type: 'mlp', hidden: [] },
      optimizer: { type: 'sgd', learningRate: 5 },
      training: { steps: 6, batchSize: 60 },
    };
    const data = surface({ train: 60, validation: 0, test: 0 });
    const { code, details } = await failure(record(data, spec, { kernels: wasm }));
    assert.equal(code, 'diverged');
    assert.equal(details.step, 6);
  });
});

describe('where nothing may go back', () => {
  it('a checkpoint holds no second copy of the weights', async () => {
    const { checkpoints } = await record(problem, { ...sick, ...calm }, { kernels: wasm });
    const guarded = await record(problem, { ...sick, ...calm, guard: { onNonFinite: 'rollback' } }, { kernels: wasm });
    const [plain, twice] = [checkpoints, guarded.checkpoints].map((each) => each.at(-1)!.bytes.length);
    assert.ok(twice! > 1.5 * plain!);
    assert.deepEqual(guarded.rows, (await record(problem, { ...sick, ...calm }, { kernels: wasm })).rows);
    assert.equal(startGuard.snapshot, null);
  });
});
const calm = { optimizer: { type: 'adam', learningRate: 0.01 }, guard: {} } as const;
