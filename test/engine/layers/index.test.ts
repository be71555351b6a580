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
import { backwardFrom, named, stackOf, tokensIn, tokensOf } from './stack.js';

/** One spec a layer, typed over the union: a layer without one does not compile. */
const examples: { readonly [Type in LayerSpec['type']]: Extract<LayerSpec, { type: Type }> } = {
  dense: { type: 'dense', units: 4, activation: 'tanh' },
  relu: { type: 'relu' },
  sigmoid: { type: 'sigmoid' },
  tanh: { type: 'tanh' },
  leakyRelu: { type: 'leakyRelu', slope: 0.2 },
  elu: { type: 'elu', alpha: 0.7 },
  silu: { type: 'silu' },
  gelu: { type: 'gelu' },
  geluTanh: { type: 'geluTanh' },
  softplus: { type: 'softplus' },
  softmax: { type: 'softmax' },
  logSoftmax: { type: 'logSoftmax' },
  layerNorm: { type: 'layerNorm', epsilon: 1e-3 },
  batchNorm: { type: 'batchNorm', momentum: 0.2 },
  dropout: { type: 'dropout', rate: 0.3 },
  conv2d: { type: 'conv2d', filters: 2, kernel: 3, stride: 2, padding: 1, activation: 'tanh' },
  maxPool2d: { type: 'maxPool2d', kernel: 2, stride: 1 },
  avgPool2d: { type: 'avgPool2d', kernel: 2 },
  flatten: { type: 'flatten' },
  reshape: { type: 'reshape', shape: [2, 3, 2] },
  embedding: { type: 'embedding', vocabulary: 5, width: 3 },
  positionEmbedding: { type: 'positionEmbedding', context: 5 },
  segmentEmbedding: { type: 'segmentEmbedding' },
  attention: { type: 'attention', heads: 2, causal: true, dropout: 0.3 },
  pooler: { type: 'pooler' },
  sequenceMean: { type: 'sequenceMean' },
  unembedding: { type: 'unembedding', vocabulary: 5, bias: true },
  residual: { type: 'residual', layers: [{ type: 'layerNorm' }, { type: 'dense', units: 4, activation: 'geluTanh' }] },
};

/** Shape of the rows that a layer is tried on, where it is not [4]. */
const images = [2, 3, 2];
const sequences = [3, 4];
const exampleShapes: { readonly [Type in LayerSpec['type']]?: readonly number[] } = {
  conv2d: images,
  maxPool2d: images,
  avgPool2d: images,
  flatten: images,
  reshape: [12],
  positionEmbedding: sequences,
  segmentEmbedding: sequences,
  attention: sequences,
  pooler: sequences,
  sequenceMean: sequences,
  unembedding: sequences,
};
const shapeFor = (type: LayerSpec['type']) => exampleShapes[type] ?? [4];

/** The example between dense layers, its input in the shape that it takes; tokens come from outside, with nothing below. */
function around(type: LayerSpec['type']): LayerSpec[] {
  const top: LayerSpec[] = [examples[type], { type: 'flatten' }, { type: 'dense', units: 2 }];
  if (type === 'embedding') return top;
  const shape = shapeFor(type);
  const shaped: LayerSpec[] = shape.length === 1 ? [] : [{ type: 'reshape', shape: [...shape] }];
  return [{ type: 'dense', units: elementsOf(shape) }, ...shaped, ...top];
}

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
