/** Which kernels a run uses, and why: the reason is logged at start, the name stands in the checkpoint's fingerprint. */
import type { KernelsFactory } from './kernels.js';
import { referenceKernels } from './reference.js';
import { wasmKernels, wasmKernelsRun } from './wasm/index.js';

export type KernelsRequest = 'auto' | 'reference' | 'wasm';

export interface KernelsChoice {
  factory: KernelsFactory;
  reason: string;
}

/** `auto` takes the fastest that runs here; a backend asked for by name is taken, or fails where it is made. */
export function chooseKernels(requested: KernelsRequest): KernelsChoice {
  switch (requested) {
    case 'reference':
      return { factory: referenceKernels, reason: 'reference kernels: asked for' };
    case 'wasm':
      return { factory: wasmKernels, reason: 'wasm kernels: asked for' };
    case 'auto':
      return wasmKernelsRun()
        ? { factory: wasmKernels, reason: 'wasm kernels: WebAssembly SIMD runs here' }
        : { factory: referenceKernels, reason: 'reference kernels: WebAssembly SIMD does not run here' };
    default:
      throw new TypeError(`kernels: expected auto, reference or wasm, got ${requested satisfies never}`);
  }
}
