/** Calls that are made one: which, and that nothing computed changes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KernelCall } from '../../src/engine/call.js';
import { fuseCalls } from '../../src/engine/fuse.js';
import { link } from '../../src/engine/link.js';
import { createMemory, Layout } from '../../src/engine/memory.js';
import { planTraining } from '../../src/engine/plan.js';
import { resolveEngineSpec } from '../../src/engine/resolve.js';
import { Draws } from '../../src/engine/rng.js';
import type { DataShape } from '../../src/engine/shape.js';
import { backends } from './backends.js';

const [ROWS, COLS] = [37, 21];
const layout = new Layout();
const [a, b, sum, gamma, beta, y, mean, inverse] = ['a', 'b', 'sum', 'gamma', 'beta', 'y', 'mean', 'inverse'].map(
  (name) => layout.reserve(name, 4 * ROWS * COLS),
) as [number, number, number, number, number, number, number, number];
const add: KernelCall<'add'> = { kernel: 'add', args: [ROWS * COLS, a, b, sum] };
const norm: KernelCall<'layerNorm'> = {
  kernel: 'layerNorm',
  args: [ROWS, COLS, sum, gamma, beta, y, mean, inverse, 1e-5],
};
const fill = (x: number): KernelCall<'fill'> => ({ kernel: 'fill', args: [COLS, x, 0] });

for (const factory of backends) {
  test(`a sum and its norm in one call have the bits of the two, a bias filled in between or not, on ${factory.name}`, async () => {
    for (const calls of [
      [add, norm],
      [add, fill(beta), norm],
    ]) {
      const fused = fuseCalls(calls);
      assert.equal(fused.length, calls.length - 1);
      const after = async (list: readonly KernelCall[]) => {
        const bytes = new Layout(layout.bytes);
        const scratch = bytes.reserve('scratch', factory.scratchBytes);
        const memory = createMemory(bytes.bytes);
        const draws = new Draws(3, 0);
        for (let i = a / 4; i < layout.bytes / 4; i++) memory.f32[i] = draws.normal();
        link(list, await factory.create(memory.memory, scratch))();
        return Buffer.from(memory.u8.slice(a, layout.bytes));
      };
      assert.ok((await after(fused)).equals(await after(calls)));
    }
  });
}

test('what is between a sum and a norm, or is not all of the sum, keeps them apart', () => {
  const other: KernelCall<'add'> = { kernel: 'add', args: [ROWS * COLS, a, b, y] };
  const part: KernelCall<'layerNorm'> = { ...norm, args: [ROWS - 1, ...norm.args.slice(1)] as typeof norm.args };
  for (const calls of [
    [add, fill(b), norm],
    [add, other, norm],
    [other, norm],
    [add, part],
    [norm, add],
  ]) {
    assert.deepEqual(fuseCalls(calls), calls);
  }
});

test('a GPT normalises each residual with its sum', () => {
  const shape: DataShape = {
    task: 'classification',
    inputs: 8,
    outputs: 5,
    rows: { train: 12, validation: 0, test: 0 },
    tokens: { vocabulary: 5, targets: 'position', padding: null },
  };
  for (const bias of [true, false]) {
    const model = { type: 'gpt', layers: 3, heads: 2, width: 16, context: 8, bias } as const;
    const plan = planTraining(resolveEngineSpec({ model, training: { batchSize: 4 } }, shape), shape);
    const kernels = [...plan.programs().first.values()][0]!.calls.map(({ kernel }) => kernel);
    assert.equal(kernels.filter((kernel) => kernel === 'addLayerNorm').length, 6);
    assert.equal(kernels.filter((kernel) => kernel === 'layerNorm').length, 1);
  }
});
