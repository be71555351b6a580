/** Each loss as a program computes it, against PyTorch: value, gradient, and what predict makes of the logits. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { KernelCall } from '../../../src/engine/call.js';
import { losses, lossOf, type ResolvedLossSpec } from '../../../src/engine/losses/index.js';
import { createMemory, Layout } from '../../../src/engine/memory.js';
import { link } from '../../../src/engine/program.js';
import { backends } from '../backends.js';
import { assertClose, type GoldenTensor, goldenCases } from '../golden.js';

interface LossCase {
  loss: string;
  params: Record<string, unknown>;
  prediction: GoldenTensor;
  target: GoldenTensor;
  value: number;
  grad: GoldenTensor;
}

/** What the engine has: no label smoothing, weights or ignored targets, and logits only. */
const known = goldenCases<LossCase>('losses.json').filter(({ loss, params }) => {
  const { note, fromLogits = true, ...others } = params;
  return (
    loss in losses &&
    fromLogits === true &&
    (note === undefined || note === 'must stay finite') &&
    Object.keys(others).length === 0
  );
});

for (const kernels of backends) {
  describe(`losses on ${kernels.name}`, () => {
    it('value and gradient equal PyTorch’s in 5 cases, logits of ±1000 among them', async () => {
      assert.equal(known.length, 5);
      for (const test of known) {
        const spec = { type: test.loss } as ResolvedLossSpec;
        const loss = lossOf(spec);
        const [rows, width] = test.prediction.shape as [number, number];
        const layout = new Layout();
        const words = (name: string, count: number) => layout.reserve(name, count * 4);
        const at = {
          prediction: words('prediction', rows * width),
          targets: words('targets', rows * width),
          gradient: words('gradient', rows * width),
          sum: words('sum', 2),
          scratch: layout.reserve('scratch', kernels.scratchBytes),
        };
        const memory = createMemory(layout.bytes);
        memory.f32.set(test.prediction.data, at.prediction / 4);
        (loss.targets === 'classes' ? memory.i32 : memory.f32).set(test.target.data, at.targets / 4);
        const calls: KernelCall[] = [];
        loss.emit(spec, { ...at, rows, width, call: (kernel, ...args) => void calls.push({ kernel, args }) });
        link(calls, await kernels.create(memory.memory, at.scratch))();
        assertClose([memory.f64[at.sum / 8]! / rows], [test.value], `${test.loss} value`);
        const gradient = memory.f32.subarray(at.gradient / 4, at.gradient / 4 + rows * width);
        assertClose(
          gradient.map((value) => value / rows),
          test.grad.data,
          `${test.loss} gradient`,
        );
      }
    });
  });
}
