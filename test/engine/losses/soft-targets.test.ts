/** Cross-entropy against shares of classes: PyTorch's values and gradients, and the hard loss where a share is whole. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createMemory, Layout } from '../../../src/engine/memory.js';
import { backends } from '../backends.js';
import { assertClose, type GoldenTensor, goldenCases } from '../golden.js';

interface LossCase {
  what: string;
  labelSmoothing: number;
  classWeights: number[] | null;
  logits: GoldenTensor;
  targets: GoldenTensor;
  sum: number;
  grad: GoldenTensor;
}
const golden = goldenCases<LossCase>('augmentation.json').filter(({ what }) => what === 'loss');

for (const factory of backends) {
  describe(`shares of classes on ${factory.name}`, () => {
    it('sum and gradient are PyTorch’s in 4 cases: with and without class weights and label smoothing', async () => {
      assert.equal(golden.length, 4);
      for (const { labelSmoothing, classWeights, logits, targets, sum, grad } of golden) {
        const { run } = await lossOn(factory, { logits: logits.data, classWeights, labelSmoothing });
        const found = run('soft', targets.data);
        const label = `smoothing ${labelSmoothing}, weights ${classWeights}`;
        assertClose([found.sum], [sum], label);
        assertClose(found.gradient, grad.data, `${label}: gradient`);
      }
    });

    it('whole shares give what classes give', async () => {
      const indices = [0, 4, 2, 1, 3, 4];
      const shares = indices.flatMap((index) => [0, 1, 2, 3, 4].map((c) => Number(c === index)));
      for (const { labelSmoothing, classWeights, logits } of golden.filter((test) => test.labelSmoothing > 0)) {
        const { run } = await lossOn(factory, { logits: logits.data, classWeights, labelSmoothing });
        const [soft, hard] = [run('soft', shares), run('classes', indices)];
        assertClose([soft.sum], [hard.sum], 'sum');
        assertClose(soft.gradient, hard.gradient, 'gradient');
      }
    });

    it('the gradient is the slope of the sum, within 1 %', async () => {
      const { labelSmoothing, classWeights, logits, targets } = golden.at(-1)!;
      const given = { classWeights, labelSmoothing };
      const sumAt = async (at: number, by: number) => {
        const moved = logits.data.map((value, index) => (index === at ? value + by : value));
        return (await lossOn(factory, { ...given, logits: moved })).run('soft', targets.data).sum;
      };
      const { gradient } = (await lossOn(factory, { ...given, logits: logits.data })).run('soft', targets.data);
      const step = 1 / 16;
      for (const at of [0, 7, 13, 29]) {
        const slope = ((await sumAt(at, step)) - (await sumAt(at, -step))) / (2 * step);
        assert.ok(Math.abs(slope - gradient[at]!) <= 0.01 * Math.max(0.1, Math.abs(slope)), `${slope} ${gradient[at]}`);
      }
    });
  });
}

/** 6 rows of 5 logits in a memory of their own. */
async function lossOn(
  factory: (typeof backends)[number],
  given: { logits: readonly number[]; classWeights: number[] | null; labelSmoothing: number },
) {
  const [rows, classes] = [6, 5];
  const layout = new Layout();
  const words = (name: string, count: number) => layout.reserve(name, 4 * count);
  const at = {
    ...{ logits: words('logits', 30), targets: words('targets', 30), weights: words('weights', 5) },
    ...{
      gradient: words('gradient', 30),
      sum: words('sum', 2),
      scratch: layout.reserve('scratch', factory.scratchBytes),
    },
  };
  const { memory, f32, f64, i32 } = createMemory(layout.bytes);
  const kernels = await factory.create(memory, at.scratch);
  f32.set(given.logits, at.logits / 4);
  if (given.classWeights) f32.set(given.classWeights, at.weights / 4);
  const weights = given.classWeights ? at.weights : 0;
  return {
    run(targets: 'soft' | 'classes', values: readonly number[]) {
      (targets === 'soft' ? f32 : i32).set(values, at.targets / 4);
      f64[at.sum / 8] = 0;
      const kernel = targets === 'soft' ? kernels.softCrossEntropy : kernels.smoothedCrossEntropy;
      kernel(rows, classes, at.logits, at.targets, weights, given.labelSmoothing, at.gradient, at.sum);
      return { sum: f64[at.sum / 8]!, gradient: f32.slice(at.gradient / 4, at.gradient / 4 + rows * classes) };
    },
  };
}
