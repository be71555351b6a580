/** Holds a BLAS to the reference kernels before it is trusted. */
import { createMemory, Layout } from '../../memory.js';
import type { Kernels } from '../kernels.js';
import { referenceKernels } from '../reference.js';
import { blasProducts } from './index.js';
import type { BlasLibrary } from './library.js';

/** Larger than any register block, and a multiple of none. */
const [M, N, K] = [67, 83, 129];
const PRODUCTS = ['gemmNN', 'gemmTN', 'gemmNT'] as const;

/**
 * What is wrong with the library's products, or null. The matrices hold small integers, whose sums are exact in float32 in
 * whatever order they are added: the results must be equal, not close.
 */
export function faultOf(library: BlasLibrary): string | null {
  const layout = new Layout();
  const [a, b] = [layout.reserve('a', 4 * M * K), layout.reserve('b', 4 * K * N)];
  const [actual, expected] = [layout.reserve('actual', 4 * M * N), layout.reserve('expected', 4 * M * N)];
  const memory = createMemory(layout.bytes);
  for (let i = 0; i < M * K; i++) memory.f32[a / 4 + i] = ((i * 7) % 17) - 8;
  for (let i = 0; i < K * N; i++) memory.f32[b / 4 + i] = ((i * 5) % 13) - 6;
  const reference = referenceKernels.create(memory.memory, 0) as Kernels;
  const products = blasProducts(library, memory.memory);
  for (const name of PRODUCTS) {
    const lda = name === 'gemmTN' ? M : K;
    const ldb = name === 'gemmNT' ? K : N;
    for (const beta of [0, 1] as const) {
      products[name](M, N, K, a, lda, b, ldb, actual, N, beta);
      reference[name](M, N, K, a, lda, b, ldb, expected, N, beta);
      for (let i = 0; i < M * N; i++) {
        const [got, value] = [memory.f32[actual / 4 + i], memory.f32[expected / 4 + i]];
        if (got !== value) return `${name} ${M}×${N}×${K}, element ${i}: expected ${value}, got ${got}`;
      }
    }
  }
  return null;
}
