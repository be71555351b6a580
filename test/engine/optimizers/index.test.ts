/** Each optimizer with clip and penalties, as a run applies them, against PyTorch. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createMachine } from '../../../src/engine/machine.js';
import { optimizers } from '../../../src/engine/optimizers/index.js';
import { planTraining } from '../../../src/engine/plan.js';
import { resolveEngineSpec } from '../../../src/engine/resolve.js';
import type { DataShape } from '../../../src/engine/shape.js';
import type { EngineSpec } from '../../../src/engine/spec.js';
import { Stepper } from '../../../src/engine/step.js';
import { backends } from '../backends.js';
import { assertClose, type GoldenTensor, goldenCases } from '../golden.js';

interface OptimizerCase {
  optimizer: string;
  params: Record<string, unknown>;
  initial: GoldenTensor;
  gradients: GoldenTensor[];
  trajectory: number[][];
  /** Moving average of the parameters, where it is asked for. */
  ema?: number[][];
}

const golden = goldenCases<OptimizerCase>('optimizers.json');

interface ArticleCase {
  optimizer: string;
  learningRate: number;
  theta0: number;
  x: number;
  y: number;
  trace: { step: number; theta: number; lossBefore: number }[];
}

/** A linear model of `inputs` weights, whose parameters and gradient the test writes. */
async function stepperFor(spec: Omit<EngineSpec, 'model'>, inputs: number, kernels: (typeof backends)[number]) {
  const shape: DataShape = { task: 'regression', inputs, outputs: 1, rows: { train: 1, validation: 0, test: 0 } };
  const resolved = resolveEngineSpec({ ...spec, model: { type: 'mlp', hidden: [] } }, shape);
  const plan = planTraining(resolved, shape, kernels);
  const machine = await createMachine(plan, kernels);
  const { f32 } = machine.memory;
  const { parameters, gradients } = plan.addresses;
  return {
    stepper: new Stepper(machine, plan),
    weights: f32.subarray(parameters / 4, parameters / 4 + inputs),
    gradient: f32.subarray(gradients / 4, gradients / 4 + inputs),
    average: f32.subarray(plan.addresses.average / 4, plan.addresses.average / 4 + inputs),
  };
}

for (const kernels of backends) {
  describe(`optimizers on ${kernels.name}`, () => {
    it('every optimizer follows PyTorch’s in 13 cases, step by step: penalties, clip by norm and by value, average', async () => {
      assert.equal(golden.length, 13);
      const covered = new Set(golden.map(({ optimizer }) => optimizer)).add('gradientDescent'); // the worked example below
      assert.deepEqual(covered, new Set(Object.keys(optimizers)));
      for (const { optimizer, params, initial, gradients, trajectory, ema } of golden) {
        const { l1 = 0, l2 = 0, clipNorm = null, clipValue = null, emaDecay = null, note: _, ...settings } = params;
        const spec = {
          optimizer: { type: optimizer, ...settings },
          regularization: { l1, l2 },
          training: { clipNorm, clipValue, emaDecay },
        } as Omit<EngineSpec, 'model'>;
        const { stepper, weights, gradient, average } = await stepperFor(spec, initial.data.length, kernels);
        weights.set(initial.data);
        if (ema !== undefined) average.set(initial.data);
        gradients.forEach(({ data }, done) => {
          gradient.set(data);
          stepper.applyGradient(done);
          const label = `${optimizer} ${JSON.stringify(params)} step ${done + 1}`;
          assertClose(weights, trajectory[done]!, label);
          if (ema !== undefined) assertClose(average, ema[done]!, `${label} average`);
        });
      }
    });

    it('θ·x = y by MSE follows the worked example for 1,000 steps of gradient descent and of Adam', async () => {
      const cases = goldenCases<ArticleCase>('article_examples.json');
      assert.equal(cases.length, 2);
      for (const { optimizer, learningRate, theta0, x, y, trace } of cases) {
        const type = optimizer === 'sgd' ? 'gradientDescent' : 'adam';
        const { stepper, weights, gradient } = await stepperFor({ optimizer: { type, learningRate } }, 1, kernels);
        weights[0] = theta0;
        for (let step = 1; step <= 1000; step++) {
          gradient[0] = 2 * x * (weights[0] * x - y);
          stepper.applyGradient(step - 1);
          const expected = trace.find((at) => at.step === step);
          if (expected) assertClose(weights, [expected.theta], `${optimizer} step ${step}`);
        }
      }
    });
  });
}
