/** The safetensors container: deterministic, aligned, and not to be fooled. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decodeSafetensors, encodeSafetensors, readHeader, type Tensor } from '../../src/engine/safetensors.js';

const tensors: readonly Tensor[] = [
  { name: 'u8', dtype: 'U8', shape: [3], data: Uint8Array.of(1, 2, 255) },
  { name: 'flags', dtype: 'BOOL', shape: [2], data: Uint8Array.of(0, 1) },
  { name: 'f32', dtype: 'F32', shape: [2, 2], data: Float32Array.of(1.5, -0, Number.NaN, Number.POSITIVE_INFINITY) },
  { name: 'f64', dtype: 'F64', shape: [], data: Float64Array.of(Math.PI) },
  { name: 'i32', dtype: 'I32', shape: [1], data: Int32Array.of(-7) },
  { name: 'i64', dtype: 'I64', shape: [1], data: BigInt64Array.of(-(2n ** 62n)) },
  { name: '__proto__', dtype: 'F32', shape: [0, 4], data: new Float32Array() },
];
const metadata = { b: 'zwei', a: 'eins', __proto__: null } as unknown as Record<string, string>;

/** A file of the given header and `size` bytes of data. */
function file(header: unknown, size = 0, claimed?: bigint): Uint8Array {
  const json = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + json.length + size);
  new DataView(bytes.buffer).setBigUint64(0, claimed ?? BigInt(json.length), true);
  bytes.set(json, 8);
  return bytes;
}
const entry = (shape: unknown, offsets: unknown, dtype: unknown = 'F32') => ({ dtype, shape, data_offsets: offsets });

describe('safetensors', () => {
  it('gives back every type bit for bit, whatever the alignment of the bytes', () => {
    const bytes = encodeSafetensors(tensors, metadata);
    for (const shift of [0, 1, 4]) {
      const shifted = new Uint8Array(bytes.length + shift).subarray(shift);
      shifted.set(bytes);
      const decoded = decodeSafetensors(shifted);
      assert.deepEqual({ ...decoded.metadata }, { a: 'eins', b: 'zwei' });
      assert.equal(decoded.tensors.size, tensors.length);
      for (const { name, dtype, shape, data } of tensors) {
        assert.deepEqual(decoded.tensors.get(name), { name, dtype, shape, data });
      }
    }
  });

  it('equal tensors in any order give equal bytes; each begins at a multiple of its element, behind a header of 8 k bytes', () => {
    const bytes = encodeSafetensors(tensors, metadata);
    assert.deepEqual(encodeSafetensors(tensors.toReversed(), { a: 'eins', b: 'zwei' }), bytes);
    const { entries, dataStart } = readHeader(bytes);
    assert.equal(dataStart % 8, 0);
    for (const { name, offsets } of entries) {
      assert.equal(offsets[0] % tensors.find((tensor) => tensor.name === name)!.data.BYTES_PER_ELEMENT, 0, name);
    }
    assert.equal(decodeSafetensors(bytes).tensors.get('f32')!.data.buffer, bytes.buffer); // a view, not a copy
  });

  it('refuses a file cut at any byte, and one with a byte too many', () => {
    const bytes = encodeSafetensors(tensors, metadata);
    for (let length = 0; length < bytes.length; length++) {
      assert.throws(
        () => decodeSafetensors(bytes.subarray(0, length)),
        { code: 'invalid_safetensors' },
        `${length} bytes`,
      );
    }
    assert.throws(() => decodeSafetensors(Uint8Array.of(...bytes, 0)), { code: 'invalid_safetensors' });
  });

  it('refuses headers that lie, each with its reason', () => {
    const lies: [Uint8Array, RegExp][] = [
      [file({}, 0, 100_000_001n), /at most 100000000/],
      [file({}, 0, 2n ** 63n), /at most 100000000/],
      [file('{"a":'), /not JSON/],
      [file('[]'), /not an object/],
      [file({ a: null }), /not an object/],
      [file({ __metadata__: { a: 1 } }), /expected a string/],
      [file({ a: entry([1], [0, 4], 'C64') }, 4), /unknown dtype/],
      [file({ a: entry([1], [0, 4], 'toString') }, 4), /unknown dtype/],
      [file({ a: entry([-1], [0, 4]) }, 4), /list of sizes/],
      [file({ a: entry([2 ** 53, 4], [0, 4]) }, 4), /list of sizes/],
      [file({ a: entry([2], [0, 4]) }, 4), /takes 8 bytes, got 4/],
      [file({ a: entry([1], [4, 0]) }, 4), /takes 4 bytes, got -4/],
      [file({ a: entry([1], [0]) }, 4), /pair of offsets/],
      [file({ a: entry([1], [0, 4]), b: entry([1], [2, 6]) }, 6), /overlaps/],
      [file({ a: entry([1], [0, 4]), b: entry([1], [8, 12]) }, 12), /gap/],
    ];
    for (const [bytes, message] of lies)
      assert.throws(() => decodeSafetensors(bytes), { code: 'invalid_safetensors', message });
  });

  it('refuses to write a shape that does not hold the data, and a name twice', () => {
    const tensor: Tensor = { name: 'a', dtype: 'F32', shape: [2], data: new Float32Array(3) };
    assert.throws(() => encodeSafetensors([tensor]), {
      code: 'invalid_safetensors',
      message: /holds 2 elements, got 3/,
    });
    const twice: Tensor = { ...tensor, shape: [3] };
    assert.throws(() => encodeSafetensors([twice, twice]), { code: 'invalid_safetensors', message: /twice/ });
  });
});
