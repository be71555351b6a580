/** The GPT as a model: its size and start, what it learns, that it cannot see ahead, and what it refuses. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createMachine } from '../../../src/engine/machine.js';
import { planTraining } from '../../../src/engine/plan.js';
import { createPredictor } from '../../../src/engine/predict.js';
import { resolveEngineSpec } from '../../../src/engine/resolve.js';
import type { DataShape } from '../../../src/engine/shape.js';
import type { EngineSpec } from '../../../src/engine/spec.js';
import { initialize } from '../../../src/engine/train.js';
import { backends } from '../backends.js';
import { record, sha256, sums, textShape } from '../runs.js';

const kernels = backends.at(-1)!;

function plan(model: EngineSpec['model'], shape: DataShape) {
  return planTraining(resolveEngineSpec({ model, training: { batchSize: 12, steps: 1 } }, shape), shape, kernels);
}

const tiny: EngineSpec = {
  model: { type: 'gpt', layers: 2, heads: 2, width: 32, context: 12, bias: false, dropout: 0.05 },
  optimizer: { type: 'adamw', learningRate: 0.003 },
  training: { steps: 300, batchSize: 32, clipNorm: 1 },
  evaluation: { everySteps: 100 },
  earlyStopping: { type: 'none' },
};

describe('gpt', () => {
  it('of nanoGPT’s CPU recipe has the parameters counted by hand: 804,096, the output tied to the embedding', () => {
    const shape = textShape(65, 64, { train: 24, validation: 0, test: 0 });
    const model = { type: 'gpt', layers: 4, heads: 4, width: 128, context: 64, bias: false } as const;
    const block = 2 * 128 + 128 * 384 + 128 * 128 + 2 * 128 * 512;
    const tied = (65 + 64) * 128 + 4 * block + 128;
    assert.equal(tied, 804_096);
    assert.equal(plan(model, shape).parameters, tied);
    assert.equal(plan({ ...model, tied: false }, shape).parameters, tied + 65 * 128);
  });

  it('starts with weights of deviation 0.02, and 0.02 / √(2 · layers) at the end of a branch, within 3 %', async () => {
    const planned = plan(
      { type: 'gpt', layers: 3, heads: 2, width: 64, context: 50 },
      textShape(90, 50, { train: 1, validation: 0, test: 0 }),
    );
    const machine = await createMachine(planned, kernels);
    initialize(machine, planned);
    for (const { fullName, shape, offset, elements } of planned.graph.parameters) {
      const start = planned.addresses.parameters / 4 + offset;
      const values = machine.memory.f32.subarray(start, start + elements);
      const isScaled = /attention\.1\.projection\.weight|mlp\.2\.weight/.test(fullName);
      const deviation = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / elements);
      if (shape.length === 2) {
        const expected = 0.02 / (isScaled ? Math.sqrt(6) : 1);
        assert.ok(Math.abs(deviation - expected) <= 0.03 * expected, `${fullName}: ${deviation} vs ${expected}`);
      } else {
        const constant = fullName.endsWith('weight') ? 1 : 0;
        assert.ok(
          values.every((value) => value === constant),
          fullName,
        );
      }
    }
  });

  it('learns sums modulo 7 from the two tokens before: loss of unseen rows at most 0.35 where chance has 1.95', async () => {
    const { outcome } = await record(sums(7, 12, { train: 512, validation: 0, test: 64 }), tiny, { kernels });
    assert.ok(outcome.reason === 'completed');
    const { loss, accuracy } = outcome.metrics.test!.values;
    // The first of 12 positions cannot be told: log 7 / 12 = 0.16 is the least there is.
    assert.ok(loss >= 0.1 && loss <= 0.35 && accuracy! >= 0.85, `loss ${loss}, accuracy ${accuracy}`);
  });

  it('dropout is of training alone: what is measured is what it is without', async () => {
    const problem = sums(7, 12, { train: 64, validation: 8, test: 0 });
    const losses = async (dropout: number, named: string) => {
      const still: EngineSpec = {
        model: { type: 'gpt', layers: 2, heads: 2, width: 32, context: 12, dropout },
        optimizer: { type: 'sgd', learningRate: 1e-30 },
        training: { steps: 2 },
        evaluation: { everySteps: 1 },
      };
      const { rows } = await record(problem, still, { kernels });
      return rows.filter(({ name }) => name === named).map(({ value }) => value);
    };
    assert.deepEqual(await losses(0.5, 'validation.loss'), await losses(0, 'validation.loss'));
    assert.notDeepEqual(await losses(0.5, 'train.loss'), await losses(0, 'train.loss'));
  });

  it('stopped and resumed ends in the same bytes; a later token changes no bit of what was said before it', async () => {
    const problem = sums(7, 12, { train: 64, validation: 8, test: 0 });
    const spec = { ...tiny, training: { steps: 6, batchSize: 32 } };
    const whole = await record(problem, spec, { kernels });
    const stopped = await record(problem, spec, { kernels, stopAt: 4 });
    const resumed = await record(problem, spec, { kernels, resumeFrom: stopped.checkpoints.at(-1)!.bytes });
    assert.equal(sha256(resumed.checkpoints.at(-1)!.bytes), sha256(whole.checkpoints.at(-1)!.bytes));

    const predictor = await createPredictor(whole.checkpoints.at(-1)!.bytes, kernels);
    const tokens = problem.data.train.x.slice(0, 12) as Int32Array;
    const before = predictor.predict(tokens, 1);
    assert.equal(before.length, 12 * 7);
    tokens[8] = (tokens[8]! + 1) % 7;
    const after = predictor.predict(tokens, 1);
    assert.deepEqual(after.subarray(0, 8 * 7), before.subarray(0, 8 * 7));
    assert.notDeepEqual(after.subarray(8 * 7), before.subarray(8 * 7));
    assert.throws(() => predictor.predict(Int32Array.of(...new Array(11).fill(0), 7), 1), {
      code: 'invalid_data',
      message: /input 11: expected a token from 0 to 6, got 7/,
    });
  });

  it('refuses what cannot be, naming layer, expected and got: columns of values, heads, a context below the rows', () => {
    const refused = (model: EngineSpec['model'], shape: DataShape, layer: string | undefined, message: RegExp) =>
      assert.throws(
        () => plan(model, shape),
        (error: { code?: string; message: string; details?: { layer?: string } }) => {
          assert.deepEqual([error.code, error.details!.layer], ['invalid_spec', layer]);
          assert.match(error.message, message);
          return true;
        },
      );
    const rows = { train: 24, validation: 0, test: 0 };
    const tokens = textShape(11, 6, rows);
    const { tokens: _, ...columns } = tokens;
    refused({ type: 'gpt' }, columns, undefined, /gpt takes tokens with targets position, got rows of 6 values/);
    const byRow = { ...tokens, tokens: { ...tokens.tokens!, targets: 'row' } } as const;
    refused({ type: 'gpt' }, byRow, undefined, /gpt takes tokens with targets position, got tokens with targets row/);
    refused({ type: 'gpt', width: 30 }, tokens, 'blocks.0.attention', /heads that divide the width 30, got 4 heads/);
    refused({ type: 'gpt', context: 5 }, tokens, 'position', /sequences of at most 5, got 6/);
    refused({ type: 'mlp' }, tokens, 'hidden.0', /dense: expected an embedding of the tokens, got dense/);
  });
});
