/** What every layer must keep, from one loop over the registry; and the layers' values against PyTorch. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import Schema from 'typebox/schema';
import { buildGraph } from '../../../src/engine/graph.js';
import type { Kernels } from '../../../src/engine/kernels/kernels.js';
import { LayerSpec, layerOf, layers } from '../../../src/engine/layers/index.js';
import { createMachine, type RunnableProgram } from '../../../src/engine/machine.js';
import type { NamedLayer } from '../../../src/engine/models/model.js';
import { type Plan, planStack } from '../../../src/engine/plan.js';
import { link } from '../../../src/engine/program.js';
import { resolveEngineSpec } from '../../../src/engine/resolve.js';
import { Draws } from '../../../src/engine/rng.js';
import type { DataShape } from '../../../src/engine/shape.js';
import { backends } from '../backends.js';
import { assertClose, type GoldenTensor, goldenCases } from '../golden.js';

/** One spec a layer, typed over the union: a layer without one does not compile. */
const examples: { readonly [Type in LayerSpec['type']]: Extract<LayerSpec, { type: Type }> } = {
  dense: { type: 'dense', units: 4, activation: 'tanh' },
  relu: { type: 'relu' },
  sigmoid: { type: 'sigmoid' },
  tanh: { type: 'tanh' },
  dropout: { type: 'dropout', rate: 0.3 },
};

const named = (specs: readonly LayerSpec[]): NamedLayer[] =>
  specs.map((spec, index) => ({ name: `layer${index}`, spec, path: '/model' }));

/** A stack's training program for one batch, with places to write to and read from. */
async function bench(specs: readonly LayerSpec[], rows: number, inputs: number, kernels = backends[0]!) {
  const width = buildGraph(named(specs), [inputs]).layers.at(-1)!.outputShape[0]!;
  const shape: DataShape = {
    task: 'regression',
    inputs,
    outputs: width,
    rows: { train: rows, validation: 0, test: 0 },
  };
  const resolved = resolveEngineSpec({ model: { type: 'mlp' }, training: { batchSize: rows } }, shape);
  const plan = planStack(named(specs), resolved, { shape, scratchBytes: kernels.scratchBytes });
  const machine = await createMachine(plan, kernels);
  const { memory } = machine;
  memory.u32.set(
    Uint32Array.from({ length: rows }, (_, row) => row),
    plan.addresses.batchRows / 4,
  );
  memory.f32[plan.addresses.lossScale / 4] = 1;
  const f32 = (pointer: number, elements: number) => memory.f32.subarray(pointer / 4, pointer / 4 + elements);
  return {
    plan,
    machine,
    program: machine.programs.first.get(rows)!,
    width,
    x: f32(plan.addresses.inputs, rows * inputs),
    targets: f32(plan.addresses.targets, rows * width),
    parameters: plan.graph.parameters.map((parameter) => ({
      ...parameter,
      values: f32(plan.addresses.parameters + parameter.offset * 4, parameter.elements),
      gradient: f32(plan.addresses.gradients + parameter.offset * 4, parameter.elements),
    })),
    loss() {
      memory.f64[plan.addresses.lossSum / 8] = 0;
      this.program.run();
      return memory.f64[plan.addresses.lossSum / 8]!;
    },
    f32,
  };
}

/** Runs a program's part behind the loss on a gradient given from outside. */
function backwardFrom(
  upstream: readonly number[],
  program: RunnableProgram,
  plan: Plan,
  kernels: Kernels,
  f32: Float32Array,
) {
  const gradient = program.tensors.find(({ layer, name }) => layer === 'loss' && name === 'gradient')!;
  f32.set(upstream, gradient.pointer / 4);
  const loss = program.calls.findIndex(
    ({ kernel, args }) => kernel === 'scale' && args[2] === plan.addresses.lossScale,
  );
  link(program.calls.slice(loss + 1), kernels)();
  return gradient;
}

describe('layers', () => {
  for (const type of Object.keys(layers) as LayerSpec['type'][]) {
    it(`${type}: gradients in it and below it equal central differences of the loss within 2e-3 · max(1, |gradient|)`, async () => {
      const specs: LayerSpec[] = [{ type: 'dense', units: 4 }, examples[type], { type: 'dense', units: 2 }];
      const stack = await bench(specs, 6, 3);
      const draws = new Draws(5, 1);
      for (const values of [stack.x, stack.targets, ...stack.parameters.map(({ values }) => values)]) {
        values.forEach((_, index) => {
          values[index] = draws.normal();
        });
      }
      stack.loss();
      const analytic = stack.parameters.map(({ gradient }) => gradient.slice());
      const step = 2 ** -8;
      stack.parameters.forEach(({ fullName, values }, index) => {
        values.forEach((value, element) => {
          values[element] = value + step;
          const above = stack.loss();
          values[element] = value - step;
          const below = stack.loss();
          values[element] = value;
          const numeric = (above - below) / (2 * step);
          const got = analytic[index]![element]!;
          const bound = 2e-3 * Math.max(1, Math.abs(numeric));
          assert.ok(Math.abs(got - numeric) <= bound, `${fullName}[${element}]: ${got} vs ${numeric}`);
        });
      });
    });

    it(`${type}: its spec survives JSON and is valid, with an unknown field it is not`, () => {
      const spec = JSON.parse(JSON.stringify(examples[type])) as LayerSpec;
      assert.deepEqual(spec, examples[type]);
      assert.ok(Schema.Check(LayerSpec, spec));
      assert.ok(!Schema.Check(LayerSpec, { ...spec, unknown: 1 }));
      assert.equal(layerOf(spec).outputShape(spec, [4]).length, 1);
    });
  }

  it('dense refuses an input of two axes, naming what it expected', () => {
    assert.throws(() => layers.dense.outputShape(examples.dense, [2, 3]), {
      code: 'invalid_spec',
      message: /\[2, 3\]/,
    });
  });
});

interface LayerCase {
  op: string;
  inputs: { x: GoldenTensor; weight?: GoldenTensor; bias?: GoldenTensor };
  output: GoldenTensor;
  upstream: GoldenTensor;
  grads: { x: GoldenTensor; weight?: GoldenTensor; bias?: GoldenTensor };
}

const golden = goldenCases<LayerCase>('layers.json').filter(({ op }) => op in layers);

for (const kernels of backends) {
  describe(`layers on ${kernels.name}`, () => {
    it('dense, relu, sigmoid and tanh equal PyTorch’s forward and backward in 7 cases', async () => {
      assert.equal(golden.length, 7);
      for (const { op, inputs, output, upstream, grads } of golden) {
        const [rows, columns] = inputs.x.shape.length === 2 ? inputs.x.shape : [1, inputs.x.shape[0]];
        const units = output.shape.at(-1)!;
        const spec: LayerSpec = op === 'dense' ? { type: 'dense', units } : { type: op as 'relu' };
        // A dense layer that copies stands below, so that the gradient of the input is asked for.
        const below: LayerSpec = { type: 'dense', units: columns! };
        const { plan, machine, program, parameters, x, f32 } = await bench([below, spec], rows!, columns!, kernels);
        x.set(inputs.x.data);
        for (let unit = 0; unit < columns!; unit++) parameters[0]!.values[unit * columns! + unit] = 1;
        if (inputs.weight && inputs.bias) {
          parameters[2]!.values.set(inputs.weight.data);
          parameters[3]!.values.set(inputs.bias.data);
        }
        program.run();
        assertClose(f32(program.output, output.data.length), output.data, `${op} output`);
        const dy = backwardFrom(upstream.data, program, plan, machine.kernels, machine.memory.f32);
        const inputGradient = program.tensors.find(({ layer, name }) => layer === 'layer1' && name === 'inputGradient');
        const dx = inputGradient ?? dy; // activations write it over dy
        assertClose(f32(dx.pointer, grads.x.data.length), grads.x.data, `${op} dx`);
        if (grads.weight && grads.bias) {
          assertClose(parameters[2]!.gradient, grads.weight.data, `${op} dW`);
          assertClose(parameters[3]!.gradient, grads.bias.data, `${op} db`);
        }
      }
    });
  });
}
