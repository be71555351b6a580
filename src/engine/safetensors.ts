/**
 * The safetensors container: named tensors and string metadata in one file. Layout: the header's length as a
 * little-endian u64, the header as JSON, padded with spaces to 8 bytes, then the tensors' bytes. Encoding is
 * deterministic (names sorted, larger elements first so that every tensor is aligned); decoding trusts nothing it reads.
 */
import { EngineError } from './errors.js';
import { elementsOf } from './shape.js';

const tensorTypes = {
  F64: Float64Array,
  I64: BigInt64Array,
  F32: Float32Array,
  I32: Int32Array,
  F16: Uint16Array,
  BF16: Uint16Array,
  U8: Uint8Array,
  BOOL: Uint8Array,
} as const;

type TensorType = keyof typeof tensorTypes;

interface DataOf {
  F64: Float64Array;
  I64: BigInt64Array;
  F32: Float32Array;
  I32: Int32Array;
  /** Its bits, as those of BF16. */
  F16: Uint16Array;
  BF16: Uint16Array;
  U8: Uint8Array;
  /** A byte a value. */
  BOOL: Uint8Array;
}
type TensorData = DataOf[TensorType];

export type Tensor = {
  [Type in TensorType]: {
    readonly name: string;
    readonly dtype: Type;
    readonly shape: readonly number[];
    readonly data: DataOf[Type];
  };
}[TensorType];

export interface TensorEntry {
  readonly name: string;
  readonly dtype: TensorType;
  readonly shape: readonly number[];
  /** First and past-the-last byte, counted from the end of the header. */
  readonly offsets: readonly [begin: number, end: number];
}

export interface SafetensorsHeader {
  readonly metadata: Readonly<Record<string, string>>;
  /** In the order of their bytes. */
  readonly entries: readonly TensorEntry[];
  /** Where the tensors' bytes begin. */
  readonly dataStart: number;
}

export interface Safetensors {
  readonly metadata: Readonly<Record<string, string>>;
  readonly tensors: ReadonlyMap<string, Tensor>;
}

const LENGTH_BYTES = 8;
/** The format's own limit. */
export const MAX_HEADER_BYTES = 100_000_000;
const METADATA_KEY = '__metadata__';

const invalid = (message: string, details: { expected?: unknown; got?: unknown } = {}) =>
  new EngineError('invalid_safetensors', `safetensors: ${message}`, details);

const elementBytes = ({ dtype }: Pick<TensorEntry, 'dtype'>): number => tensorTypes[dtype].BYTES_PER_ELEMENT;
const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Bytes of a file; the same tensors and metadata, in any order, give the same bytes. */
export function encodeSafetensors(
  tensors: readonly Tensor[],
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  const ordered = tensors.toSorted((a, b) => elementBytes(b) - elementBytes(a) || byCodeUnit(a.name, b.name));
  const header = encodeHeader(ordered, metadata);
  const bytes = new Uint8Array(ordered.reduce((sum, { data }) => sum + data.byteLength, header.length));
  bytes.set(header);
  let position = header.length;
  for (const { name, shape, data } of ordered) {
    const elements = elementsOf(shape);
    if (elements !== data.length) {
      throw invalid(`tensor ${name}: shape [${shape.join(', ')}] holds ${elements} elements, got ${data.length}`, {
        expected: elements,
        got: data.length,
      });
    }
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), position);
    position += data.byteLength;
  }
  return bytes;
}

/** What stands before the tensors' bytes, which follow in the order given: larger elements first, lest any be misaligned. */
export function encodeHeader(
  tensors: readonly Pick<Tensor, 'name' | 'dtype' | 'shape'>[],
  metadata: Readonly<Record<string, string>>,
): Uint8Array<ArrayBuffer> {
  // [key, value] pairs, turned into an object without a prototype: a tensor may be called `__proto__`.
  const header: Record<string, unknown> = Object.create(null);
  header[METADATA_KEY] = Object.fromEntries(Object.entries(metadata).sort(([a], [b]) => byCodeUnit(a, b)));
  let end = 0;
  for (const tensor of tensors) {
    const { name, dtype, shape } = tensor;
    if (name in header) throw invalid(`tensor ${name} stands twice, or has the name of the metadata`);
    const begin = end;
    end += elementsOf(shape) * elementBytes(tensor);
    header[name] = { dtype, shape, data_offsets: [begin, end] };
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const headerBytes = Math.ceil(json.length / 8) * 8;
  const bytes = new Uint8Array(LENGTH_BYTES + headerBytes).fill(0x20);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerBytes), true);
  bytes.set(json, LENGTH_BYTES);
  return bytes;
}

/** The header alone; `bytes` need not hold the tensors. Throws `invalid_safetensors`. */
export function readHeader(bytes: Uint8Array): SafetensorsHeader {
  if (bytes.length < LENGTH_BYTES) throw invalid(`expected at least ${LENGTH_BYTES} bytes, got ${bytes.length}`);
  const length = new DataView(bytes.buffer, bytes.byteOffset, LENGTH_BYTES).getBigUint64(0, true);
  if (length > MAX_HEADER_BYTES) {
    throw invalid(`header of ${length} bytes, at most ${MAX_HEADER_BYTES} are allowed`, {
      expected: MAX_HEADER_BYTES,
      got: String(length),
    });
  }
  const dataStart = LENGTH_BYTES + Number(length);
  if (bytes.length < dataStart) {
    throw invalid(`truncated header: expected ${dataStart} bytes, got ${bytes.length}`, {
      expected: dataStart,
      got: bytes.length,
    });
  }
  const header = parseHeader(bytes.subarray(LENGTH_BYTES, dataStart));
  const metadata = parseMetadata(header.get(METADATA_KEY));
  const entries = [...header]
    .filter(([name]) => name !== METADATA_KEY)
    .map(([name, entry]) => parseEntry(name, entry))
    .sort((a, b) => a.offsets[0] - b.offsets[0] || a.offsets[1] - b.offsets[1]);
  let end = 0;
  for (const { name, offsets } of entries) {
    if (offsets[0] !== end) {
      const relation = offsets[0] < end ? 'overlaps the one before' : 'leaves a gap before it';
      throw invalid(`tensor ${name} ${relation}: expected to begin at ${end}, got ${offsets[0]}`, {
        expected: end,
        got: offsets[0],
      });
    }
    end = offsets[1];
  }
  return { metadata, entries, dataStart };
}

/** Throws `invalid_safetensors` where the file has not the bytes that its header says. */
export function checkLength({ entries, dataStart }: SafetensorsHeader, got: number): void {
  const expected = dataStart + (entries.at(-1)?.offsets[1] ?? 0);
  if (got !== expected) throw invalid(`expected ${expected} bytes in all, got ${got}`, { expected, got });
}

/**
 * Every tensor of a file. A tensor's data is a view of `bytes` where its position is a multiple of its element's size,
 * else a copy. Throws `invalid_safetensors`.
 */
export function decodeSafetensors(bytes: Uint8Array): Safetensors {
  const header = readHeader(bytes);
  checkLength(header, bytes.length);
  const { metadata, entries, dataStart } = header;
  const tensors = new Map(
    entries.map(({ name, dtype, shape, offsets: [begin, end] }) => {
      const data = viewAs(dtype, bytes.subarray(dataStart + begin, dataStart + end));
      return [name, { name, dtype, shape, data } as Tensor];
    }),
  );
  return { metadata, tensors };
}

function viewAs(dtype: TensorType, bytes: Uint8Array): TensorData {
  const size = elementBytes({ dtype });
  const Data: new (buffer: ArrayBufferLike, offset: number, length: number) => TensorData = tensorTypes[dtype];
  const aligned = bytes.byteOffset % size === 0 ? bytes : bytes.slice();
  return new Data(aligned.buffer, aligned.byteOffset, aligned.byteLength / size);
}

/** The header's fields as a Map: keys come from outside, and one may be `__proto__`. */
function parseHeader(json: Uint8Array): Map<string, unknown> {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(json));
  } catch (error) {
    throw invalid(`the header is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!isObject(header)) throw invalid('the header is not an object');
  return new Map(Object.entries(header));
}

function parseMetadata(metadata: unknown = {}): Record<string, string> {
  if (!isObject(metadata)) throw invalid(`${METADATA_KEY} is not an object`);
  const pairs = Object.entries(metadata).map(([key, value]): [string, string] => {
    if (typeof value !== 'string') throw invalid(`${METADATA_KEY}.${key}: expected a string, got ${typeof value}`);
    return [key, value];
  });
  return Object.fromEntries(pairs);
}

function parseEntry(name: string, entry: unknown): TensorEntry {
  if (!isObject(entry)) throw invalid(`tensor ${name} is not an object`);
  const { dtype, shape, data_offsets: offsets } = entry as { dtype?: unknown; shape?: unknown; data_offsets?: unknown };
  if (!isTensorType(dtype))
    throw invalid(`tensor ${name}: unknown dtype`, { expected: Object.keys(tensorTypes), got: dtype });
  if (!isCounts(shape)) throw invalid(`tensor ${name}: the shape is not a list of sizes`, { got: shape });
  if (!isCounts(offsets) || offsets.length !== 2) throw invalid(`tensor ${name}: no pair of offsets`, { got: offsets });
  const [begin, end] = [offsets[0]!, offsets[1]!];
  const expected = elementsOf(shape) * tensorTypes[dtype].BYTES_PER_ELEMENT;
  if (end - begin !== expected) {
    throw invalid(`tensor ${name}: ${dtype} [${shape.join(', ')}] takes ${expected} bytes, got ${end - begin}`, {
      expected,
      got: end - begin,
    });
  }
  return { name, dtype, shape, offsets: [begin, end] };
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isTensorType = (value: unknown): value is TensorType =>
  typeof value === 'string' && Object.hasOwn(tensorTypes, value);

const isCounts = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
