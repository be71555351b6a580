/** Libraries with the interface of CBLAS (Lawson et al. 1979; here its cblas_sgemm): OpenBLAS, and Apple's Accelerate. */
import { arch, platform, release } from 'node:os';
import type { Binder, BlasLibrary, Koffi } from './library.js';

/** Names that the system's loader resolves, then where distributions put the library without telling the loader. */
const OPENBLAS_PATHS: readonly string[] =
  platform() === 'darwin'
    ? ['/opt/homebrew/opt/openblas/lib/libopenblas.dylib', '/usr/local/opt/openblas/lib/libopenblas.dylib']
    : platform() === 'win32'
      ? ['libopenblas.dll']
      : [
          'libopenblas.so.0',
          'libopenblas.so',
          ...['x86_64', 'aarch64'].map((cpu) => `/usr/lib/${cpu}-linux-gnu/openblas-pthread/libopenblas.so.0`),
          '/usr/lib64/libopenblasp.so.0',
          'libcblas.so.3', // an alternative that may stand for OpenBLAS
        ];
const ACCELERATE_PATH = '/System/Library/Frameworks/Accelerate.framework/Accelerate';

export const openBlas: readonly Binder[] = OPENBLAS_PATHS.map((path) => (koffi) => {
  const library = koffi.load(path);
  const config = String(library.func('openblas_get_config', 'str', [])());
  if (config.includes('USE64BITINT')) throw new Error(`${path}: expected 32-bit integers, got ${config}`);
  const version = /OpenBLAS (\S+)/.exec(config)?.[1] ?? config;
  const core = String(library.func('openblas_get_corename', 'str', [])());
  // The engine does its own splitting. By call: an environment variable set inside a worker comes too late.
  library.func('openblas_set_num_threads', 'void', ['int'])(1);
  return { name: `OpenBLAS ${version} ${core}`, product: productsOf(library) };
});

/** Accelerate belongs to the system, and so its version is the system's. */
export const accelerate: Binder = (koffi) => {
  const library = koffi.load(ACCELERATE_PATH);
  return { name: `Accelerate of ${platform()} ${release()} ${arch()}`, product: productsOf(library) };
};

/** CBLAS's own numbers. */
const ROW_MAJOR = 101;
const PLAIN = 111;
const TRANSPOSED = 112;

/** cblas_sgemm(order, transA, transB, m, n, k, alpha, A, lda, B, ldb, beta, C, ldc) */
function productsOf(library: ReturnType<Koffi['load']>): BlasLibrary['product'] {
  // Addresses pass as integers of a pointer's size: the same registers, and a plain number converts fastest.
  const [int, float, pointer] = ['int', 'float', 'uintptr_t'];
  const types = [int, int, int, int, int, int, float, pointer, int, pointer, int, float, pointer, int];
  const sgemm = library.func('cblas_sgemm', 'void', types);
  return (transposeA, transposeB) => {
    const [aOrder, bOrder] = [transposeA ? TRANSPOSED : PLAIN, transposeB ? TRANSPOSED : PLAIN];
    return (m, n, k, a, lda, b, ldb, c, ldc, beta) => {
      sgemm(ROW_MAJOR, aOrder, bOrder, m, n, k, 1, a, lda, b, ldb, beta, c, ldc);
    };
  };
}
