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

export interface PlacedProgram {
  readonly calls: readonly KernelCall[];
  placementOf(name: Pointer): Placement;
  /** Past the last byte of any buffer. */
  readonly end: Pointer;
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

  /** Places every buffer from `start` on. The host writes `input` before the first call and reads `outputs` after the last. */
  place(
    calls: readonly KernelCall[],
    { start, input, outputs }: { start: Pointer; input: Pointer; outputs: readonly Pointer[] },
  ): PlacedProgram {
    calls.forEach(({ args }, index) => {
      for (const arg of args) {
        const buffer = this.#bufferAt(arg);
        if (buffer === undefined) continue;
        buffer.first = Math.min(buffer.first, index);
        buffer.last = index;
      }
    });
    this.#bufferAt(input)!.first = -1;
    for (const output of outputs) this.#bufferAt(output)!.last = calls.length;

    const placeOf = (arg: number): number => {
      const buffer = this.#bufferAt(arg);
      return buffer === undefined ? arg : buffer.place + (arg - buffer.name);
    };
    return {
      end: fit(this.#buffers, start),
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
 * Greedy by size (Pisarchyk and Lee, "Efficient memory management for deep neural net inference", 2020): the largest buffer
 * first, each at the lowest place where no buffer that lives at the same time lies already. Returns the end.
 */
function fit(buffers: readonly Buffer[], start: Pointer): Pointer {
  let end = start;
  const placed: Buffer[] = []; // by place
  for (const buffer of [...buffers].sort((a, b) => b.bytes - a.bytes || a.name - b.name)) {
    buffer.place = Math.ceil(start / ALIGN_BYTES) * ALIGN_BYTES;
    for (const other of placed) {
      if (other.place >= buffer.place + buffer.bytes) break;
      const together = buffer.first <= other.last && other.first <= buffer.last;
      if (together) buffer.place = Math.max(buffer.place, other.place + other.bytes);
    }
    const after = placed.findIndex(({ place }) => place > buffer.place);
    placed.splice(after === -1 ? placed.length : after, 0, buffer);
    end = Math.max(end, buffer.place + buffer.bytes);
  }
  return end;
}
