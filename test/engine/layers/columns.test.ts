/** Vectors in the place of codes: where they stand in a row, what rows of one code add up to, and what is refused. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type LayerSpec, layers } from '../../../src/engine/layers/index.js';
import { planTraining } from '../../../src/engine/plan.js';
import { resolveEngineSpec } from '../../../src/engine/resolve.js';
import type { DataShape } from '../../../src/engine/shape.js';
import { backends } from '../backends.js';
import { backwardFrom, stackOf } from './stack.js';

/** Of rows [code, number, code]. */
const columns = [
  { column: 0, vocabulary: 3, width: 2 },
  { column: 2, vocabulary: 2, width: 1 },
];
const spec: LayerSpec = { type: 'columnEmbedding', columns };

for (const kernels of backends) {
  describe(`columns of codes on ${kernels.name}`, () => {
    it('y is each row with vectors for its codes, dW the sum of dy over the rows of a code; what is no code is code 0', async () => {
      const { plan, machine, program, parameters, x, f32 } = await stackOf([spec], 4, 3, kernels);
      x.set([1, 5, 1, /**/ 2, 6, 0, /**/ 1, 7, 9, /**/ -1, 8, Number.NaN]);
      parameters[0]!.values.set([10, 11, 20, 21, 30, 31]);
      parameters[1]!.values.set([40, 50]);
      program.run();
      const y = [20, 21, 5, 50, /**/ 30, 31, 6, 40, /**/ 20, 21, 7, 40, /**/ 10, 11, 8, 40];
      assert.deepEqual([...f32(program.output, 16)], y);
      const upstream = [1, 2, 3, 4, /**/ 5, 6, 7, 8, /**/ 9, 10, 11, 12, /**/ 13, 14, 15, 16];
      backwardFrom(upstream, program, plan, machine.kernels, machine.memory.f32);
      assert.deepEqual([...parameters[0]!.gradient], [13, 14, 1 + 9, 2 + 10, 5, 6]);
      assert.deepEqual([...parameters[1]!.gradient], [8 + 12 + 16, 4]);
    });
  });
}

it('a plan has the vectors in front of the model, and counts them', () => {
  const shape: DataShape = {
    ...{ task: 'regression', inputs: 3, outputs: 1, rows: { train: 60, validation: 0, test: 0 } },
    embedded: columns,
  };
  const plan = planTraining(resolveEngineSpec({ model: { type: 'mlp', hidden: [] } }, shape), shape);
  assert.equal(plan.parameters, 3 * 2 + 2 * 1 + 4 + 1);
  const [first] = plan.layers;
  const { name, type, inputShape, outputShape, parameters } = first!;
  assert.deepEqual([name, type, inputShape, outputShape, parameters], ['categories', 'columnEmbedding', [3], [4], 8]);
});

it('columns out of order, outside of the row, or of rows that are no rows of columns are refused with the place that is expected', () => {
  const shaped = (places: number[], input = [3]) =>
    layers.columnEmbedding.outputShape(
      { type: 'columnEmbedding', columns: places.map((column) => ({ column, vocabulary: 2, width: 5 })) },
      input,
    );
  assert.deepEqual(shaped([0, 2]), [11]);
  const refused = (expected: string, got: unknown) => ({ code: 'invalid_spec', details: { expected, got } });
  assert.throws(() => shaped([3]), refused('a column from 0 to 2', 3));
  assert.throws(() => shaped([1, 1]), refused('a column from 2 to 2', 1));
  assert.throws(() => shaped([0], [3, 4]), refused('[columns]', '[3, 4]'));
});
