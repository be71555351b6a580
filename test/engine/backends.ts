/** Every backend that runs here: what holds for one must hold for all. */
import { findBlas } from '../../src/engine/kernels/blas/library.js';
import { chooseKernels } from '../../src/engine/kernels/choose.js';
import type { KernelsFactory } from '../../src/engine/kernels/kernels.js';

const names = ['reference', ...('missing' in findBlas() ? [] : ['blas' as const]), 'wasm'] as const;
export const backends: readonly KernelsFactory[] = names.map((name) => chooseKernels(name).factory);
