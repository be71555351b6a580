/** Rows that are windows of one text: the same training as from rows cut beforehand, and windows that begin anywhere. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TrainingData } from '../../src/engine/data.js';
import { loadData } from '../../src/engine/data.js';
import { createMachine } from '../../src/engine/machine.js';
import { planTraining } from '../../src/engine/plan.js';
import { resolveEngineSpec } from '../../src/engine/resolve.js';
import { Draws } from '../../src/engine/rng.js';
import { decodeSafetensors } from '../../src/engine/safetensors.js';
import type { DataShape } from '../../src/engine/shape.js';
import type { EngineSpec, LossSpec } from '../../src/engine/spec.js';
import { Stepper } from '../../src/engine/step.js';
import { initialize } from '../../src/engine/train.js';
import { backends } from './backends.js';
import { type Problem, record, sha256 } from './runs.js';

type ClassWeights = NonNullable<Extract<LossSpec, { type: 'crossEntropy' }>['classWeights']> | null;

const kernels = backends.at(-1)!;
const [VOCABULARY, TIME] = [11, 8];
const splits = ['train', 'validation', 'test'] as const;

/** Each token is the one before it plus 1, 2 or 3. */
function text(stream: { train: number; validation: number; test: number }): Problem {
  const draws = new Draws(12, 0xff00_0000);
  const windows = (length: number) => Math.floor(Math.max(0, length - 1) / TIME);
  const rows = {
    train: windows(stream.train),
    validation: windows(stream.validation),
    test: windows(stream.test),
  };
  const split = (name: (typeof splits)[number]) => {
    let token = 0;
    const x = Int32Array.from({ length: stream[name] }, () => {
      token = (token + 1 + draws.integer(3)) % VOCABULARY;
      return token;
    });
    return { rows: rows[name], x, y: new Int32Array() };
  };
  const tokens = { vocabulary: VOCABULARY, targets: 'position', padding: null, stream } as const;
  return {
    shape: { task: 'classification', inputs: TIME, outputs: VOCABULARY, tokens, rows },
    data: { train: split('train'), validation: split('validation'), test: split('test') },
  };
}

/** The same windows as rows that stand by themselves, each with its targets. */
function cutBeforehand({ shape, data }: Problem): Problem {
  const split = (name: (typeof splits)[number]) => {
    const { rows, x } = data[name];
    return { rows, x: x.slice(0, rows * TIME), y: x.slice(1, rows * TIME + 1) };
  };
  const tokens = { vocabulary: VOCABULARY, targets: 'position', padding: null } as const;
  return {
    shape: { ...shape, tokens },
    data: { train: split('train'), validation: split('validation'), test: split('test') },
  };
}

const spec: EngineSpec = {
  model: { type: 'gpt', layers: 1, heads: 2, width: 16, context: TIME, dropout: 0.1 },
  training: { steps: 10, batchSize: 6, gradientAccumulation: 2 },
  evaluation: { everySteps: 3 },
  logging: { everySteps: 2 },
};
const random: EngineSpec = { ...spec, training: { ...spec.training, sampling: 'randomWindows' } };
/** 25, 9 and 6 windows, with tokens left over. */
const problem = text({ train: 205, validation: 73, test: 55 });

function tensorsOf(bytes: Uint8Array) {
  const { tensors } = decodeSafetensors(bytes);
  return [...tensors].map(([name, { data }]) => [
    name,
    sha256(new Uint8Array(data.buffer, data.byteOffset, data.byteLength)),
  ]);
}

describe('a text', () => {
  for (const classWeights of [null, 'balanced', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 0]] satisfies ClassWeights[]) {
    it(`trains to the bits and measures of its windows cut beforehand, class weights ${JSON.stringify(classWeights)}`, async () => {
      const weighted: EngineSpec = { ...spec, loss: { type: 'crossEntropy', classWeights } };
      // Of a text the last tokens, which are in no window, count in the balance too: here there are none.
      const whole = text({ train: 201, validation: 73, test: 55 });
      const streamed = await record(whole, weighted, { kernels });
      const cut = await record(cutBeforehand(whole), weighted, { kernels });
      assert.deepEqual(streamed.rows, cut.rows);
      assert.deepEqual(streamed.outcome, cut.outcome);
      assert.deepEqual(tensorsOf(streamed.checkpoints.at(-1)!.bytes), tensorsOf(cut.checkpoints.at(-1)!.bytes));
    });
  }

  it('its random windows begin at every place that leaves room for the last target, and at no other', async () => {
    const short = text({ train: TIME + 3, validation: 0, test: 0 });
    const resolved = resolveEngineSpec({ ...random, training: { ...random.training, steps: 40 } }, short.shape);
    const plan = planTraining(resolved, short.shape, kernels);
    const machine = await createMachine(plan, kernels);
    loadData(short.data, plan, machine.memory);
    initialize(machine, plan);
    const stepper = new Stepper(machine, plan);
    const seen = new Set<number>();
    for (let step = 0; step < 40; step++) {
      stepper.step(step);
      seen.add(machine.memory.i32[plan.addresses.batchRows / 4]!);
    }
    assert.deepEqual([...seen].sort(), [0, 1, 2]);
  });

  it('an epoch of random windows is as many full batches as hold the rows once: 25 rows, 5 of 6', () => {
    const training = { epochs: 1, batchSize: 6, sampling: 'randomWindows' } as const;
    const plan = planTraining(resolveEngineSpec({ ...spec, training }, problem.shape), problem.shape);
    assert.deepEqual([plan.totalSteps, [...plan.programs().first.keys()]], [5, [6]]);
  });

  for (const factory of backends) {
    it(`in random windows, stopped after any step and resumed, gives rows and bytes of the whole run on ${factory.name}`, async () => {
      const whole = await record(problem, random, { kernels: factory });
      for (let stopAt = 1; stopAt < 10; stopAt++) {
        const before = await record(problem, random, { kernels: factory, stopAt });
        const resumeFrom = before.checkpoints.at(-1)!.bytes;
        const after = await record(problem, random, { kernels: factory, resumeFrom });
        assert.deepEqual([...before.rows, ...after.rows], whole.rows, `rows, stopped at ${stopAt}`);
        assert.deepEqual(after.outcome, whole.outcome);
        assert.equal(sha256(after.checkpoints.at(-1)!.bytes), sha256(whole.checkpoints.at(-1)!.bytes));
      }
    });
  }

  it('in random windows, on two threads gives the bytes of one', async () => {
    const [one, two] = [
      await record(problem, random, { kernels, threads: 1 }),
      await record(problem, random, { kernels, threads: 2 }),
    ];
    assert.deepEqual(two.rows, one.rows);
    assert.equal(sha256(two.checkpoints.at(-1)!.bytes), sha256(one.checkpoints.at(-1)!.bytes));
  });

  it('and its shape and split are refused where they do not fit, naming what was expected', async () => {
    const refused = (change: Partial<DataShape>, message: RegExp) =>
      assert.rejects(record({ ...problem, shape: { ...problem.shape, ...change } }, spec, { kernels }), {
        code: 'invalid_data',
        message,
      });
    const { tokens, rows } = problem.shape;
    await refused({ rows: { ...rows, train: 26 } }, /^train: rows of 205 tokens, 8 a row, expected 25, got 26/);
    await refused({ tokens: { ...tokens!, targets: 'row' } }, /^text: targets, expected position or masked, got row/);

    const broken = (train: Partial<TrainingData['train']>, message: RegExp) =>
      assert.rejects(
        record({ ...problem, data: { ...problem.data, train: { ...problem.data.train, ...train } } }, spec, {
          kernels,
        }),
        { code: 'invalid_data', message },
      );
    const { x } = problem.data.train;
    await broken({ x: x.subarray(1) }, /^train: length of x, expected 205, got 204/);
    await broken({ y: new Int32Array(1) }, /^train: length of y, expected 0, got 1/);
    await broken(
      { x: x.map((token, at) => (at === 70 ? 11 : token)) },
      /^train: token 70, expected a token from 0 to 10, got 11/,
    );
    await assert.rejects(record(cutBeforehand(problem), random, { kernels }), {
      code: 'invalid_spec',
      message: /^\/training\/sampling: expected epoch, for rows that stand by themselves, got randomWindows/,
    });
  });
});
