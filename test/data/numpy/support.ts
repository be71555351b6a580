/** Arrays of NumPy, made for the tests. */
import { zip } from '../archives/support.js';

/** An array of bytes, as NumPy writes it. */
export function npy(shape: readonly number[], data: readonly number[] | Uint8Array, type = '|u1'): Buffer {
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const text = `{'descr': '${type}', 'fortran_order': False, 'shape': (${sizes}), }`.padEnd(117);
  return Buffer.concat([
    Buffer.from('\x93NUMPY\x01\x00\x76\x00', 'latin1'),
    Buffer.from(`${text}\n`),
    Uint8Array.from(data),
  ]);
}
/** An archive of arrays. */
export const npz = (arrays: Record<string, Buffer>): Buffer =>
  zip(Object.entries(arrays).map(([name, content]) => ({ name: `${name}.npy`, content })));
