/** Holds the SIMD kernels to the reference kernels, on the same memory, below and above 2 GiB. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { referenceKernels } from '../../../src/engine/kernels/reference.js';
import { wasmKernels } from '../../../src/engine/kernels/wasm/index.js';
import { createMemory, Layout } from '../../../src/engine/memory.js';
import { assertClose, run } from './trial.js';
import { trials } from './trials.js';

const TRIAL_BYTES = 16 * 2 ** 20;

// Untouched pages cost nothing.
const memory = createMemory(2 ** 31 + TRIAL_BYTES);
const layout = new Layout();
const scratch = layout.reserve('scratch', wasmKernels.scratchBytes);
const low = { memory, start: layout.reserve('trials', TRIAL_BYTES) };
const high = { memory, start: 2 ** 31 };
const reference = await referenceKernels.create(memory.memory, 0);
const wasm = await wasmKernels.create(memory.memory, scratch);

/** Kernels that round nothing, or as the reference does. */
const exact = new Set(['dropout', 'fill', 'gatherRows']);

for (const [kernel, kernelTrials] of Object.entries(trials)) {
  const bound = exact.has(kernel) ? 'bit for bit' : 'to 1e-6 · max(1, ‖b‖∞) + 1e-5 · |b|';
  test(`wasm ${kernel} equals the reference ${bound}, and itself bit for bit above 2 GiB`, () => {
    for (const trial of kernelTrials) {
      const expected = run(reference, low, trial);
      const actual = run(wasm, low, trial);
      const actualHigh = run(wasm, high, trial);
      for (const name of Object.keys(trial.buffers)) {
        const label = `${trial.title}: ${name}`;
        assertClose(actual[name]!, expected[name]!, label);
        if (exact.has(kernel)) assert.deepEqual(actual[name], expected[name], label);
        assert.ok(
          Buffer.from(actual[name]!.buffer).equals(Buffer.from(actualHigh[name]!.buffer)),
          `${label}: other bits`,
        );
      }
    }
  });
}
