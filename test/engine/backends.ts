/** Every backend that runs here: what holds for one must hold for all. */
import { blasNames, findBlas } from '../../src/engine/kernels/blas/library.js';
import { chooseKernels } from '../../src/engine/kernels/choose.js';
import type { KernelsFactory } from '../../src/engine/kernels/kernels.js';
import { fmaKernelsRun } from '../../src/engine/kernels/wasm/index.js';

const libraries = blasNames.filter((name) => !('missing' in findBlas(name)));
const fused = fmaKernelsRun() ? (['wasm-fma'] as const) : [];
const names = ['reference', ...libraries, ...fused, 'wasm'] as const;
export const backends: readonly KernelsFactory[] = names.map((name) => chooseKernels(name).factory);
