/** Runs that start from weights by name: what is frozen stays, corrections of low rank learn and end in the weights. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { LayerSpec } from '../../src/engine/layers/index.js';
import { matchesPattern, matchWeights } from '../../src/engine/named-weights.js';
import { planTraining } from '../../src/engine/plan.js';
import { createPredictor } from '../../src/engine/predict.js';
import { resolveEngineSpec } from '../../src/engine/resolve.js';
import { Draws } from '../../src/engine/rng.js';
import { decodeSafetensors, encodeSafetensors, readHeader, type Tensor } from '../../src/engine/safetensors.js';
import type { EngineSpec } from '../../src/engine/spec.js';
import { backends } from './backends.js';
import { stackOf } from './layers/stack.js';
import { record, rings, sha256, sums } from './runs.js';

const kernels = backends.at(-1)!;
const problem = rings({ train: 60, validation: 40, test: 0 });
const spec: EngineSpec = {
  model: { type: 'mlp', hidden: [8, 6] },
  training: { steps: 12, batchSize: 8 },
  optimizer: { type: 'adamw', learningRate: 0.02, weightDecay: 0.1 },
  regularization: { l1: 0.01, l2: 0.01 },
  evaluation: { everySteps: 2 },
};
const base = (await record(problem, spec, { kernels })).checkpoints.at(-1)!.bytes;
const naming = { names: {}, transposed: [], except: [] };
const tensorsOf = (file: Uint8Array) => decodeSafetensors(file).tensors;
const valuesIn = (file: Uint8Array, name: string) => tensorsOf(file).get(name)!.data as Float32Array;

describe('frozen parameters', () => {
  const tuning = { frozen: ['hidden.0.weight', 'hidden.0.bias', 'hidden.1.bias'], lora: null };

  it('keep their bits under an optimizer that decays and penalties; the others move', async () => {
    const run = await record(problem, spec, { kernels, tuning, initializeFrom: { ...naming, file: base } });
    const after = run.checkpoints.at(-1)!.bytes;
    for (const name of tensorsOf(base).keys()) {
      if (name.includes('/')) continue;
      const isEqual = Buffer.compare(toBytes(valuesIn(base, name)), toBytes(valuesIn(after, name))) === 0;
      assert.equal(isEqual, tuning.frozen.includes(name), name);
    }
    assert.ok(!tensorsOf(after).has('resume/mean/hidden.0.weight'));
  });

  it('cost no gradient: the plan counts fewer operations and fewer parameters', () => {
    const resolved = resolveEngineSpec(spec, problem.shape);
    const whole = planTraining(resolved, problem.shape);
    const tuned = planTraining(resolved, problem.shape, { tuning });
    const [rows, inputs, first, second] = [8, 2, 8, 6];
    // of the first layer neither dW nor, since nothing below the second learns, the second's dx
    assert.equal(whole.flopsPerStep - tuned.flopsPerStep, 2 * rows * (inputs * first + first * second));
    assert.equal(whole.parameters - tuned.parameters, inputs * first + first + second);
  });
});

describe('corrections of low rank', () => {
  it('gradients of both factors and below them equal central differences, in attention as in dense layers', async () => {
    const layers: LayerSpec[] = [
      { type: 'embedding', vocabulary: 5, width: 4 },
      {
        type: 'residual',
        layers: [
          { type: 'attention', heads: 2 },
          { type: 'dense', units: 4, activation: 'tanh' },
        ],
      },
    ];
    const targets = ['layer1.0.qkv.weight', 'layer1.0.projection.weight', 'layer1.1.weight'];
    const stack = await stackOf(layers, 3, 3, backends[0]!, { frozen: [], lora: { rank: 2, alpha: 3, targets } });
    const draws = new Draws(5, 1);
    for (const values of [stack.targets, ...stack.parameters.map(({ values }) => values)]) {
      for (let i = 0; i < values.length; i++) values[i] = draws.normal() / 2;
    }
    new Int32Array(stack.x.buffer, stack.x.byteOffset, 9).set([0, 3, 1, 4, 4, 2, 3, 0, 2]);
    stack.loss();
    const learnt = stack.parameters.filter(({ learnt }) => learnt !== false);
    assert.equal(learnt.filter(({ fullName }) => /\.lora[AB]$/.test(fullName)).length, 2 * targets.length);
    const analytic = learnt.map(({ gradient }) => gradient.slice());
    const step = 2 ** -8;
    learnt.forEach(({ fullName, values }, index) => {
      values.forEach((value, element) => {
        const at = (changed: number) => {
          values[element] = changed;
          return stack.loss();
        };
        const numeric = (at(value + step) - at(value - step)) / (2 * step);
        values[element] = value;
        const got = analytic[index]![element]!;
        assert.ok(Math.abs(got - numeric) <= 2e-3 * Math.max(1, Math.abs(numeric)), `${fullName}[${element}]`);
      });
    });
  });

  const lora = { rank: 2, alpha: 4, targets: ['hidden.0.weight', 'hidden.1.weight'] };
  const tuning = { frozen: ['hidden.0.bias'], lora };
  const start = { kernels, tuning, initializeFrom: { ...naming, file: base } };

  it('are added to the weights of the model, which predicts what the run measured', async () => {
    for (const emaDecay of [null, 0.5]) {
      const tuned = { ...spec, training: { ...spec.training, emaDecay } };
      const { checkpoints, outcome } = await record(problem, tuned, start);
      const file = checkpoints.at(-1)!.bytes;
      const [a, b, w, merged] = [
        ...['hidden.1.weight.loraA', 'hidden.1.weight.loraB', 'hidden.1.weight'].map((name) =>
          valuesIn(file, `resume/best/${name}`),
        ),
        valuesIn(file, 'hidden.1.weight'),
      ] as [Float32Array, Float32Array, Float32Array, Float32Array];
      assert.ok(b.some((value) => value !== 0));
      merged.forEach((value, index) => {
        const [row, col] = [Math.floor(index / 6), index % 6];
        const expected = w[index]! + 2 * (a[row * 2]! * b[col]! + a[row * 2 + 1]! * b[6 + col]!);
        assert.ok(Math.abs(value - expected) < 1e-6, `${index}: ${value}, expected ${expected}`);
      });
      assert.deepEqual(valuesIn(file, 'resume/weights/hidden.1.weight'), valuesIn(base, 'hidden.1.weight'));
      const { x, y } = problem.data.validation;
      const answers = (await createPredictor(file, kernels)).predict(x, 40);
      const loss = -[...y].reduce((sum, label, row) => sum + Math.log(answers[row * 2 + label]!), 0) / 40;
      assert.ok(outcome.reason !== 'stopped');
      assert.ok(Math.abs(loss - outcome.metrics.validation!.values.loss!) < 1e-5);
    }
  });

  it('a run that is stopped and resumed, or forked, ends in the bits of a whole one, on any number of threads', async () => {
    for (const emaDecay of [null, 0.5]) {
      for (const validation of [40, 0]) {
        const part = { ...problem, shape: { ...problem.shape, rows: { train: 60, validation, test: 0 } } };
        const data = { ...problem.data, validation: validation > 0 ? problem.data.validation : problem.data.test };
        const tuned = { ...spec, training: { ...spec.training, emaDecay } };
        const whole = await record({ ...part, data }, tuned, start);
        for (const stopAt of [1, 5, 11]) {
          const before = await record({ ...part, data }, tuned, { ...start, stopAt });
          const resumeFrom = before.checkpoints.at(-1)!.bytes;
          const after = await record({ ...part, data }, tuned, { kernels, tuning, resumeFrom, threads: 2 });
          assert.deepEqual([...before.rows, ...after.rows], whole.rows);
          assert.equal(sha256(after.checkpoints.at(-1)!.bytes), sha256(whole.checkpoints.at(-1)!.bytes));
        }
        const fork = { file: whole.checkpoints[0]!.bytes, weights: 'last' } as const;
        const forked = await record({ ...part, data }, tuned, { kernels, tuning, inheritFrom: fork });
        assert.equal(sha256(forked.checkpoints.at(-1)!.bytes), sha256(whole.checkpoints.at(-1)!.bytes));
      }
    }
  });

  it('take what a fork asks for: the best factors, or the last', async () => {
    const file = (await record(problem, spec, start)).checkpoints.at(-1)!.bytes;
    const still = {
      ...spec,
      optimizer: { type: 'sgd', learningRate: 1e-30 },
      regularization: {},
      training: { steps: 1, batchSize: 8 },
    } as const;
    for (const [weights, folder] of [
      ['best', 'resume/best/'],
      ['last', 'resume/weights/'],
    ] as const) {
      const fork = await record(problem, still, { kernels, tuning, inheritFrom: { file, weights } });
      const got = fork.checkpoints.at(-1)!.bytes;
      const name = 'hidden.0.weight.loraB';
      assert.deepEqual(valuesIn(got, `resume/weights/${name}`), valuesIn(file, `${folder}${name}`));
    }
  });

  it('gpt learns by its corrections alone', async () => {
    const text = sums(5, 8, { train: 64, validation: 16, test: 0 });
    const model = { type: 'gpt', layers: 1, heads: 2, width: 16, context: 8 } as const;
    const training = { steps: 60, batchSize: 16 };
    const gpt: EngineSpec = { model, training, optimizer: { type: 'adam', learningRate: 0.01 } };
    const source = (await record(text, { ...gpt, training: { steps: 5, batchSize: 16 } }, { kernels })).checkpoints.at(
      -1,
    )!;
    const names = [...tensorsOf(source.bytes).keys()].filter((name) => !name.startsWith('resume/'));
    const targets = names.filter((name) => /(qkv|projection|[12])\.weight$/.test(name) && name.startsWith('blocks'));
    assert.equal(targets.length, 4);
    const frozen = names.filter((name) => !targets.includes(name));
    const tuned = await record(text, gpt, {
      ...{ kernels, tuning: { frozen, lora: { rank: 4, alpha: 8, targets } } },
      initializeFrom: { ...naming, file: source.bytes },
    });
    const losses = tuned.rows.filter(({ name }) => name === 'validation.loss').map(({ value }) => value);
    assert.ok(losses.at(-1)! < losses[0]! - 0.02, String(losses)); // of 1.61, on weights that know next to nothing
    const learnt = tuned.checkpoints.at(-1)!.bytes;
    for (const name of frozen) assert.deepEqual(valuesIn(learnt, name), valuesIn(source.bytes, name), name);
  });
});

describe('weights by name', () => {
  const parameters = planTraining(resolveEngineSpec(spec, problem.shape), problem.shape).graph.parameters;
  const f32 = (name: string, shape: number[]): Tensor => ({
    ...{ name, shape, dtype: 'F32' },
    data: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, index) => index),
  });

  it('come from tensors of other names, matrices of PyTorch turned, and what is left out begins anew', async () => {
    const file = encodeSafetensors([f32('fc1.weight', [8, 2]), f32('hidden.1.weight', [8, 6]), f32('other', [3])]);
    const turned = { names: { 'fc1.weight': 'hidden.0.weight' }, transposed: ['fc*.weight'] };
    const matches = matchWeights(readHeader(file), parameters, turned);
    const fitting = matches.filter(({ fits }) => fits).map(({ parameter }) => parameter.fullName);
    assert.deepEqual(fitting, ['hidden.0.weight', 'hidden.1.weight']);
    const except = matches.filter(({ fits }) => !fits).map(({ parameter }) => parameter.fullName);
    const still = { ...spec, optimizer: { type: 'sgd', learningRate: 1e-30 }, regularization: {} } as const;
    const once = { ...still, training: { steps: 1, batchSize: 8 } };
    const { checkpoints } = await record(problem, once, { kernels, initializeFrom: { ...turned, file, except } });
    const got = checkpoints.at(-1)!.bytes;
    const byUnits = [0, 2, 4, 6, 8, 10, 12, 14, 1, 3, 5, 7, 9, 11, 13, 15];
    assert.deepEqual([...valuesIn(got, 'hidden.0.weight')], byUnits);
    assert.deepEqual(valuesIn(got, 'hidden.1.weight'), f32('', [8, 6]).data);
    const fresh = (await record(problem, once, { kernels })).checkpoints.at(-1)!.bytes;
    assert.deepEqual(valuesIn(got, 'output.weight'), valuesIn(fresh, 'output.weight'));
  });

  it('refuse a shape that the data do not give, naming both', async () => {
    const file = encodeSafetensors([f32('hidden.0.weight', [8, 2])]);
    await assert.rejects(record(problem, spec, { kernels, initializeFrom: { ...naming, file } }), {
      code: 'checkpoint_mismatch',
      message: /hidden\.0\.weight.*\[2,8\].*\[8,2\]/,
    });
  });

  it('patterns: * is any characters or none, in time that grows with their length alone', () => {
    const cases: [string, string, boolean][] = [
      ['a.b', 'a.b', true],
      ['a.b', 'a.c', false],
      ['a.b', 'a*', true],
      ['a.b', '*b', true],
      ['a.b', 'a*b', true],
      ['aba', 'ab*ba', false],
      ['blocks.0.mlp.1.weight', 'blocks.*.weight', true],
      ['blocks.0.mlp.1.weight', 'blocks.*.mlp.*.bias', false],
      ['anything', '*', true],
      ['', '*', true],
    ];
    for (const [name, pattern, expected] of cases) assert.equal(matchesPattern(name, pattern), expected, pattern);
    assert.equal(matchesPattern('a'.repeat(200), `${'*a'.repeat(99)}*b`), false);
  });
});

const toBytes = ({ buffer, byteOffset, byteLength }: Float32Array) => Buffer.from(buffer, byteOffset, byteLength);
