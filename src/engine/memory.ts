/**
 * The engine's one memory: a shared WebAssembly.Memory of planned size, and the typed-array views over all of it.
 * It never grows, since growing would detach what the views and the kernels hold. Offsets are unsigned 32-bit bytes.
 */
import { EngineError } from './errors.js';
import type { Pointer } from './kernels/kernels.js';

export const PAGE_BYTES = 65_536;

/** A wasm32 memory ends at 4 GiB. */
const MAX_PAGES = 65_536;
export const MAX_BYTES = MAX_PAGES * PAGE_BYTES;

/** The first bytes hold the constants of the kernels' module, and keep 0 free to mean "no buffer". */
export const RESERVED_BYTES = 8192;

/** A memory and its views; a buffer at pointer p starts at `f32[p >>> 2]`, `f64[p >>> 3]`, `u8[p]`. */
export interface EngineMemory {
  readonly memory: WebAssembly.Memory;
  readonly f32: Float32Array;
  readonly f64: Float64Array;
  readonly i32: Int32Array;
  readonly u32: Uint32Array;
  readonly u8: Uint8Array;
}

/** Pages that hold `bytes`; throws `exceeds_engine_memory` beyond what 32-bit offsets can reach. */
export function pagesFor(bytes: number): number {
  const pages = Math.ceil(bytes / PAGE_BYTES);
  if (!(pages <= MAX_PAGES)) {
    throw new EngineError(
      'exceeds_engine_memory',
      `memory: ${bytes} bytes planned, at most ${MAX_BYTES} can be addressed`,
      { expected: `at most ${MAX_BYTES} bytes`, got: `${bytes} bytes` },
    );
  }
  return pages;
}

/** A zeroed memory of at least `bytes`; the system commits its pages only when they are touched. */
export function createMemory(bytes: number): EngineMemory {
  const pages = pagesFor(bytes);
  return viewMemory(new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true }));
}

/** Views over a memory made elsewhere, such as by the thread that planned the run. */
export function viewMemory(memory: WebAssembly.Memory): EngineMemory {
  const { buffer } = memory;
  return {
    memory,
    f32: new Float32Array(buffer),
    f64: new Float64Array(buffer),
    i32: new Int32Array(buffer),
    u32: new Uint32Array(buffer),
    u8: new Uint8Array(buffer),
  };
}

/** A named place in a layout, for plans that list their buffers. */
export interface Region {
  readonly name: string;
  readonly pointer: Pointer;
  readonly bytes: number;
}

/**
 * Hands out offsets one after the other. It only counts, so a plan may go past what a memory can hold (sizes are exact
 * up to 2⁵³ bytes) and still report its bytes; making the memory is what refuses.
 */
export class Layout {
  readonly regions: Region[] = [];
  #bytes: number;

  /** `start` lets several layouts share what lies below it: one arena, a program for each batch shape. */
  constructor(start = RESERVED_BYTES) {
    this.#bytes = start;
  }

  /** Bytes from 0 to the end of the last region. */
  get bytes(): number {
    return this.#bytes;
  }

  reserve(name: string, bytes: number, align = 64): Pointer {
    const pointer = Math.ceil(this.#bytes / align) * align;
    this.#bytes = pointer + bytes;
    this.regions.push({ name, pointer, bytes });
    return pointer;
  }
}
