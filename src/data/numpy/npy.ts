/**
 * One NumPy array (numpy.lib.format): the magic, a version, the header's length and the header, a Python dictionary that is
 * matched and never evaluated, then the elements. What it says is held to the bytes that there are before it is believed.
 */
import { DataError } from '../errors.js';

export interface NpyArray {
  shape: number[];
  /** Whether the elements are uint8. */
  ofBytes: boolean;
  /** Element by its index in row-major order, whatever the order in the file. */
  at(index: number): number;
}

/** What the arrays of one dataset are for. */
export interface Arrays {
  x: NpyArray;
  y?: NpyArray;
  testX?: NpyArray;
  testY?: NpyArray;
}

type Read = (view: DataView, offset: number, littleEndian: boolean) => number;

/** By NumPy's kind and size. Integers of 64 bits that no double holds are rounded. */
const readers: Readonly<Record<string, Read>> = {
  b1: (view, offset) => Number(view.getUint8(offset) !== 0),
  u1: (view, offset) => view.getUint8(offset),
  i1: (view, offset) => view.getInt8(offset),
  u2: (view, offset, little) => view.getUint16(offset, little),
  i2: (view, offset, little) => view.getInt16(offset, little),
  u4: (view, offset, little) => view.getUint32(offset, little),
  i4: (view, offset, little) => view.getInt32(offset, little),
  u8: (view, offset, little) => Number(view.getBigUint64(offset, little)),
  i8: (view, offset, little) => Number(view.getBigInt64(offset, little)),
  f4: (view, offset, little) => view.getFloat32(offset, little),
  f8: (view, offset, little) => view.getFloat64(offset, little),
};

const header =
  /^\{'descr': '([<>|=])([a-zA-Z]\d*)', 'fortran_order': (True|False), 'shape': \(((?:\d{1,15}(?:, ?|(?=\))))*)\),? ?\} *\n?$/;
const magic = '\x93NUMPY';

/** `name` is the array's, for messages; null where the file is one. Throws `invalid_numpy`. */
export function readNpy(content: Buffer, name: string | null): NpyArray {
  const start = content.toString('latin1', 0, 8);
  if (!start.startsWith(magic) || start.length < 8)
    throw invalidArray(name, 'a NumPy array', 'other bytes at offset 0');
  const [lengthBytes, encoding] = content[6] === 1 ? ([2, 'latin1'] as const) : ([4, 'utf8'] as const);
  const headerStart = 8 + lengthBytes;
  if (content.length < headerStart) throw invalidArray(name, 'a whole header', `${content.length} bytes`);
  const dataStart = headerStart + content.readUIntLE(8, lengthBytes);
  const text = content.toString(encoding, headerStart, Math.min(dataStart, headerStart + 10_000));
  const match = header.exec(text);
  if (!match) throw invalidArray(name, 'a header of one type and a shape', text.trim().slice(0, 200));
  const [, order, kind = '', fortran, sizes = ''] = match;
  const read = readers[kind];
  if (!read)
    throw invalidArray(name, 'numbers or booleans', `dtype ${order}${kind}${kind === 'O' ? ' (objects)' : ''}`);
  const shape = sizes
    .split(',')
    .filter((size) => size.trim() !== '')
    .map(Number);
  const bytes = Number(kind.slice(1));
  const expected = shape.reduce((product, size) => product * size, bytes);
  const got = content.length - dataStart;
  if (got !== expected) throw invalidArray(name, `${expected} bytes for [${shape.join(', ')}]`, got);
  const view = new DataView(content.buffer, content.byteOffset + dataStart, got);
  const little = order !== '>';
  const place = fortran === 'True' ? columnMajor(shape) : (index: number) => index;
  return { shape, ofBytes: kind === 'u1', at: (index) => read(view, bytes * place(index), little) };
}

/** Where the element of a row-major index stands when the first index runs fastest. */
function columnMajor(shape: readonly number[]): (index: number) => number {
  const strides = shape.map((_, axis) => shape.slice(0, axis).reduce((product, size) => product * size, 1));
  return (index) => {
    let [rest, place] = [index, 0];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const size = shape[axis]!;
      place += (rest % size) * strides[axis]!;
      rest = Math.floor(rest / size);
    }
    return place;
  };
}

export function invalidArray(name: string | null, expected: string, got: unknown): DataError {
  const where = name === null ? 'the array' : `array "${name}"`;
  return new DataError('invalid_numpy', `${where}: expected ${expected}, got ${got}`, {
    ...(name !== null && { entry: name }),
    ...{ expected, got },
  });
}

export const shapeOf = ({ shape }: NpyArray): string => `[${shape.join(', ')}]`;
