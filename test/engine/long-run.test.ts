/** Ten thousand steps of weights that only decay: none of them, of their gradients or of the optimizer's state is ever denormal. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadData, type Split } from '../../src/engine/data.js';
import { createMachine } from '../../src/engine/machine.js';
import { type OptimizerSpec, optimizers } from '../../src/engine/optimizers/index.js';
import { planTraining } from '../../src/engine/plan.js';
import { resolveEngineSpec } from '../../src/engine/resolve.js';
import type { EngineSpec } from '../../src/engine/spec.js';
import { Stepper } from '../../src/engine/step.js';
import { initialize } from '../../src/engine/train.js';
import { backends } from './backends.js';
import { rings } from './runs.js';

const [STEPS, EVERY] = [10_000, 50];
const SMALLEST_NORMAL = 2 ** -126;

/** Two rings, and two more inputs that are always 0: what is learnt of those is nothing but the decay. */
const problem = rings({ train: 64, validation: 0, test: 0 });
const withNothing = ({ rows, x, y }: Split): Split => ({
  rows,
  x: Float32Array.from({ length: rows * 4 }, (_, at) => (at % 4 < 2 ? x[Math.floor(at / 4) * 2 + (at % 4)]! : 0)),
  y,
});
const shape = { ...problem.shape, inputs: 4 };
const { train, validation, test } = problem.data;
const data = { train: withNothing(train), validation, test };

/** Rates that take about a percent of a weight a step, where the optimizer lets them. */
const decaying: { readonly [Type in OptimizerSpec['type']]?: Extract<OptimizerSpec, { type: Type }> } = {
  adamw: { type: 'adamw', learningRate: 0.01, weightDecay: 1 },
  gradientDescent: { type: 'gradientDescent', learningRate: 0.1 },
  sgd: { type: 'sgd', learningRate: 0.1, momentum: 0.5 },
};

/** The run's numbers that are denormal, by what they belong to, after each step that is looked at. */
async function denormals(optimizer: OptimizerSpec, kernels: (typeof backends)[number]): Promise<string[]> {
  const spec: EngineSpec = {
    model: { type: 'mlp', hidden: [16, 16], activation: 'relu' },
    optimizer,
    regularization: { l2: optimizer.type === 'adamw' ? 0 : 0.1 },
    training: { steps: STEPS, batchSize: 16 },
  };
  const plan = planTraining(resolveEngineSpec(spec, shape), shape, kernels);
  const machine = await createMachine(plan, kernels);
  loadData(data, plan, machine.memory);
  initialize(machine, plan);
  const stepper = new Stepper(machine, plan);
  const { parameters, gradients, optimizerState } = plan.addresses;
  const places = new Map([['weights', parameters], ['gradients', gradients], ...optimizerState]);
  const found: string[] = [];
  for (let step = 0; step < STEPS; step++) {
    stepper.step(step);
    if ((step + 1) % EVERY !== 0) continue;
    for (const [name, pointer] of places) {
      const values = machine.memory.f32.subarray(pointer / 4, pointer / 4 + plan.graph.learntElements);
      const count = values.filter((value) => value !== 0 && Math.abs(value) < SMALLEST_NORMAL).length;
      if (count > 0) found.push(`step ${step + 1}: ${count} of ${name}`);
    }
  }
  return found;
}

for (const kernels of backends.filter(({ name }) => name !== 'reference')) {
  describe(`10,000 steps on ${kernels.name}`, () => {
    for (const type of Object.keys(optimizers) as OptimizerSpec['type'][]) {
      it(`${type}: no weight, gradient or state is denormal at any of ${STEPS / EVERY} looks`, async () => {
        assert.deepEqual(await denormals(decaying[type] ?? { type }, kernels), []);
      });
    }
  });
}

describe('10,000 steps on reference', () => {
  it('do reach denormals: what the test above shows is not for want of them', async () => {
    const found = await denormals(decaying.sgd!, backends[0]!);
    assert.ok(
      found.some((line) => line.endsWith('of weights')),
      found.slice(0, 3).join('; '),
    );
  });
});
