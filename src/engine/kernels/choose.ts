/** Which kernels a run uses, and why: the reason is logged at start, the name stands in the checkpoint's fingerprint. */
import { blasKernels } from './blas/index.js';
import { findBlas } from './blas/library.js';
import { faultOf } from './blas/verify.js';
import type { KernelsFactory } from './kernels.js';
import { referenceKernels } from './reference.js';
import { wasmKernels, wasmKernelsRun } from './wasm/index.js';

export const kernelsRequests = ['auto', 'reference', 'wasm', 'blas'] as const;
export type KernelsRequest = (typeof kernelsRequests)[number];

export interface KernelsChoice {
  factory: KernelsFactory;
  reason: string;
}

/** `auto` takes the fastest that runs here and computes rightly; a backend asked for by name is taken, or throws. */
export function chooseKernels(requested: KernelsRequest): KernelsChoice {
  switch (requested) {
    case 'reference':
      return { factory: referenceKernels, reason: 'reference kernels: asked for' };
    case 'wasm':
      return { factory: wasmKernels, reason: 'wasm kernels: asked for' };
    case 'blas':
      return { factory: blasKernels(), reason: `blas kernels: asked for, ${blasHere().name}` };
    case 'auto': {
      if (!wasmKernelsRun()) {
        return { factory: referenceKernels, reason: 'reference kernels: WebAssembly SIMD does not run here' };
      }
      const { name, fault } = blasHere();
      return fault === null
        ? { factory: blasKernels(), reason: `blas kernels: found ${name}` }
        : { factory: wasmKernels, reason: `wasm kernels: WebAssembly SIMD runs here; no BLAS: ${fault}` };
    }
    default:
      throw new TypeError(`kernels: expected ${kernelsRequests.join(', ')}, got ${requested satisfies never}`);
  }
}

/** The library's name and what speaks against it, if anything does. */
function blasHere(): { name: string; fault: string | null } {
  const library = findBlas();
  if ('missing' in library) return { name: 'none', fault: library.missing };
  return { name: library.name, fault: faultOf(library) };
}
