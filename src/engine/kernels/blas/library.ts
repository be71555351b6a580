/**
 * Finds a BLAS (Lawson et al. 1979; here its cblas_sgemm) on this machine and binds it by koffi, so that installing needs no
 * compiler. A library that cannot say its version is left alone: what it computes could not be pinned in a fingerprint.
 */
import { createRequire } from 'node:module';
import { arch, platform, release } from 'node:os';

/** cblas_sgemm(order, transA, transB, m, n, k, alpha, A, lda, B, ldb, beta, C, ldc); matrices by machine address. */
type Sgemm = (
  order: number,
  transposeA: number,
  transposeB: number,
  m: number,
  n: number,
  k: number,
  alpha: number,
  a: number,
  lda: number,
  b: number,
  ldb: number,
  beta: number,
  c: number,
  ldc: number,
) => void;

export interface BlasLibrary {
  /** With version and kind of core, as it stands in the fingerprint: `OpenBLAS 0.3.21 SkylakeX`. */
  readonly name: string;
  readonly sgemm: Sgemm;
  /** Machine address of the first byte of a shared memory. */
  addressOf(memory: WebAssembly.Memory): number;
}

type Koffi = typeof import('koffi');
type Library = ReturnType<Koffi['load']>;

/** Names that the system's loader resolves, then where distributions put the library without telling the loader. */
const OPENBLAS_NAMES: readonly string[] =
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
const ACCELERATE = '/System/Library/Frameworks/Accelerate.framework/Accelerate';

/** The library, or why there is none. Looked for once a thread. */
export function findBlas(): BlasLibrary | { readonly missing: string } {
  found ??= look();
  return found;
}
let found: ReturnType<typeof findBlas> | undefined;

function look(): ReturnType<typeof findBlas> {
  let koffi: Koffi;
  try {
    koffi = createRequire(import.meta.url)('koffi') as Koffi;
  } catch (error) {
    return { missing: `koffi does not load (${reasonOf(error)})` };
  }
  const refusals: string[] = [];
  const candidates = [
    ...(platform() === 'darwin' ? [() => accelerate(koffi)] : []),
    ...OPENBLAS_NAMES.map((name) => () => openBlas(koffi, name)),
  ];
  for (const candidate of candidates) {
    try {
      return candidate();
    } catch (error) {
      refusals.push(reasonOf(error));
    }
  }
  return { missing: refusals[0] ?? `no library is known for ${platform()}` };
}

function openBlas(koffi: Koffi, path: string): BlasLibrary {
  const library = koffi.load(path);
  const config = String(library.func('openblas_get_config', 'str', [])());
  if (config.includes('USE64BITINT')) throw new Error(`${path}: expected 32-bit integers, got ${config}`);
  const version = /OpenBLAS (\S+)/.exec(config)?.[1] ?? config;
  const core = String(library.func('openblas_get_corename', 'str', [])());
  // The engine does its own splitting. By call: an environment variable set inside a worker comes too late.
  library.func('openblas_set_num_threads', 'void', ['int'])(1);
  return bind(koffi, library, `OpenBLAS ${version} ${core}`);
}

/** Accelerate belongs to the system, and so its version is the system's. */
function accelerate(koffi: Koffi): BlasLibrary {
  return bind(koffi, koffi.load(ACCELERATE), `Accelerate of ${platform()} ${release()} ${arch()}`);
}

function bind(koffi: Koffi, library: Library, name: string): BlasLibrary {
  // Addresses pass as integers of a pointer's size: the same registers, and a plain number converts fastest.
  const [int, float, pointer] = ['int', 'float', 'uintptr_t'];
  const types = [int, int, int, int, int, int, float, pointer, int, pointer, int, float, pointer, int];
  const sgemm: Sgemm = library.func('cblas_sgemm', 'void', types);
  return { name, sgemm, addressOf: ({ buffer }) => Number(koffi.address(new Uint8Array(buffer))) };
}

const reasonOf = (error: unknown) => (error instanceof Error ? error.message.split('\n')[0]! : String(error));
