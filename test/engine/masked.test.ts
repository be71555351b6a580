/** Masked-token pre-training: which tokens are masked and how, what the loss is the mean over, and that it teaches. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createMemory } from '../../src/engine/memory.js';
import { Draws } from '../../src/engine/rng.js';
import { decodeSafetensors } from '../../src/engine/safetensors.js';
import type { DataShape, TokenShape } from '../../src/engine/shape.js';
import type { EngineSpec } from '../../src/engine/spec.js';
import { backends } from './backends.js';
import { assertClose } from './golden.js';
import { type Problem, record, sha256 } from './runs.js';

const kernels = backends.at(-1)!;
const [PADDING, MASK, FIRST_ORDINARY, VOCABULARY, TIME] = [0, 1, 3, 11, 8];
const mask = { token: MASK, firstOrdinary: FIRST_ORDINARY };

/** A text that counts through its ordinary tokens, by steps of 1 or 3 that change now and then: neighbours tell a token. */
function counting(stream: NonNullable<TokenShape['stream']>): Problem {
  const draws = new Draws(13, 0xff00_0000);
  const ordinary = VOCABULARY - FIRST_ORDINARY;
  const split = (length: number) => {
    let [token, step] = [0, 1];
    const x = Int32Array.from({ length }, () => {
      if (draws.uniform() < 0.05) step = 4 - step;
      token = (token + step) % ordinary;
      return FIRST_ORDINARY + token;
    });
    return { rows: Math.floor(length / TIME), x, y: new Int32Array() };
  };
  const data = { train: split(stream.train), validation: split(stream.validation), test: split(stream.test) };
  const rows = { train: data.train.rows, validation: data.validation.rows, test: data.test.rows };
  const tokens = { vocabulary: VOCABULARY, targets: 'masked', padding: null, mask, stream } as const;
  return { shape: { task: 'classification', inputs: TIME, outputs: VOCABULARY, tokens, rows }, data };
}

/** Rows of random length that stand by themselves, short ones filled up. */
function sentences(rows: DataShape['rows']): Problem {
  const draws = new Draws(14, 0xff00_0000);
  const split = (count: number) => {
    const x = new Int32Array(count * TIME).fill(PADDING);
    for (let row = 0; row < count; row++) {
      const length = 1 + draws.integer(TIME);
      for (let t = 0; t < length; t++) x[row * TIME + t] = FIRST_ORDINARY + draws.integer(VOCABULARY - FIRST_ORDINARY);
    }
    return { rows: count, x, y: new Int32Array() };
  };
  const tokens = { vocabulary: VOCABULARY, targets: 'masked', padding: PADDING, mask } as const;
  const data = { train: split(rows.train), validation: split(rows.validation), test: split(rows.test) };
  return { shape: { task: 'classification', inputs: TIME, outputs: VOCABULARY, tokens, rows }, data };
}

const spec: EngineSpec = {
  model: { type: 'bert', layers: 1, heads: 2, width: 16, context: TIME, dropout: 0.1 },
  training: { steps: 10, batchSize: 6, gradientAccumulation: 2 },
  evaluation: { everySteps: 3 },
  logging: { everySteps: 2 },
};
const withoutDropout = { ...spec.model, dropout: 0 } as EngineSpec['model'];
const problem = sentences({ train: 40, validation: 9, test: 5 });

describe('masked tokens', () => {
  it('are 15 % of each row’s ordinary tokens, at least one, each equally often: 80 % masked, 10 % random, 10 % as they were', async () => {
    const [rows, time, vocabulary] = [20_000, 14, 20]; // 13 ordinary tokens a row, of which 2 are chosen
    const memory = createMemory(2 ** 23);
    const [tokens, targets, key, draw] = [2 ** 20, 2 ** 22, 2 ** 16, 2 ** 16 + 16];
    const at = (pointer: number) => memory.i32.subarray(pointer / 4, pointer / 4 + rows * time);
    const draws = new Draws(3, 0xff00_0000);
    const given = Int32Array.from({ length: rows * time }, (_, index) =>
      index % time === 4 ? PADDING : FIRST_ORDINARY + draws.integer(vocabulary - FIRST_ORDINARY),
    );
    at(tokens).set(given);
    const { maskTokens } = await kernels.create(memory.memory, 2 ** 17);
    maskTokens(rows, time, vocabulary, MASK, FIRST_ORDINARY, tokens, targets, key, 5, draw);

    const chosen = Array.from(at(targets).keys()).filter((index) => at(targets)[index]! >= 0);
    const count = (isCounted: (index: number) => boolean) => chosen.filter(isCounted).length;
    for (let row = 0; row < rows; row++) {
      const inRow = at(targets)
        .subarray(row * time, (row + 1) * time)
        .filter((target) => target >= 0).length;
      assert.equal(inRow, 2);
    }
    given.forEach((token, index) => {
      const target = at(targets)[index]!;
      assert.equal(target, target < 0 ? -1 : token);
      if (target < 0) assert.equal(at(tokens)[index], token);
    });
    const within5Errors = (got: number, share: number, of: number) =>
      assert.ok(
        Math.abs(got - share * of) <= 5 * Math.sqrt(share * (1 - share) * of),
        `${got} of ${of}, share ${share}`,
      );
    for (let t = 0; t < time; t++)
      within5Errors(
        count((index) => index % time === t),
        t === 4 ? 0 : 2 / 13,
        rows,
      );
    const now = (index: number) => at(tokens)[index]!;
    within5Errors(
      count((index) => now(index) === MASK),
      0.8,
      2 * rows,
    );
    const ordinary = vocabulary - FIRST_ORDINARY;
    within5Errors(
      count((index) => now(index) === given[index]),
      0.1 + 0.1 / ordinary,
      2 * rows,
    );
    for (let token = FIRST_ORDINARY; token < vocabulary; token++) {
      within5Errors(
        count((index) => now(index) === token && given[index] !== token),
        (0.1 / ordinary) * (1 - 1 / ordinary),
        2 * rows,
      );
    }
  });

  it('8 rows in 4 batches equal 32 in one: loss of each step and final weights; the mean is over the masked tokens of the update', async () => {
    const data = sentences({ train: 96, validation: 0, test: 0 });
    const run = (batchSize: number, gradientAccumulation: number) =>
      record(
        data,
        { model: withoutDropout, training: { epochs: 2, batchSize, gradientAccumulation }, logging: { everySteps: 1 } },
        { kernels },
      );
    const [whole, parts] = [await run(32, 1), await run(8, 4)];
    const losses = ({ rows }: typeof whole) =>
      rows.filter(({ name }) => name === 'train.loss').map(({ value }) => value);
    assert.equal(losses(whole).length, 6);
    assertClose(losses(parts), losses(whole), 'loss');
    const [weights, others] = [whole, parts].map(
      ({ checkpoints }) => decodeSafetensors(checkpoints.at(-1)!.bytes).tensors,
    );
    for (const [name, { data }] of weights!) {
      // The keys' biases have a gradient of 0, of which Adam makes noise.
      if (name.includes('qkv.bias')) continue;
      assertClose(others!.get(name)!.data as Float32Array, data as Float32Array, name);
    }
  });

  it('are the same at each evaluation, whatever the batches it is made in', async () => {
    const still = {
      ...spec,
      model: withoutDropout,
      optimizer: { type: 'sgd', learningRate: 1e-30 },
    } satisfies EngineSpec;
    const data = sentences({ train: 60, validation: 130, test: 0 });
    const losses = async (batchSize: number) => {
      const { rows } = await record(data, { ...still, training: { steps: 9, batchSize } }, { kernels });
      return rows.filter(({ name }) => name === 'validation.loss').map(({ value }) => value);
    };
    const [small, large] = [await losses(4), await losses(50)];
    assert.equal(new Set(small).size, 1);
    assert.equal(small.length, 3);
    assertClose(large, small, 'validation loss');
  });

  for (const factory of backends) {
    it(`stopped after any step and resumed, on two threads as on one, a run gives the same rows and bytes on ${factory.name}`, async () => {
      const text = counting({ train: 205, validation: 73, test: 55 });
      const random: EngineSpec = { ...spec, training: { ...spec.training, sampling: 'randomWindows' } };
      const whole = await record(text, random, { kernels: factory });
      for (let stopAt = 1; stopAt < 10; stopAt++) {
        const before = await record(text, random, { kernels: factory, stopAt });
        const resumeFrom = before.checkpoints.at(-1)!.bytes;
        const after = await record(text, random, { kernels: factory, resumeFrom, threads: 1 + (stopAt % 2) });
        assert.deepEqual([...before.rows, ...after.rows], whole.rows, `rows, stopped at ${stopAt}`);
        assert.deepEqual(after.outcome, whole.outcome);
        assert.equal(sha256(after.checkpoints.at(-1)!.bytes), sha256(whole.checkpoints.at(-1)!.bytes));
      }
    });
  }

  it('are restored in a text that counts: accuracy ≥ 0.75 on unseen text, where the most frequent token has 1/8', async () => {
    const learning: EngineSpec = {
      model: { type: 'bert', layers: 2, heads: 2, width: 32, context: TIME, dropout: 0 },
      optimizer: { type: 'adamw', learningRate: 0.003 },
      training: { steps: 600, batchSize: 32, sampling: 'randomWindows', clipNorm: 1 },
      earlyStopping: { type: 'none' },
    };
    const { outcome } = await record(counting({ train: 8000, validation: 0, test: 2000 }), learning, { kernels });
    assert.ok(outcome.reason === 'completed');
    const { loss, accuracy, perplexity } = outcome.metrics.test!.values;
    assert.ok(accuracy! >= 0.75, `accuracy ${accuracy}, loss ${loss}`);
    assert.equal(perplexity, Math.exp(loss));
  });

  it('are refused where the data do not say what masks, where their classes are weighted, and to a model that sees no later token', async () => {
    const refused = (change: Partial<EngineSpec>, tokens: Partial<TokenShape>, code: string, message: RegExp) => {
      const shape = { ...problem.shape, tokens: { ...problem.shape.tokens!, ...tokens } };
      return assert.rejects(record({ ...problem, shape }, { ...spec, ...change }, { kernels }), { code, message });
    };
    const expected = /^mask: expected mask token and padding below the first ordinary token, that below 11, got/;
    await refused({}, { mask: { token: 5, firstOrdinary: 3 } }, 'invalid_data', expected);
    await refused({}, { padding: 4 }, 'invalid_data', expected);
    await refused({}, { mask: { token: 1, firstOrdinary: 11 } }, 'invalid_data', expected);
    const { mask: _, ...unmasked } = problem.shape.tokens!;
    await assert.rejects(record({ ...problem, shape: { ...problem.shape, tokens: unmasked } }, spec, { kernels }), {
      code: 'invalid_data',
      message: expected,
    });
    await refused({}, { vocabulary: 12 }, 'invalid_data', /^outputs: expected the vocabulary, 12, got 11/);
    const weighted = { type: 'crossEntropy', classWeights: 'balanced' } as const;
    await refused(
      { loss: weighted },
      {},
      'invalid_spec',
      /classWeights: expected null for masked tokens, got balanced/,
    );
    await refused(
      { model: { type: 'gpt' } },
      {},
      'invalid_spec',
      /gpt takes tokens with targets position, got .* masked/,
    );
  });
});
