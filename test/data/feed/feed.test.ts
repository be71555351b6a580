/** A fed run without augmentation: the bits of one whose splits stand in memory, stopped and resumed anywhere, on any threads. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { arraysSource } from '../../../src/data/feed/arrays.js';
import { feedFrom } from '../../../src/data/feed/feed.js';
import { countClasses, type Feed } from '../../../src/engine/index.js';
import { planTraining } from '../../../src/engine/plan.js';
import { resolveEngineSpec } from '../../../src/engine/resolve.js';
import type { EngineSpec } from '../../../src/engine/spec.js';
import { backends } from '../../engine/backends.js';
import { type Problem, type Recording, record, rings, sha256, surface, textShape } from '../../engine/runs.js';

const kernels = backends.find(({ name }) => name.startsWith('wasm'))!;

function fed({ shape, data }: Problem): Problem<Feed> {
  const targets = shape.tokens?.stream === undefined ? data.train.y : data.train.x.subarray(1);
  const classCounts = shape.task === 'classification' ? countClasses(targets, shape.outputs) : [];
  const source = { rows: arraysSource(data), domain: { kind: 'table', features: [] }, augmentations: [] } as const;
  return { shape, data: feedFrom(source, { classCounts }) };
}

function assertSame(actual: Recording, expected: Recording): void {
  assert.deepEqual(actual.rows, expected.rows);
  assert.deepEqual(actual.rollbacks, expected.rollbacks);
  assert.deepEqual(actual.outcome, expected.outcome);
  assert.equal(sha256(actual.checkpoints.at(-1)!.bytes), sha256(expected.checkpoints.at(-1)!.bytes));
}

/** Batches of 4, an epoch's last one of 5; two batches an update; evaluated in two batches of 256 and 44. */
const irregular: EngineSpec = {
  model: { type: 'mlp', hidden: [9], dropout: 0.2 },
  loss: { type: 'crossEntropy', labelSmoothing: 0.1, classWeights: 'balanced' },
  training: { steps: 15, batchSize: 4, gradientAccumulation: 2, seed: 3 },
  evaluation: { everySteps: 2 },
  logging: { everySteps: 2 },
};

/** A text of 12 tokens, that repeats with faults. */
function text(length: { train: number; validation: number; test: number }, targets: 'position' | 'masked'): Problem {
  const [vocabulary, inputs] = [12, 6];
  const split = (count: number) => ({
    rows: Math.floor((count - Number(targets === 'position')) / inputs),
    x: Int32Array.from({ length: count }, (_, at) => (at * at) % vocabulary),
    y: new Int32Array(0),
  });
  const data = { train: split(length.train), validation: split(length.validation), test: split(length.test) };
  const rows = { train: data.train.rows, validation: data.validation.rows, test: data.test.rows };
  const shape = textShape(vocabulary, inputs, rows);
  const mask = targets === 'masked' ? { mask: { token: 1, firstOrdinary: 2 } } : {};
  return { data, shape: { ...shape, tokens: { ...shape.tokens!, targets, stream: length, ...mask } } };
}

const gpt = { type: 'gpt', layers: 1, heads: 2, width: 8, context: 6 } as const;
const lengths = { train: 200, validation: 90, test: 40 };
const cases: { title: string; problem: Problem; spec: EngineSpec }[] = [
  { title: 'weighted classes', problem: rings({ train: 45, validation: 300, test: 20 }), spec: irregular },
  {
    title: 'one batch an update, more steps than the ring holds',
    problem: rings({ train: 45, validation: 20, test: 20 }),
    spec: { ...irregular, training: { steps: 150, batchSize: 4 } },
  },
  {
    title: 'full batches of a regression',
    problem: surface({ train: 50, validation: 20, test: 10 }),
    spec: { model: { type: 'mlp', hidden: [5] }, optimizer: { type: 'gradientDescent' }, training: { epochs: 6 } },
  },
  {
    title: 'binary cross-entropy, no validation',
    problem: rings({ train: 30, validation: 0, test: 10 }),
    spec: { model: { type: 'mlp', hidden: [5] }, loss: { type: 'binaryCrossEntropy' }, training: { epochs: 3 } },
  },
  {
    title: 'a text in windows side by side',
    problem: text(lengths, 'position'),
    spec: { model: gpt, training: { epochs: 2, batchSize: 8 } },
  },
  {
    title: 'random windows of a text',
    problem: text(lengths, 'position'),
    spec: { model: gpt, training: { steps: 9, batchSize: 8, sampling: 'randomWindows' } },
  },
  {
    title: 'a measure that is given up in its first of eight batches, and the one after it',
    problem: rings({ train: 45, validation: 2000, test: 20 }),
    spec: {
      model: { type: 'mlp', hidden: [9, 7], activation: 'leakyRelu' },
      optimizer: { type: 'sgd', learningRate: 1e20 },
      training: { steps: 8, batchSize: 4 },
      evaluation: { everySteps: 1 },
      guard: { onNonFinite: 'rollback', learningRateFactor: 1e-22 },
    },
  },
  {
    title: 'masked tokens',
    problem: text(lengths, 'masked'),
    spec: { model: { ...gpt, type: 'bert' }, training: { epochs: 2, batchSize: 8 } },
  },
];

describe('a fed run has the rows, metrics and weights of one in memory', () => {
  for (const { title, problem, spec } of cases) {
    it(title, async () => {
      assertSame(await record(fed(problem), spec, { kernels }), await record(problem, spec, { kernels }));
    });
  }

  it('on 2 threads as on 1', async () => {
    const { problem, spec } = cases[0]!;
    assertSame(await record(fed(problem), spec, { kernels, threads: 2 }), await record(problem, spec, { kernels }));
  });

  it('stopped after any of its steps and resumed', async () => {
    const { problem, spec } = cases[0]!;
    const whole = await record(problem, spec, { kernels });
    for (let stopAt = 1; stopAt < 15; stopAt++) {
      const before = await record(fed(problem), spec, { kernels, stopAt });
      const after = await record(fed(problem), spec, { kernels, resumeFrom: before.checkpoints.at(-1)!.bytes });
      assertSame({ ...after, rows: [...before.rows, ...after.rows] }, whole);
    }
  });
});

describe('a feed', () => {
  it('plans memory for its ring, not for its rows', () => {
    const rows = { train: 10_000_000, validation: 1_000_000, test: 1_000_000 };
    const shape = { task: 'classification', inputs: 2, outputs: 2, rows } as const;
    const spec = resolveEngineSpec(irregular, shape);
    const feed = { softTargets: false };
    assert.ok(planTraining(spec, shape).peakBytes > 100e6);
    assert.ok(planTraining(spec, shape, { feed }).peakBytes < 1e6);
  });

  it('that fails ends the run with its error: split, row, expected and got', async () => {
    const problem = rings({ train: 45, validation: 20, test: 20 });
    problem.data.train.x[2 * 7 + 1] = Number.NaN;
    await assert.rejects(record(fed(problem), irregular, { kernels }), {
      code: 'invalid_data',
      message: /^train: row \d, input 1, expected a finite number, got NaN$/,
    });
  });
});
