/** Holds the reference kernels' gradients to their own values: central differences of the forward kernel. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Kernels } from '../../../src/engine/kernels/kernels.js';
import { referenceKernels } from '../../../src/engine/kernels/reference.js';
import { createMemory, Layout } from '../../../src/engine/memory.js';
import { Draws, streamNumber } from '../../../src/engine/rng.js';

const [rows, cols] = [5, 3];
const n = rows * cols;

const memory = createMemory(2 ** 16);
const layout = new Layout();
const buffers = ['x', 'y', 'dy', 'dx', 'targets', 'classes', 'weights'].map((name) => layout.reserve(name, 4 * n));
const [x, y, dy, dx, targets, classes, weights] = buffers as [number, number, number, number, number, number, number];
const sum = layout.reserve('sum', 8);
const kernels = await referenceKernels.create(memory.memory, 0);

const draws = new Draws(5, streamNumber('init'));
for (let i = 0; i < n; i++) {
  memory.f32[(x >>> 2) + i] = draws.normal();
  memory.f32[(dy >>> 2) + i] = draws.normal();
  memory.f32[(targets >>> 2) + i] = draws.uniform();
  memory.f32[(weights >>> 2) + i] = 0.5 + draws.uniform();
  memory.i32[(classes >>> 2) + i] = draws.integer(cols);
}

/** Checks dx against (f(x + h) − f(x − h)) / 2h of the scalar `f`, one element of x after the other. */
function assertIsGradient(f: () => number): void {
  for (let i = 0; i < n; i++) {
    const at = (x >>> 2) + i;
    const held = memory.f32[at]!;
    memory.f32[at] = held + 2 ** -8;
    const [above, right] = [f(), memory.f32[at]!];
    memory.f32[at] = held - 2 ** -8;
    const [below, left] = [f(), memory.f32[at]!];
    memory.f32[at] = held;
    f();
    const slope = (above - below) / (right - left);
    const gradient = memory.f32[(dx >>> 2) + i]!;
    assert.ok(
      Math.abs(gradient - slope) <= 1e-4 * Math.max(1, Math.abs(slope)),
      `element ${i}: ${gradient}, slope ${slope}`,
    );
  }
}

for (const [forward, backward] of [
  ['relu', 'reluBackward'],
  ['sigmoid', 'sigmoidBackward'],
  ['tanh', 'tanhBackward'],
] as const) {
  test(`${backward} is the derivative of ${forward} to 1e-4`, () => {
    assertIsGradient(() => {
      kernels[forward](n, x, y);
      kernels[backward](n, y, dy, dx);
      let total = 0;
      for (let i = 0; i < n; i++) total += memory.f32[(y >>> 2) + i]! * memory.f32[(dy >>> 2) + i]!;
      return total;
    });
  });
}

const losses: Record<string, (kernels: Kernels, rowWeights: number) => void> = {
  softmaxCrossEntropy: (k, rowWeights) => k.softmaxCrossEntropy(rows, cols, x, classes, rowWeights, dx, sum),
  sigmoidCrossEntropy: (k, rowWeights) => k.sigmoidCrossEntropy(rows, cols, x, targets, rowWeights, dx, sum),
  squaredError: (k, rowWeights) => k.squaredError(rows, cols, x, targets, rowWeights, dx, sum),
};

for (const [name, call] of Object.entries(losses)) {
  for (const rowWeights of [0, weights]) {
    test(`${name}'s gradient is that of its ${rowWeights === 0 ? '' : 'weighted '}sum to 1e-4`, () => {
      assertIsGradient(() => {
        memory.f64[sum >>> 3] = 0;
        call(kernels, rowWeights);
        return memory.f64[sum >>> 3]!;
      });
    });
  }
}
