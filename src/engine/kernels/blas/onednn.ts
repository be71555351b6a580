/**
 * oneDNN (github.com/oneapi-src/oneDNN): its dnnl_sgemm writes machine code for the shapes and the processor it meets. float32
 * stays float32: no narrower product is allowed.
 */
import type { Binder, BlasLibrary, Koffi } from './library.js';

const PATHS = ['libdnnl.so.3', 'libdnnl.so.2', '/usr/lib64/libdnnl.so.3', '/usr/lib64/libdnnl.so.2'];

const SUCCESS = 0;
const STRICT_FLOAT_MATH = 0;
/** dnnl_runtime_kind_t: which threads a library was built for. */
const RUNTIME = { sequential: 1, openMp: 2 } as const;
const [PLAIN, TRANSPOSED] = ['N', 'T'].map((letter) => letter.charCodeAt(0)) as [number, number];

export const oneDnn: readonly Binder[] = PATHS.map((path) => (koffi) => {
  const library = koffi.load(path);
  const { version, runtime } = versionOf(library, koffi);
  switch (runtime) {
    case RUNTIME.sequential:
      break;
    case RUNTIME.openMp:
      // Of the OpenMP that the library itself was linked to; it counts for the calling thread alone.
      library.func('omp_set_num_threads', 'void', ['int'])(1);
      break;
    default:
      throw new Error(`${path}: expected to be sequential or on OpenMP, got runtime ${runtime}`);
  }
  check(
    'dnnl_set_default_fpmath_mode',
    library.func('dnnl_set_default_fpmath_mode', 'int', ['int'])(STRICT_FLOAT_MATH),
  );
  const isa = Number(library.func('dnnl_get_effective_cpu_isa', 'int', [])());
  return { name: `oneDNN ${version} isa ${isa.toString(16)}`, product: productsOf(library) };
});

/** struct dnnl_version_t { int major, minor, patch; const char *hash; unsigned cpu_runtime, gpu_runtime; } */
function versionOf(library: ReturnType<Koffi['load']>, koffi: Koffi): { version: string; runtime: number } {
  const type = koffi.struct({ major: 'int', minor: 'int', patch: 'int', hash: 'str', cpuRuntime: 'uint' });
  const pointer = library.func('dnnl_version', koffi.pointer(type), [])();
  const { major, minor, patch, cpuRuntime } = koffi.decode(pointer, type);
  return { version: `${major}.${minor}.${patch}`, runtime: cpuRuntime };
}

/** dnnl_sgemm(transA, transB, M, N, K, alpha, A, lda, B, ldb, beta, C, ldc), row-major; a status is returned. */
function productsOf(library: ReturnType<Koffi['load']>): BlasLibrary['product'] {
  const [char, size, float, pointer] = ['char', 'int64_t', 'float', 'uintptr_t'];
  const types = [char, char, size, size, size, float, pointer, size, pointer, size, float, pointer, size];
  const sgemm = library.func('dnnl_sgemm', 'int', types);
  return (transposeA, transposeB) => {
    const [aOrder, bOrder] = [transposeA ? TRANSPOSED : PLAIN, transposeB ? TRANSPOSED : PLAIN];
    return (m, n, k, a, lda, b, ldb, c, ldc, beta) => {
      check('dnnl_sgemm', sgemm(aOrder, bOrder, m, n, k, 1, a, lda, b, ldb, beta, c, ldc));
    };
  };
}

function check(call: string, status: number): void {
  if (status !== SUCCESS) throw new Error(`oneDNN: ${call} answered status ${status}`);
}
