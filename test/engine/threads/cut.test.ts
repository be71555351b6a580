/** Cutting calls: parts that together do what the whole does, bit for bit on the kernels that promise it. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { KernelCall, KernelName } from '../../../src/engine/call.js';
import { link } from '../../../src/engine/link.js';
import { createMemory, Layout } from '../../../src/engine/memory.js';
import { Draws, streamNumber } from '../../../src/engine/rng.js';
import { cutCalls } from '../../../src/engine/threads/cut.js';
import { backends } from '../backends.js';

const wasm = backends.at(-1)!;
const BUFFER_BYTES = 4 * 600_000;

const layout = new Layout();
const scratch = layout.reserve('scratch', wasm.scratchBytes);
const places = ['a', 'b', 'c', 'd', 'e'].map((name) => layout.reserve(name, BUFFER_BYTES));
const [a, b, c, d, e] = places as [number, number, number, number, number];
const small = layout.reserve('small', 64); // key, step, hyperparameters: whatever stands there
/** int32: rows of a matrix, or elements of a plane. */
const indices = layout.reserve('indices', 4 * 301 * 56);
const workspace = layout.reserve('workspace', BUFFER_BYTES);
const memory = createMemory(layout.bytes);
const kernels = await wasm.create(memory.memory, scratch);
const draws = new Draws(4, streamNumber('init'));
const values = Float32Array.from({ length: (5 * BUFFER_BYTES) / 4 }, () => 0.01 + draws.uniform());

/** Everything between scratch and workspace as it stands after the calls. */
function after(calls: readonly KernelCall[]): Buffer {
  memory.f32.set(values, a / 4);
  memory.f32.fill(0.5, small / 4, small / 4 + 16);
  memory.i32.set(
    Int32Array.from({ length: 301 * 56 }, (_, index) => (index * 7) % 240),
    indices / 4,
  );
  link(calls, kernels)();
  return Buffer.from(memory.u8.slice(a, workspace));
}

const call = <Name extends KernelName>(kernel: Name, ...args: KernelCall<Name>['args']) =>
  ({ kernel, args }) as KernelCall;

/** Each kernel that can be cut, at sizes that leave a last part shorter than the others. */
const large: readonly KernelCall[] = [
  call('gemmNN', 130, 520, 300, a, 301, b, 523, c, 521, 0),
  call('gemmNN', 530, 120, 300, a, 301, b, 123, c, 121, 1),
  call('gemmTN', 130, 520, 300, a, 131, b, 523, c, 521, 1),
  call('gemmTN', 530, 120, 300, a, 531, b, 123, c, 121, 0),
  call('gemmNT', 130, 520, 300, a, 301, b, 303, c, 521, 0),
  call('gemmNT', 530, 120, 300, a, 301, b, 303, c, 121, 1),
  ...(['biasIdentity', 'biasRelu', 'biasSigmoid', 'biasTanh', 'biasGelu'] as const).map((kernel) =>
    call(kernel, 531, 133, a, b, c),
  ),
  call('biasGeluWithDerivative', 531, 133, a, b, c, d),
  ...(['relu', 'sigmoid', 'tanh', 'gelu'] as const).map((kernel) => call(kernel, 70_001, a, b)),
  ...(['reluBackward', 'sigmoidBackward', 'tanhBackward', 'multiply', 'geluWithDerivative'] as const).map((kernel) =>
    call(kernel, 70_001, a, b, c),
  ),
  call('dropout', 70_001, a, b, 0.3, small, small, 5, c, 16),
  call('dropout', 70_001, a, a, 0.3, small, small, 5, 0, 0),
  call('dropoutBackward', 70_001, a, b, c, 0.3),
  call('gatherRows', 531, 133, a, 133, indices, d),
  call('layerNorm', 531, 133, a, b, c, d, e, e + 4 * 1000, 1e-5),
  call('addLayerNorm', 531, 133, a, b, c, a, b, d, e, e + 4 * 1000, 1e-5),
  call('softmax', 531, 133, a, b),
  call('add', 70_001, a, b, c),
  call('copy', 70_001, a, b),
  call('conv2d', 7, 2, 12, 11, 5, 3, 1, 1, a, b, c, workspace),
  call('conv2dBackwardInput', 7, 2, 12, 11, 5, 3, 1, 1, a, b, c, workspace),
  call('channelBias', 7, 5, 132, a, b, c),
  call('channelBiasRelu', 7, 5, 132, a, b, c),
  call('maxPool2d', 301, 16, 15, 3, 2, 1, a, b, c),
  call('maxPool2dBackward', 301, 240, 56, a, indices, b),
  call('avgPool2d', 301, 16, 15, 3, 2, a, b),
  call('avgPool2dBackward', 301, 16, 15, 3, 2, a, b),
  call('attention', 7, 2, 40, 8, 1, 0, a, b, c, 0, 0, 0, 0, 0, 0, 0),
  call('attention', 7, 2, 40, 8, 0, e, a, b, c, 0, 0, 0, 0, 0, 0, 0),
  call('attention', 7, 2, 40, 8, 1, 0, a, b, c, 0.3, small, small, 5, 2, d, workspace),
  call('attentionBackward', 7, 2, 40, 8, 1, a, b, c, d, workspace, 0, 0, 0),
  call('attentionBackward', 7, 2, 40, 8, 1, a, b, c, d, workspace, 0.3, e, workspace + 4 * 40 * 40 * 7),
  call('chunkSquares', 70_001, a, b),
  call('scale', 70_001, a, small),
  call('penalties', 70_001, a, b, 0.1, 0.2),
  call('sgd', 70_001, a, b, small),
  call('sgdMomentum', 70_001, a, b, c, small, 0.9, 1),
  call('adam', 70_001, a, b, c, d, small, 0.9, 0.999, 1e-8),
  call('adamw', 70_001, a, b, c, d, small, 0.9, 0.999, 1e-8),
  call('adagrad', 70_001, a, b, c, small, 1e-10),
  call('rmsprop', 70_001, a, b, c, 0, 0, small, 0.9, 0, 1e-8),
  call('rmsprop', 70_001, a, b, c, d, e, small, 0.9, 0.9, 1e-8),
  call('movingAverage', 70_001, a, b, 0.9),
  ...(['biasSoftplus', 'biasSilu', 'biasGeluTanh'] as const).map((kernel) => call(kernel, 531, 133, a, b, c)),
  ...(['biasLeakyRelu', 'biasElu'] as const).map((kernel) => call(kernel, 531, 133, a, b, c, 0.3)),
  ...(['biasSiluWithDerivative', 'biasGeluTanhWithDerivative'] as const).map((kernel) =>
    call(kernel, 531, 133, a, b, c, d),
  ),
  ...(['softplus', 'silu', 'geluTanh'] as const).map((kernel) => call(kernel, 70_001, a, b)),
  ...(['leakyRelu', 'elu'] as const).map((kernel) => call(kernel, 70_001, a, b, 0.3)),
  ...(['leakyReluBackward', 'eluBackward'] as const).map((kernel) => call(kernel, 70_001, a, b, c, 0.3)),
  ...(['softplusBackward', 'siluWithDerivative', 'geluTanhWithDerivative'] as const).map((kernel) =>
    call(kernel, 70_001, a, b, c),
  ),
];

describe('cut calls', () => {
  for (const whole of large) {
    it(`the parts of ${whole.kernel} ${whole.args.slice(0, 3).join(', ')} give the bits of the whole, in either order`, () => {
      const parts = cutCalls([whole]);
      assert.ok(parts.length > 1 && parts.length <= 8);
      for (const [index, { part }] of parts.entries()) assert.deepEqual(part, { index, of: parts.length });
      const expected = after([whole]);
      assert.ok(after(parts).equals(expected), 'in order');
      assert.ok(after([...parts].reverse()).equals(expected), 'backwards');
    });
  }

  /** What sums over rows leaves the sums of each part side by side, [parts, elements], where the whole leaves one. */
  const summing: readonly { whole: KernelCall; sums: number; elements: number }[] = [
    { whole: call('conv2dBackwardWeight', 7, 2, 12, 11, 5, 3, 1, 1, a, b, e, workspace), sums: e, elements: 90 },
    { whole: call('channelSums', 7, 5, 132, a, e), sums: e, elements: 5 },
    { whole: call('biasIdentityBackward', 531, 133, a, e), sums: e, elements: 133 },
    ...(
      [
        'biasReluBackward',
        'biasSigmoidBackward',
        'biasTanhBackward',
        'biasSoftplusBackward',
        'biasMultiplyBackward',
      ] as const
    ).map((kernel) => ({ whole: call(kernel, 531, 133, a, b, b, e), sums: e, elements: 133 })),
    ...(['biasLeakyReluBackward', 'biasEluBackward'] as const).map((kernel) => ({
      whole: call(kernel, 531, 133, a, b, c, e, 0.3),
      sums: e,
      elements: 133,
    })),
    { whole: call('channelBiasReluBackward', 7, 5, 132, a, b, b, e), sums: e, elements: 5 },
    { whole: call('layerNormBackward', 531, 133, a, b, c, d, a, a, e, e + 4 * 9000), sums: e, elements: 133 },
    { whole: call('layerNormBackward', 531, 133, a, b, c, d, a, a, e + 4 * 9000, e), sums: e, elements: 133 },
  ];
  for (const { whole, sums, elements } of summing) {
    it(`the parts of ${whole.kernel} sum apart from one another, together to what the whole does`, () => {
      const partsOf = (calls: readonly KernelCall[]) => {
        const bytes = after([call('fill', 20_000, e, 0), ...calls]);
        const values = new Float32Array(bytes.buffer, bytes.byteOffset + sums - a, 8 * elements);
        return {
          bytes,
          rows: Array.from({ length: 8 }, (_, part) => values.subarray(part * elements).subarray(0, elements)),
        };
      };
      const parts = cutCalls([whole]);
      assert.ok(parts.length > 1 && parts.length <= 8);
      const [cut, uncut] = [partsOf(parts), partsOf([whole])];
      assert.ok(partsOf([...parts].reverse()).bytes.equals(cut.bytes), 'backwards');
      uncut.rows[0]!.forEach((expected, index) => {
        const got = cut.rows.reduce((sum, row) => sum + row[index]!, 0);
        assert.ok(Math.abs(got - expected) <= 1e-4 * Math.abs(expected) + 1e-3, `${index}: ${got}, ${expected}`);
      });
      assert.ok(cut.rows[parts.length - 1]!.some((value) => value !== 0));
    });
  }

  it('a product AᵀB of 1,300 rows is three, one after the other, each cut alike, with the bits of the one', () => {
    const whole = call('gemmTN', 130, 240, 1300, a, 131, b, 243, c, 241, 0);
    const calls = cutCalls([whole]);
    const depths = calls.map(({ args }) => args[2]!);
    const parts = calls[0]!.part!.of;
    assert.deepEqual(
      depths,
      [512, 512, 276].flatMap((depth) => new Array<number>(parts).fill(depth)),
    );
    assert.ok(after(calls).equals(after([whole])));
  });

  it('small calls, and sums in a fixed order, stay whole', () => {
    const whole = [
      call('gemmNN', 64, 128, 20, a, 20, b, 128, c, 128, 0),
      call('relu', 20_000, a, b),
      call('columnSums', 600, 500, a, b),
    ];
    assert.deepEqual(cutCalls(whole), whole);
  });
});
