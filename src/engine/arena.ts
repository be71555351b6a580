/**
 * Where a program's buffers lie. While its calls are emitted a buffer has only a name, an address that no memory reaches;
 * once the last call is known, each is given a place, and buffers that never live at once share their bytes.
 */
import type { KernelCall } from './call.js';
import type { Pointer } from './kernels/kernels.js';

/** Beyond every pointer, count and hyperparameter, so that a buffer is known by the address alone wherever a call names it. */
const NAMES_START = 2 ** 52;
const ALIGN_BYTES = 64;

interface Buffer {
  readonly name: Pointer;
  readonly bytes: number;
  /** First and last call that names it; outside of the list for what the host writes before, or reads after. */
  first: number;
  last: number;
  place: Pointer;
}

/** A buffer as it was placed: its bytes are its own from call `first` to call `last`. */
export interface Placement {
  readonly pointer: Pointer;
  readonly first: number;
  readonly last: number;
}

/** Where a program's buffers lie, in the order in which they were reserved, and how much there is of each. */
export type Frame = readonly { readonly place: Pointer; readonly bytes: number }[];

export interface PlacedProgram {
  readonly calls: readonly KernelCall[];
  placementOf(name: Pointer): Placement;
  /** For programs that name the same buffers in the same order, none of them larger. */
  readonly frame: Frame;
  /** Past the last byte of any buffer. */
  readonly end: Pointer;
}

export interface PlaceOptions {
  /** Where the first buffer may lie; or the frame of a program in whose places all of them fit. */
  readonly at: Pointer | Frame;
  /** The host writes them before the first call … */
  readonly inputs: readonly Pointer[];
  /** … and reads these after the last. */
  readonly outputs: readonly Pointer[];
  /** These it may read before call `until`. */
  readonly kept: { readonly buffers: readonly Pointer[]; readonly until: number };
}

export class Arena {
  readonly #buffers: Buffer[] = [];
  #end = NAMES_START;

  /** A name; addresses inside of the buffer are named by adding to it. */
  reserve(bytes: number): Pointer {
    const name = this.#end;
    this.#end += Math.max(1, Math.ceil(bytes / ALIGN_BYTES)) * ALIGN_BYTES;
    this.#buffers.push({ name, bytes: this.#end - name, first: Number.POSITIVE_INFINITY, last: -1, place: 0 });
    return name;
  }

  /** Gives every buffer its place. */
  place(calls: readonly KernelCall[], { at, inputs, outputs, kept }: PlaceOptions): PlacedProgram {
    calls.forEach(({ args }, index) => {
      for (const arg of args) {
        const buffer = this.#bufferAt(arg);
        if (buffer === undefined) continue;
        buffer.first = Math.min(buffer.first, index);
        buffer.last = index;
      }
    });
    for (const input of inputs) this.#bufferAt(input)!.first = -1;
    for (const output of outputs) this.#bufferAt(output)!.last = calls.length;
    for (const name of kept.buffers) {
      const buffer = this.#bufferAt(name)!;
      buffer.last = Math.max(buffer.last, kept.until - 1);
    }

    const placeOf = (arg: number): number => {
      const buffer = this.#bufferAt(arg);
      return buffer === undefined ? arg : buffer.place + (arg - buffer.name);
    };
    return {
      end: typeof at === 'number' ? fit(this.#buffers, at) : copyPlaces(this.#buffers, at),
      frame: this.#buffers,
      calls: calls.map((call) => ({ ...call, args: call.args.map(placeOf) as KernelCall['args'] })),
      placementOf: (name) => {
        const { place: pointer, first, last } = this.#bufferAt(name)!;
        return { pointer, first, last };
      },
    };
  }

  /** The buffer that holds the named address, if it is one. By halving: names ascend. */
  #bufferAt(name: number): Buffer | undefined {
    if (!(name >= NAMES_START && name < this.#end)) return undefined;
    let [low, high] = [0, this.#buffers.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#buffers[middle]!.name <= name) low = middle;
      else high = middle - 1;
    }
    return this.#buffers[low];
  }
}

/**
 * The places of a program for more rows, whose buffers live and die in the same order. A fit of their own could end higher,
 * though every buffer is smaller (first fit is not monotone), and what was planned would not hold it. Returns the end.
 */
function copyPlaces(buffers: readonly Buffer[], frame: Frame): Pointer {
  let end = 0;
  for (const [index, buffer] of buffers.entries()) {
    const { place, bytes } = frame[index] ?? { place: 0, bytes: 0 };
    if (buffer.bytes > bytes) throw new TypeError(`buffer ${index}: ${buffer.bytes} bytes in a place of ${bytes}`);
    buffer.place = place;
    end = Math.max(end, place + buffer.bytes);
  }
  return end;
}

/**
 * In the order of time, each buffer at the lowest place that is free (first fit, as Knuth has it, 1968), in time that grows
 * with the number of buffers. Taking the largest first instead, whatever its time, ends 2 % lower on the models of
 * bench/workloads.ts, and takes seconds for a model of a thousand layers. Returns the end.
 */
function fit(buffers: readonly Buffer[], start: Pointer): Pointer {
  const bottom = Math.ceil(start / ALIGN_BYTES) * ALIGN_BYTES;
  for (const buffer of buffers) buffer.place = bottom; // which is as good as any for those that no call names
  const alive = buffers.filter(({ first, last }) => first <= last);
  const beginning = [...alive].sort((a, b) => a.first - b.first || b.bytes - a.bytes || a.name - b.name);
  const ending = [...alive].sort((a, b) => a.last - b.last);
  const free = new FreeBytes(bottom);
  let ended = 0;
  for (const buffer of beginning) {
    for (let other = ending[ended]!; other.last < buffer.first; other = ending[++ended]!) free.give(other);
    buffer.place = free.take(buffer.bytes);
  }
  return free.end;
}

/** What is not taken: gaps in the order of their places, no two of them side by side, and everything from `end` on. */
class FreeBytes {
  readonly #gaps: { place: Pointer; bytes: number }[] = [];
  #top: Pointer;
  /** Past the last byte that was ever taken. */
  end: Pointer;

  constructor(start: Pointer) {
    this.#top = start;
    this.end = start;
  }

  take(bytes: number): Pointer {
    const index = this.#gaps.findIndex((gap) => gap.bytes >= bytes);
    const gap = this.#gaps[index];
    if (gap === undefined) {
      const place = this.#top;
      this.#top += bytes;
      this.end = Math.max(this.end, this.#top);
      return place;
    }
    const { place } = gap;
    gap.place += bytes;
    gap.bytes -= bytes;
    if (gap.bytes === 0) this.#gaps.splice(index, 1);
    return place;
  }

  give({ place, bytes }: { place: Pointer; bytes: number }): void {
    const gaps = this.#gaps;
    const above = gaps.findIndex((gap) => gap.place > place);
    const index = above === -1 ? gaps.length : above;
    gaps.splice(index, 0, { place, bytes });
    this.#join(index);
    this.#join(index - 1);
    const last = gaps.at(-1)!;
    if (last.place + last.bytes < this.#top) return;
    this.#top = last.place;
    gaps.pop();
  }

  /** Makes one gap of two that touch. */
  #join(index: number): void {
    const [gap, next] = [this.#gaps[index], this.#gaps[index + 1]];
    if (gap === undefined || next === undefined || gap.place + gap.bytes < next.place) return;
    gap.bytes += next.bytes;
    this.#gaps.splice(index + 1, 1);
  }
}
