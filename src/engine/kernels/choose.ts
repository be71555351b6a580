/** Which kernels a run uses, and why: the reason is logged at start, the name stands in the checkpoint's fingerprint. */
import { blasKernels } from './blas/index.js';
import { type BlasName, blasNames, findBlas } from './blas/library.js';
import { faultOf } from './blas/verify.js';
import type { KernelsFactory } from './kernels.js';
import { referenceKernels } from './reference.js';
import { fmaKernels, wasmKernels, wasmKernelsRun } from './wasm/index.js';

/** `blas` is the best library there is; the others by name. */
export const kernelsRequests = ['auto', 'reference', 'wasm', 'wasm-fma', 'blas', ...blasNames] as const;
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
    case 'wasm-fma':
      return { factory: fmaKernels, reason: 'wasm-fma kernels: asked for' };
    case 'blas':
      return askedFor();
    case 'onednn':
    case 'openblas':
    case 'accelerate':
      return askedFor(requested);
    case 'auto': {
      if (!wasmKernelsRun()) {
        return { factory: referenceKernels, reason: 'reference kernels: WebAssembly SIMD does not run here' };
      }
      const { name, fault } = blasHere();
      return fault === null
        ? { factory: blasKernels(), reason: `BLAS kernels: found ${name}` }
        : { factory: wasmKernels, reason: `wasm kernels: WebAssembly SIMD runs here; no BLAS: ${fault}` };
    }
    default:
      throw new TypeError(`kernels: expected ${kernelsRequests.join(', ')}, got ${requested satisfies never}`);
  }
}

function askedFor(name?: BlasName): KernelsChoice {
  const factory = blasKernels(name);
  return { factory, reason: `${factory.name} kernels: asked for, ${blasHere(name).name}` };
}

/** The library's name and what speaks against it, if anything does. */
function blasHere(name?: BlasName): { name: string; fault: string | null } {
  const found = findBlas(name);
  if ('missing' in found) return { name: 'none', fault: found.missing };
  return { name: found.library.name, fault: faultOf(found.library) };
}
