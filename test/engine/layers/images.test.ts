/** The layers on images: their values against PyTorch, and what they refuse. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Split } from '../../../src/engine/data.js';
import { type LayerSpec, layerOf } from '../../../src/engine/layers/index.js';
import { Draws } from '../../../src/engine/rng.js';
import { type DataShape, elementsOf } from '../../../src/engine/shape.js';
import type { EngineSpec } from '../../../src/engine/spec.js';
import { backends } from '../backends.js';
import { assertClose, type GoldenTensor, goldenCases } from '../golden.js';
import { type Problem, record } from '../runs.js';
import { backwardFrom, stackOf } from './stack.js';

interface ImageCase {
  op: 'conv2d' | 'maxPool2d' | 'avgPool2d';
  params: { kernel: number; stride: number; padding?: number };
  inputs: { x: GoldenTensor; weight?: GoldenTensor; bias?: GoldenTensor };
  output: GoldenTensor;
  upstream: GoldenTensor;
  grads: { x: GoldenTensor; weight?: GoldenTensor; bias?: GoldenTensor };
}

const golden = goldenCases<ImageCase>('layers.json').filter(({ op }) => /conv2d|Pool2d/.test(op));

function specOf({ op, params: { kernel, stride, padding = 0 }, output }: ImageCase): LayerSpec {
  if (op === 'conv2d') return { type: op, filters: output.shape[1]!, kernel, stride, padding };
  return op === 'maxPool2d' ? { type: op, kernel, stride, padding } : { type: op, kernel, stride };
}

for (const kernels of backends) {
  describe(`layers on images on ${kernels.name}`, () => {
    it('conv2d, maxPool2d and avgPool2d equal PyTorch’s forward and backward in 7 cases', async () => {
      assert.equal(golden.length, 7);
      for (const test of golden) {
        const { op, inputs, output, upstream, grads } = test;
        const [rows, ...shape] = inputs.x.shape as [number, ...number[]];
        const elements = elementsOf(shape);
        // A dense layer that copies stands below, so that the gradient of the input is asked for.
        const specs: LayerSpec[] = [{ type: 'dense', units: elements }, { type: 'reshape', shape }, specOf(test)];
        const { plan, machine, program, parameters, x, f32 } = await stackOf(specs, rows, elements, kernels);
        x.set(inputs.x.data);
        for (let unit = 0; unit < elements; unit++) parameters[0]!.values[unit * elements + unit] = 1;
        if (inputs.weight && inputs.bias) {
          parameters[2]!.values.set(inputs.weight.data);
          parameters[3]!.values.set(inputs.bias.data);
        }
        program.run();
        assertClose(f32(program.output, output.data.length), output.data, `${op} output`);
        backwardFrom(upstream.data, program, plan, machine.kernels, machine.memory.f32);
        const dx = program.tensors().find(({ layer, name }) => layer === 'layer2' && name === 'inputGradient')!;
        assertClose(f32(dx.pointer, grads.x.data.length), grads.x.data, `${op} dx`);
        if (grads.weight && grads.bias) {
          assertClose(parameters[2]!.gradient, grads.weight.data, `${op} dW`);
          assertClose(parameters[3]!.gradient, grads.bias.data, `${op} db`);
        }
      }
    });
  });
}

/** Dark images of 8×8 with a line of three bright pixels somewhere, across (0) or down (1), as rows of 64 columns. */
function lines(rows: DataShape['rows']): Problem {
  const draws = new Draws(12, 0xff00_0000);
  const split = (count: number): Split => {
    const y = Int32Array.from({ length: count }, () => draws.integer(2));
    const x = Float32Array.from({ length: count * 64 }, () => 0.3 * draws.normal());
    y.forEach((down, row) => {
      const [along, beside] = [draws.integer(6), draws.integer(8)];
      for (let i = 0; i < 3; i++) x[row * 64 + (down ? (along + i) * 8 + beside : beside * 8 + along + i)]! += 2;
    });
    return { rows: count, x, y };
  };
  const data = { train: split(rows.train), validation: split(rows.validation), test: split(rows.test) };
  return { shape: { task: 'classification', inputs: 64, outputs: 2, rows }, data };
}

describe('layers on images', () => {
  it('a small CNN on columns of pixels tells lines across from lines down: accuracy ≥ 0.97 on 300 unseen images', async () => {
    const model: EngineSpec['model'] = {
      type: 'sequential',
      inputShape: [1, 8, 8],
      layers: [
        { type: 'conv2d', filters: 8, kernel: 3, padding: 1, activation: 'relu' },
        { type: 'maxPool2d', kernel: 8 },
      ],
    };
    const spec: EngineSpec = {
      model,
      optimizer: { type: 'adam', learningRate: 0.01 },
      training: { steps: 300, batchSize: 32 },
      earlyStopping: { type: 'none' },
    };
    const problem = lines({ train: 600, validation: 0, test: 300 });
    const { outcome } = await record(problem, spec, { kernels: backends.at(-1)! });
    assert.ok(outcome.reason === 'completed');
    const { accuracy } = outcome.metrics.test!.values;
    assert.ok(accuracy! >= 0.97, String(accuracy));
  });

  it('refuse rows that are no images, a kernel larger than its input, padding that fills a window', () => {
    const refused = (spec: LayerSpec, shape: readonly number[], message: RegExp) =>
      assert.throws(() => layerOf(spec).outputShape(spec, shape), { code: 'invalid_spec', message });
    refused(
      { type: 'conv2d', filters: 4, kernel: 3 },
      [784],
      /conv2d: expected .*\[channels, height, width\], got \[784\]/,
    );
    refused({ type: 'conv2d', filters: 4, kernel: 5 }, [3, 8, 4], /at most 4 for \[3, 8, 4\].*got kernel 5/);
    refused({ type: 'maxPool2d', kernel: 4, padding: 1 }, [1, 1, 9], /at most 3 .*with padding 1, got kernel 4/);
    refused({ type: 'maxPool2d', kernel: 2, padding: 2 }, [1, 4, 4], /padding below kernel 2, got padding 2/);
    refused({ type: 'avgPool2d', kernel: 3 }, [2, 2, 9], /at most 2/);
    refused({ type: 'reshape', shape: [1, 28, 28] }, [783], /takes 784 numbers a row, got 783/);
  });
});
