/** Signals: each is what its name says, and a run is the same run with them as without. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { describeActivation } from '../../src/engine/activations-seen.js';
import { loadData } from '../../src/engine/data.js';
import { createMachine } from '../../src/engine/machine.js';
import { planTraining } from '../../src/engine/plan.js';
import { resolveEngineSpec } from '../../src/engine/resolve.js';
import { decodeSafetensors } from '../../src/engine/safetensors.js';
import { Signals, signalInterval } from '../../src/engine/signals.js';
import type { EngineSpec } from '../../src/engine/spec.js';
import { Stepper } from '../../src/engine/step.js';
import { initialize } from '../../src/engine/train.js';
import { backends } from './backends.js';
import { assertClose } from './golden.js';
import { record, rings } from './runs.js';

const problem = rings({ train: 45, validation: 21, test: 20 });
const descent: EngineSpec = {
  model: { type: 'mlp', hidden: [9, 7], activation: 'tanh', dropout: 0.2 },
  optimizer: { type: 'sgd', learningRate: 0.1 },
  training: { steps: 9, batchSize: 8, gradientAccumulation: 2 },
  earlyStopping: { type: 'none' },
  logging: { everySteps: 1 },
};
const wasm = backends.at(-1)!;

for (const kernels of backends) {
  describe(`signals on ${kernels.name}`, () => {
    it('norms of the layers are those of the whole, of the weights that a checkpoint holds, and of what the update did', async () => {
      const { rows, checkpoints } = await record(problem, descent, { kernels, stopAt: 1 });
      const values = Object.fromEntries(rows.map(({ name, value }) => [name, value]));
      const layers = ['hidden.0', 'hidden.1', 'output'];
      const of = (signal: string) => layers.map((layer) => values[`layers.${layer}.${signal}`]!);
      assertClose([Math.hypot(...of('gradientNorm'))], [values['train.gradientNorm']!], 'gradient');
      // Plain gradient descent: ‖Δw‖ = α ‖g‖.
      const moved = of('updateRatio').map((ratio, layer) => ratio * of('weightNorm')[layer]!);
      assertClose(
        moved,
        of('gradientNorm').map((norm) => 0.1 * norm),
        'update',
      );
      const { tensors } = decodeSafetensors(checkpoints.at(-1)!.bytes);
      const after = layers.map((layer) => {
        const own = ['weight', 'bias'].flatMap((name) => [...(tensors.get(`${layer}.${name}`)!.data as Float32Array)]);
        return Math.hypot(...own);
      });
      of('weightNorm').forEach((norm, layer) => {
        assert.ok(Math.abs(norm - after[layer]!) <= moved[layer]! * (1 + 1e-5), `${layers[layer]}: ${norm}`);
      });
    });

    it('a run that is looked at each step has the bits of one that never is', async () => {
      const spec = resolveEngineSpec(descent, problem.shape);
      const plan = planTraining(spec, problem.shape, { scratchBytes: kernels.scratchBytes });
      const weights = [];
      for (const isLookedAt of [true, false]) {
        const machine = await createMachine(plan, kernels);
        loadData(problem.data, plan, machine.memory);
        initialize(machine, plan);
        const [stepper, signals] = [new Stepper(machine, plan), new Signals(machine, plan)];
        for (let done = 0; done < 9; done++) stepper.step(done, isLookedAt ? signals : null);
        assert.equal(signals.take().length > 0, isLookedAt);
        const first = plan.addresses.parameters / 4;
        weights.push(machine.memory.f32.slice(first, first + plan.graph.elements));
        await machine.close();
      }
      assert.deepEqual(weights[0], weights[1]);
    });

    it('two threads give the rows of one', async () => {
      const [one, two] = [1, 2].map((threads) => record(problem, descent, { kernels, threads }));
      assert.deepEqual((await two!).rows, (await one!).rows);
    });
  });
}

describe('what is looked at', () => {
  it('of a small model one step in 256, of a large one in 64; in a run of a million 1,000, of 50 layers fewer', () => {
    const looks = (steps: number, hidden: number[], everySteps: number) => {
      const asked: EngineSpec = { model: { type: 'mlp', hidden }, training: { steps }, logging: { everySteps } };
      return signalInterval(planTraining(resolveEngineSpec(asked, problem.shape), problem.shape));
    };
    assert.equal(looks(200, [4], 1), 256);
    assert.equal(looks(200, [4], 100), 300);
    assert.equal(looks(200, [4000, 4000], 1), 64);
    assert.equal(looks(1_000_000, [4], 1), 1000);
    assert.ok(looks(1_000_000, Array(50).fill(4), 1) > 1000);
  });

  it('before that each power of two, so that a short run is looked at too', async () => {
    const { rows } = await record(problem, { ...descent, training: { steps: 20 } }, { kernels: wasm });
    const steps = rows.filter(({ name }) => name === 'layers.output.weightNorm').map(({ step }) => step);
    assert.deepEqual(steps, [1, 2, 4, 8, 16]);
  });

  it('a sequence of layers, one of them in a residual branch, names each activation by its layer', async () => {
    const layers = [
      { type: 'dense', units: 4, activation: 'relu' },
      { type: 'residual', layers: [{ type: 'dense', units: 4, activation: 'sigmoid' }, { type: 'gelu' }] },
    ] as const;
    const model = { type: 'sequential', layers: structuredClone(layers) } as unknown as EngineSpec['model'];
    const { rows } = await record(problem, { model, training: { steps: 1 } }, { kernels: wasm });
    const names = rows.map(({ name }) => name).filter((name) => /saturation|deadUnits/.test(name));
    assert.deepEqual(names, [
      'layers.layers.0.deadUnits',
      'layers.layers.1.0.saturation',
      'layers.layers.1.1.deadUnits',
    ]);
  });
});

describe('an activation', () => {
  const describeRows = (rows: number[][], flat: Parameters<typeof describeActivation>[1]['flat']) =>
    describeActivation(Float32Array.from(rows.flat()), { y: 0, shape: [rows[0]!.length], flat }, rows.length);

  it('a unit is dead that is 0 on every row; mean and deviation are those of all values', () => {
    const rows = [
      [0, 2, 0, 0],
      [0, 0, 4, 0],
    ];
    assert.deepEqual(describeRows(rows, 'atZero'), {
      activationMean: 0.75,
      activationDeviation: Math.sqrt(20 / 8 - 0.75 ** 2),
      deadUnits: 0.5,
    });
  });

  it('a value is saturated within 1 % of the range from an end: tanh beyond ±0.98, the sigmoid outside of 0.01 … 0.99', () => {
    const tanh = describeRows([[-0.99, -0.97, 0.5, 0.985]], { low: -1, high: 1 });
    assert.equal(tanh.saturation, 0.5);
    const sigmoid = describeRows([[0.005, 0.02, 0.98, 0.5]], { low: 0, high: 1 });
    assert.equal(sigmoid.saturation, 0.25);
  });

  it('a channel of an image is one unit', () => {
    const f32 = Float32Array.of(0, 0, 0, 1, /* second row */ 0, 0, 0, 0);
    const seen = describeActivation(f32, { y: 0, shape: [2, 1, 2], flat: 'atZero' }, 2);
    assert.equal(seen.deadUnits, 0.5);
  });
});
