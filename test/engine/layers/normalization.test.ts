/** Batch normalisation against PyTorch: of features and of images, in training, its running statistics, and evaluation. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { LayerSpec } from '../../../src/engine/layers/index.js';
import { createMachine } from '../../../src/engine/machine.js';
import { planStack } from '../../../src/engine/plan.js';
import { resolveEngineSpec } from '../../../src/engine/resolve.js';
import { elementsOf } from '../../../src/engine/shape.js';
import { backends } from '../backends.js';
import { assertClose, type GoldenTensor, goldenCases } from '../golden.js';
import { backwardFrom, named, stackOf } from './stack.js';

interface NormCase {
  op: string;
  params: { mode?: 'train' | 'evaluate'; runningMean?: GoldenTensor; runningVariance?: GoldenTensor };
  inputs: { x: GoldenTensor; weight: GoldenTensor; bias: GoldenTensor };
  output: GoldenTensor;
  upstream: GoldenTensor;
  grads: { x: GoldenTensor; weight: GoldenTensor; bias: GoldenTensor };
}
interface RunningCase {
  op: string;
  inputs: { x: GoldenTensor; runningMean: GoldenTensor; runningVariance: GoldenTensor };
  after: { runningMean: GoldenTensor; runningVariance: GoldenTensor };
}

const cases = goldenCases<NormCase>('layers.json').filter(({ op }) => op === 'batchNorm');
const running = goldenCases<RunningCase>('layers.json').filter(({ op }) => op === 'batchNormRunning');

/** A dense layer that copies, so that the gradient of the input is asked for; then batch norm of rows of x's shape. */
function stackFor({ shape }: GoldenTensor): { specs: LayerSpec[]; rows: number; inputs: number } {
  const [rows, ...rowShape] = shape as [number, ...number[]];
  const inputs = elementsOf(rowShape);
  return {
    specs: [{ type: 'dense', units: inputs }, { type: 'reshape', shape: rowShape }, { type: 'batchNorm' }],
    rows,
    inputs,
  };
}

async function prepared(x: GoldenTensor, kernels: (typeof backends)[number]) {
  const { specs, rows, inputs } = stackFor(x);
  const stack = await stackOf(specs, rows, inputs, kernels);
  stack.x.set(x.data);
  const values = new Map(stack.parameters.map((parameter) => [parameter.fullName, parameter]));
  const copy = values.get('layer0.weight')!.values;
  for (let unit = 0; unit < inputs; unit++) copy[unit * inputs + unit] = 1;
  const of = (name: string) => values.get(`layer2.${name}`)!;
  return { ...stack, of };
}

for (const kernels of backends) {
  describe(`batchNorm on ${kernels.name}`, () => {
    it('training equals PyTorch’s forward and backward, of features and of images', async () => {
      const training = cases.filter(({ params }) => params.mode === 'train');
      assert.equal(training.length, 2);
      for (const { inputs, output, upstream, grads } of training) {
        const { plan, machine, program, f32, of } = await prepared(inputs.x, kernels);
        of('weight').values.set(inputs.weight.data);
        of('bias').values.set(inputs.bias.data);
        program.run();
        assertClose(f32(program.output, output.data.length), output.data, 'output');
        const dx = backwardFrom(upstream.data, program, plan, machine.kernels, machine.memory.f32);
        assertClose(f32(dx.pointer, grads.x.data.length), grads.x.data, 'dx');
        assertClose(of('weight').gradient, grads.weight.data, 'dγ');
        assertClose(of('bias').gradient, grads.bias.data, 'dβ');
      }
    });

    it('a training step moves the running mean and the unbiased running variance as PyTorch’s does', async () => {
      assert.equal(running.length, 2);
      for (const { inputs, after } of running) {
        const { program, of } = await prepared(inputs.x, kernels);
        of('runningMean').values.set(inputs.runningMean.data);
        of('runningVariance').values.set(inputs.runningVariance.data);
        program.run();
        assertClose(of('runningMean').values, after.runningMean.data, 'running mean');
        assertClose(of('runningVariance').values, after.runningVariance.data, 'running variance');
      }
    });

    it('evaluation takes the running statistics, equals PyTorch’s, and leaves them as they are', async () => {
      const evaluation = cases.filter(({ params }) => params.mode === 'evaluate');
      assert.equal(evaluation.length, 2);
      for (const { inputs, params, output } of evaluation) {
        const { specs, rows, inputs: columns } = stackFor(inputs.x);
        const split = { train: rows, validation: 0, test: 0 };
        const shape = { task: 'regression', inputs: columns, outputs: columns, rows: split } as const;
        const spec = resolveEngineSpec({ model: { type: 'mlp' }, training: { batchSize: rows } }, shape);
        const plan = planStack(named(specs.slice(1)), spec, { shape, scratchBytes: kernels.scratchBytes });
        const { memory, programs } = await createMachine(plan, kernels);
        const { batchRows, inputs: data, parameters } = plan.addresses;
        for (let row = 0; row < rows; row++) memory.u32[batchRows / 4 + row] = row;
        memory.f32.set(inputs.x.data, data / 4);
        const given = [inputs.weight, inputs.bias, params.runningMean!, params.runningVariance!];
        plan.graph.parameters.forEach(({ offset }, index) => {
          memory.f32.set(given[index]!.data, parameters / 4 + offset);
        });
        const before = memory.f32.slice(parameters / 4, parameters / 4 + plan.graph.elements);
        const program = programs.evaluation.get(rows)!;
        program.run();
        const values = memory.f32.subarray(program.output / 4, program.output / 4 + output.data.length);
        assertClose(values, output.data, 'output');
        assert.deepEqual(memory.f32.slice(parameters / 4, parameters / 4 + plan.graph.elements), before);
      }
    });
  });
}
