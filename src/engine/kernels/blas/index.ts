/**
 * The SIMD kernels with the matrix products given to a native library, which works in place on the engine's own memory: a pointer is
 * the memory's machine address plus the offset. The memory is shared and of fixed size, so that its address never changes.
 */
import { composedKernels } from '../composed.js';
import type { Gemm, Kernels, KernelsFactory } from '../kernels.js';
import { kernelsWithoutProducts, wasmKernels } from '../wasm/index.js';
import { type BlasLibrary, type BlasName, findBlas } from './library.js';

/** Products of so few multiplications stay in WebAssembly: a call out of it costs about 0.2 µs. Measured by bench/gemm.ts. */
const LARGEST_IN_WASM = 16 ** 3;

type Products = Pick<Kernels, 'gemmNN' | 'gemmTN' | 'gemmNT'>;

/** Every product by the library, whatever its size. */
export function blasProducts(library: BlasLibrary, memory: WebAssembly.Memory): Products {
  const base = library.addressOf(memory);
  const product = (transposeA: boolean, transposeB: boolean): Gemm => {
    const multiply = library.product(transposeA, transposeB);
    return (m, n, k, a, lda, b, ldb, c, ldc, beta) =>
      multiply(m, n, k, base + a, lda, base + b, ldb, base + c, ldc, beta);
  };
  return { gemmNN: product(false, false), gemmTN: product(true, false), gemmNT: product(false, true) };
}

/** Which of the two computes is a matter of the product's shape alone, so that the same step gives the same bits anywhere. */
function bySize(small: Gemm, large: Gemm): Gemm {
  return (m, n, k, a, lda, b, ldb, c, ldc, beta) =>
    m * n * k <= LARGEST_IN_WASM
      ? small(m, n, k, a, lda, b, ldb, c, ldc, beta)
      : large(m, n, k, a, lda, b, ldb, c, ldc, beta);
}

/** By the library of that name, or by the best there is. Throws where there is none, saying what was tried. */
export function blasKernels(name?: BlasName): KernelsFactory {
  const found = findBlas(name);
  if ('missing' in found) throw new Error(`blas kernels: ${found.missing}`);
  const { id, library } = found;
  return {
    name: id,
    scratchBytes: wasmKernels.scratchBytes,
    async create(memory, scratch) {
      const wasm = await kernelsWithoutProducts(memory, scratch);
      const { gemmNN, gemmTN, gemmNT } = blasProducts(library, memory);
      const products = {
        gemmNN: bySize(wasm.gemmNN, gemmNN),
        gemmTN: bySize(wasm.gemmTN, gemmTN),
        gemmNT: bySize(wasm.gemmNT, gemmNT),
      };
      const composed = composedKernels({ ...wasm, ...products });
      return { ...wasm, ...products, ...composed, name: `blas: ${library.name}` };
    },
  };
}
