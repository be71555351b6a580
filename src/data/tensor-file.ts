/**
 * A safetensors file that is never held whole: tensors are read, or ranges of them, when they are asked for. Reads are
 * synchronous: the threads that read it have nothing else to do.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { checkLength, readHeader, type TensorEntry } from '../engine/index.js';

type NumberArray = Float64Array | Int32Array | Uint8Array;
type Kind<Data> = (new (length: number) => Data) & { readonly BYTES_PER_ELEMENT: number; readonly name: string };

const kinds: Partial<Record<TensorEntry['dtype'], Kind<NumberArray>>> = {
  F64: Float64Array,
  I32: Int32Array,
  U8: Uint8Array,
};
/** One read takes less than 2 GiB on any system. */
const mostReadBytes = 2 ** 30;

export class TensorFile {
  readonly metadata: Readonly<Record<string, string>>;
  readonly #file: number;
  readonly #entries: ReadonlyMap<string, TensorEntry>;
  readonly #dataStart: number;

  /** Reads the header alone. Throws `invalid_safetensors` where the file is damaged or cut. */
  constructor(path: string) {
    this.#file = openSync(path, 'r');
    try {
      const { size } = fstatSync(this.#file);
      const lengthBytes = this.#readBytes(new Uint8Array(Math.min(size, 8)), 0);
      const headerBytes = size < 8 ? 0 : Number(new DataView(lengthBytes.buffer).getBigUint64(0, true));
      const header = readHeader(this.#readBytes(new Uint8Array(Math.min(size, 8 + headerBytes)), 0));
      checkLength(header, size);
      this.metadata = header.metadata;
      this.#entries = new Map(header.entries.map((entry) => [entry.name, entry]));
      this.#dataStart = header.dataStart;
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** Elements [from, to) of a tensor, counted over all its dimensions; the whole of it by default. */
  read<Data extends NumberArray>(name: string, Kind: Kind<Data>, from = 0, to?: number): Data {
    const entry = this.#entries.get(name);
    if (!entry || kinds[entry.dtype] !== (Kind as Kind<NumberArray>))
      throw new Error(`dataset file: expected a ${Kind.name} as tensor ${name}, got ${entry?.dtype ?? 'none'}`);
    const [begin, end] = entry.offsets;
    const bytes = Kind.BYTES_PER_ELEMENT;
    const last = to ?? (end - begin) / bytes;
    if (from < 0 || last < from || begin + last * bytes > end)
      throw new RangeError(`dataset file: tensor ${name} of [${entry.shape}] has no elements [${from}, ${last})`);
    const data = new Kind(last - from);
    this.#readBytes(new Uint8Array(data.buffer), this.#dataStart + begin + from * bytes);
    return data;
  }

  /** Nothing can be read any more. */
  close(): void {
    closeSync(this.#file);
  }

  #readBytes(into: Uint8Array, position: number): Uint8Array {
    for (let done = 0; done < into.length; ) {
      const length = Math.min(into.length - done, mostReadBytes);
      const read = readSync(this.#file, into, done, length, position + done);
      if (read === 0) throw new Error(`dataset file: it ends at ${position + done}`);
      done += read;
    }
    return into;
  }
}
