/** What every layer must keep, from one loop over the registry; and the layers' values against PyTorch. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import Schema from 'typebox/schema';
import { buildGraph } from '../../../src/engine/graph.js';
import { activationNames } from '../../../src/engine/layers/activation.js';
import { LayerSpec, layerOf, layers } from '../../../src/engine/layers/index.js';
import { planStack } from '../../../src/engine/plan.js';
import { resolveEngineSpec } from '../../../src/engine/resolve.js';
import { Draws } from '../../../src/engine/rng.js';
import { type DataShape, elementsOf } from '../../../src/engine/shape.js';
import { backends } from '../backends.js';
import { assertClose, type GoldenTensor, goldenCases } from '../golden.js';
import { assertApart } from '../spans.js';
import { around, examples, shapeFor } from './examples.js';
import { backwardFrom, named, stackOf, tokensIn, tokensOf } from './stack.js';

describe('layers', () => {
  for (const type of Object.keys(layers) as LayerSpec['type'][]) {
    it(`${type}: a last batch of any size lies in the places of a full one`, () => {
      const stack = named(around(type));
      const inputs = type === 'embedding' ? 3 : 6;
      const outputs = elementsOf(buildGraph(stack, [inputs]).layers.at(-1)!.outputShape);
      for (let last = 2; last < 9; last++) {
        const rows = { train: 9 + last, validation: 0, test: 0 };
        const shape: DataShape = { task: 'regression', inputs, outputs, rows, ...tokensOf(around(type)[0]!) };
        const spec = resolveEngineSpec({ model: { type: 'mlp' }, training: { batchSize: 9 } }, shape);
        const { first } = planStack(stack, spec, { shape }).programs();
        assert.deepEqual([...first.keys()], [9, last]);
        for (const program of first.values()) assertApart(program.tensors());
      }
    });

    it(`${type}: gradients in it and below it equal central differences of the loss within 2e-3 · max(1, |gradient|)`, async () => {
      const stack = await stackOf(around(type), 6, 3);
      const draws = new Draws(5, 1);
      for (const values of [stack.x, stack.targets, ...stack.parameters.map(({ values }) => values)]) {
        values.forEach((_, index) => {
          values[index] = draws.normal() / 2;
        });
      }
      if (type === 'embedding') tokensIn(stack.x).set([0, 3, 1, 4, 4, 2, 3, 0, 0, 1, 2, 4, 0, 3, 3, 1, 1, 2]);
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
      assert.ok(elementsOf(layerOf(spec).outputShape(spec, shapeFor(type))) >= 1);
    });
  }

  it('dense refuses an input of three axes, naming what it expected', () => {
    assert.throws(() => layers.dense.outputShape(examples.dense, [2, 3, 4]), {
      code: 'invalid_spec',
      message: /\[2, 3, 4\]/,
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

/** Of rows of numbers; images, sequences and batches have their own tests. */
const ofRows = ['dense', 'layerNorm', 'softmax', 'logSoftmax', ...activationNames];
const golden = goldenCases<LayerCase>('layers.json').filter(({ op }) => ofRows.includes(op));

for (const kernels of backends) {
  describe(`layers on ${kernels.name}`, () => {
    it('dense, layerNorm, softmax, logSoftmax and every activation equal PyTorch’s forward and backward in 16 cases', async () => {
      assert.equal(golden.length, 16);
      for (const { op, inputs, output, upstream, grads } of golden) {
        const [rows, columns] = inputs.x.shape.length === 2 ? inputs.x.shape : [1, inputs.x.shape[0]];
        const units = output.shape.at(-1)!;
        const spec: LayerSpec = op === 'dense' ? { type: 'dense', units } : { type: op as 'relu' };
        // A dense layer that copies stands below, so that the gradient of the input is asked for.
        const below: LayerSpec = { type: 'dense', units: columns! };
        const { plan, machine, program, parameters, x, f32 } = await stackOf([below, spec], rows!, columns!, kernels);
        x.set(inputs.x.data);
        for (let unit = 0; unit < columns!; unit++) parameters[0]!.values[unit * columns! + unit] = 1;
        if (inputs.weight && inputs.bias) {
          parameters[2]!.values.set(inputs.weight.data);
          parameters[3]!.values.set(inputs.bias.data);
        }
        program.run();
        assertClose(f32(program.output, output.data.length), output.data, `${op} output`);
        const dy = backwardFrom(upstream.data, program, plan, machine.kernels, machine.memory.f32);
        const inputGradient = program
          .tensors()
          .find(({ layer, name }) => layer === 'layer1' && name === 'inputGradient');
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
