/** The engine's other door, for what runs without Node: it predicts, on a module of kernels that its caller brings. */
import type { KernelsFactory } from './kernels/kernels.js';
import { exportsOf, kernelsOf, SCRATCH_BYTES } from './kernels/wasm/instance.js';

export { createPredictor } from './predict.js';

export const kernelsFrom = (module: Uint8Array<ArrayBuffer>): KernelsFactory => ({
  name: 'wasm',
  scratchBytes: SCRATCH_BYTES,
  create: async (memory, scratch) =>
    kernelsOf('wasm', await exportsOf(await WebAssembly.compile(module), memory, scratch)),
});
