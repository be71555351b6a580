/** Every backend that runs here: what holds for one must hold for all. */
import { chooseKernels } from '../../src/engine/kernels/choose.js';
import type { KernelsFactory } from '../../src/engine/kernels/kernels.js';

export const backends: readonly KernelsFactory[] = [chooseKernels('reference').factory, chooseKernels('wasm').factory];
