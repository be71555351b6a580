/** Each loss as a program computes it, against PyTorch: value and gradient of the mean over what the rows weigh. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import Schema from 'typebox/schema';
import type { KernelCall } from '../../../src/engine/call.js';
import { fillDefaults } from '../../../src/engine/defaults.js';
import { link } from '../../../src/engine/link.js';
import { classWeightsOf, LossSpec, losses, lossOf, type ResolvedLossSpec } from '../../../src/engine/losses/index.js';
import { createMemory, Layout } from '../../../src/engine/memory.js';
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

const golden = goldenCases<LossCase>('losses.json');

/** A case's parameters that are not fields of the spec. */
const notFields = ['note', 'ignore'];

for (const kernels of backends) {
  describe(`losses on ${kernels.name}`, () => {
    it('value and gradient equal PyTorch’s in 13 cases: every loss and field, ignored targets, logits of ±1000', async () => {
      assert.equal(golden.length, 13);
      assert.deepEqual(new Set(golden.map(({ loss }) => loss)), new Set(Object.keys(losses)));
      for (const test of golden) {
        const fields = Object.entries(test.params).filter(([name]) => !notFields.includes(name));
        const spec = fillDefaults(LossSpec, { type: test.loss, ...Object.fromEntries(fields) }) as ResolvedLossSpec;
        assert.ok(Schema.Check(LossSpec, spec));
        const loss = lossOf(spec);
        const [rows, width] = test.prediction.shape as [number, number];
        const layout = new Layout();
        const words = (name: string, count: number) => layout.reserve(name, count * 4);
        const weights = classWeightsOf(spec);
        assert.ok(weights !== 'balanced');
        const at = {
          prediction: words('prediction', rows * width),
          targets: words('targets', rows * width),
          classWeights: weights === null ? 0 : words('classWeights', width),
          gradient: words('gradient', rows * width),
          sum: words('sum', 2),
        };
        const calls: KernelCall[] = [];
        const call = <Name extends KernelCall['kernel']>(kernel: Name, ...args: KernelCall<Name>['args']) =>
          void calls.push({ kernel, args });
        loss.emit(spec, { ...at, targetsAreSoft: false, rows, width, buffer: words, call });
        const scratch = layout.reserve('scratch', kernels.scratchBytes);
        const memory = createMemory(layout.bytes);
        memory.f32.set(test.prediction.data, at.prediction / 4);
        (loss.targets === 'classes' ? memory.i32 : memory.f32).set(test.target.data, at.targets / 4);
        if (weights !== null) memory.f32.set(weights, at.classWeights / 4);
        link(calls, await kernels.create(memory.memory, scratch))();

        const counted = test.target.data.filter((target) => loss.targets === 'values' || target >= 0);
        const divisor = weights === null ? rows : counted.reduce((sum, target) => sum + weights[target]!, 0);
        const total = 'ignore' in test.params ? counted.length : divisor;
        const label = `${test.loss} ${JSON.stringify(test.params)}`;
        assertClose([memory.f64[at.sum / 8]! / total], [test.value], `${label} value`);
        const gradient = memory.f32.subarray(at.gradient / 4, at.gradient / 4 + rows * width);
        assertClose(
          gradient.map((value) => value / total),
          test.grad.data,
          `${label} gradient`,
        );
      }
    });
  });
}
