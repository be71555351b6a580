/** Holds every other backend to the reference kernels, on the same memory, below and above 2 GiB. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { referenceKernels } from '../../../src/engine/kernels/reference.js';
import { createMemory, Layout } from '../../../src/engine/memory.js';
import { backends } from '../backends.js';
import { assertClose, run } from './trial.js';
import { trials } from './trials.js';

const TRIAL_BYTES = 16 * 2 ** 20;

// Untouched pages cost nothing.
const memory = createMemory(2 ** 31 + TRIAL_BYTES);
const layout = new Layout();
const scratch = layout.reserve('scratch', Math.max(...backends.map(({ scratchBytes }) => scratchBytes)));
const low = { memory, start: layout.reserve('trials', TRIAL_BYTES) };
const high = { memory, start: 2 ** 31 };
const reference = await referenceKernels.create(memory.memory, 0);

/** Kernels that round nothing, or as the reference does. */
const exact = new Set([
  'dropout',
  'dropoutBackward',
  'fill',
  'gatherRows',
  'gatherByCode',
  'copyColumns',
  'maskTokens',
]);

for (const factory of backends.filter(({ name }) => name !== 'reference')) {
  const kernels = await factory.create(memory.memory, scratch);
  const { name } = factory;
  for (const [kernel, kernelTrials] of Object.entries(trials)) {
    const bound = exact.has(kernel) ? 'bit for bit' : 'to 1e-6 · max(1, ‖b‖∞) + 1e-5 · |b|';
    test(`${name} ${kernel} equals the reference ${bound}, and itself bit for bit above 2 GiB`, () => {
      for (const trial of kernelTrials) {
        const expected = run(reference, low, trial);
        const actual = run(kernels, low, trial);
        const actualHigh = run(kernels, high, trial);
        for (const buffer of Object.keys(expected)) {
          const label = `${trial.title}: ${buffer}`;
          assertClose(actual[buffer]!, expected[buffer]!, label);
          if (exact.has(kernel)) assert.deepEqual(actual[buffer], expected[buffer], label);
          assert.ok(
            Buffer.from(actual[buffer]!.buffer).equals(Buffer.from(actualHigh[buffer]!.buffer)),
            `${label}: other bits`,
          );
        }
      }
    });
  }
}
