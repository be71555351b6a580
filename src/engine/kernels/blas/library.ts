/**
 * Finds a library of matrix products on this machine and binds it by koffi, so that installing needs no compiler. A library
 * that cannot say its version is left alone: what it computes could not be pinned in a fingerprint.
 */
import { createRequire } from 'node:module';
import { platform } from 'node:os';
import { accelerate, openBlas } from './cblas.js';
import { oneDnn } from './onednn.js';

/** `C = op(A) · op(B) + beta · C`, row-major; matrices by machine address, leading dimensions in elements. */
export type Product = (
  m: number,
  n: number,
  k: number,
  a: number,
  lda: number,
  b: number,
  ldb: number,
  c: number,
  ldc: number,
  beta: 0 | 1,
) => void;

export interface BlasLibrary {
  /** With version and kind of core, as it stands in the fingerprint: `OpenBLAS 0.3.21 SkylakeX`. */
  readonly name: string;
  product(transposeA: boolean, transposeB: boolean): Product;
  /** Machine address of the first byte of a shared memory. */
  addressOf(memory: WebAssembly.Memory): number;
}

export type Koffi = typeof import('koffi');
/** Binds the library, set to compute on the thread that calls. Throws where it is not there or cannot be used. */
export type Binder = (koffi: Koffi) => Omit<BlasLibrary, 'addressOf'>;

export const blasNames = ['onednn', 'openblas', 'accelerate'] as const;
export type BlasName = (typeof blasNames)[number];

/** The ways to each library, the likeliest first. */
const binders: Readonly<Record<BlasName, readonly Binder[]>> = {
  onednn: oneDnn,
  openblas: openBlas,
  accelerate: platform() === 'darwin' ? [accelerate] : [],
};

/**
 * Which is taken where several are there. oneDNN's products are a tenth faster than OpenBLAS's in the shapes of training
 * steps, and lose less where they are cut for threads: measured by bench/gemm.ts.
 */
const preferred: readonly BlasName[] = ['accelerate', 'onednn', 'openblas'];

export type FoundBlas = { readonly id: BlasName; readonly library: BlasLibrary } | { readonly missing: string };

/** The library, or why there is none: the one of that name, else the best there is. Looked for once a thread. */
export function findBlas(name?: BlasName): FoundBlas {
  const names = name === undefined ? preferred : [name];
  const looked = names.map(lookOnce);
  const found = looked.find((result) => !('missing' in result));
  return found ?? { missing: looked.map((result) => ('missing' in result ? result.missing : '')).join('; ') };
}

const results = new Map<BlasName, FoundBlas>();

function lookOnce(id: BlasName): FoundBlas {
  const known = results.get(id);
  if (known !== undefined) return known;
  const result = look(id);
  results.set(id, result);
  return result;
}

function look(id: BlasName): FoundBlas {
  let koffi: Koffi;
  try {
    koffi = createRequire(import.meta.url)('koffi') as Koffi;
  } catch (error) {
    return { missing: `koffi does not load (${reasonOf(error)})` };
  }
  const refusals: string[] = [];
  for (const bind of binders[id]) {
    try {
      const library = { ...bind(koffi), addressOf: addressIn(koffi) };
      return { id, library };
    } catch (error) {
      refusals.push(reasonOf(error));
    }
  }
  return { missing: `${id}: ${refusals[0] ?? `not known for ${platform()}`}` };
}

const addressIn =
  (koffi: Koffi): BlasLibrary['addressOf'] =>
  ({ buffer }) =>
    Number(koffi.address(new Uint8Array(buffer)));

const reasonOf = (error: unknown) => (error instanceof Error ? error.message.split('\n')[0]! : String(error));
