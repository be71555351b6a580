/** Uploaded weights: every floating-point type as float32, and files that lie about themselves refused before they cost anything. */
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { defaultLimits } from '../../../src/data/limits.js';
import { readWeights } from '../../../src/data/weights/read-weights.js';
import { decodeSafetensors, encodeSafetensors, type Tensor } from '../../../src/engine/index.js';
import { withFolder } from '../support.js';

/** What is stored of an upload of these bytes. */
const stored = (bytes: Uint8Array, limits = {}) =>
  withFolder(async (scratch) => {
    const path = join(scratch, 'file');
    await writeFile(path, bytes);
    const { contents } = await readWeights({ path, scratch, limits: { ...defaultLimits, ...limits } });
    return { contents, file: decodeSafetensors(await readFile(join(scratch, 'columns.safetensors'))) };
  });

/** A file of the given header and `size` bytes of data. */
function fileOf(header: unknown, size = 0, claimed?: bigint): Uint8Array {
  const json = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(claimed ?? BigInt(json.length));
  return Buffer.concat([length, json, Buffer.alloc(size)]);
}

const entry = (shape: unknown, offsets: unknown, dtype: unknown = 'F32') => ({ dtype, shape, data_offsets: offsets });
const f32 = (name: string, ...values: number[]): Tensor => ({
  ...{ name, dtype: 'F32', shape: [values.length] },
  data: Float32Array.from(values),
});

test('F64, F32, F16 and BF16 become F32, value by value; counters are left out, and so is what the file says of itself', async () => {
  const halves = [0x3c00, 0xc000, 0x7bff, 0x0001, 0x03ff, 0x8000, 0x3555];
  const upper = [0x3f80, 0xc049, 0x0080, 0x7f7f];
  const tensors: Tensor[] = [
    { name: 'f64', dtype: 'F64', shape: [2, 1], data: Float64Array.of(Math.PI, 1e-50) },
    f32('f32', -0, 1.5, 3e38),
    { name: 'bf16', dtype: 'BF16', shape: [2, 2], data: Uint16Array.from(upper) },
    { name: 'f16', dtype: 'F16', shape: [7], data: Uint16Array.from(halves) },
    { name: 'steps', dtype: 'I64', shape: [], data: BigInt64Array.of(7n) },
  ];
  const { contents, file } = await stored(encodeSafetensors(tensors, { preparation: '{}' }));
  const expected: Record<string, number[]> = {
    f64: [Math.fround(Math.PI), 0],
    f32: [-0, 1.5, Math.fround(3e38)],
    f16: [1, -2, 65504, 2 ** -24, 1023 * 2 ** -24, -0, 1365 * 2 ** -12],
    bf16: [1, -3.140625, 2 ** -126, (2 - 2 ** -7) * 2 ** 127],
  };
  assert.deepEqual(Object.keys(file.metadata), ['weights']);
  assert.deepEqual([...file.tensors.keys()].sort(), Object.keys(expected).sort());
  for (const [name, values] of Object.entries(expected))
    assert.deepEqual([...file.tensors.get(name)!.data], values, name);
  assert.deepEqual(contents, {
    kind: 'weights',
    tensors: tensors.filter(({ dtype }) => dtype !== 'I64').map(({ name, dtype, shape }) => ({ name, dtype, shape })),
  });
});

test('a file that is hostile or damaged is refused by what is wrong with it', async () => {
  const whole = encodeSafetensors([f32('a', 1, 2)]);
  const cases: [what: string, bytes: Uint8Array, code: string][] = [
    ['nothing', Buffer.alloc(0), 'invalid_safetensors'],
    ['a header of 1 GB', fileOf({}, 0, 2n ** 30n), 'invalid_safetensors'],
    ['a header of 2⁶³ bytes', fileOf({}, 0, 2n ** 63n), 'invalid_safetensors'],
    ['a header longer than the file', fileOf('{}', 0, 3n), 'invalid_safetensors'],
    ['a header that is not JSON', fileOf('{"a":'), 'invalid_safetensors'],
    ['a header that is not UTF-8', Buffer.concat([fileOf('', 0, 1n), Buffer.of(0xff)]), 'invalid_safetensors'],
    ['a header of depth', fileOf('['.repeat(100_000)), 'invalid_safetensors'],
    ['a header that is a list', fileOf('[]'), 'invalid_safetensors'],
    ['no tensors', fileOf('{}'), 'empty_dataset'],
    [
      'counters alone',
      encodeSafetensors([{ name: 'n', dtype: 'I32', shape: [1], data: Int32Array.of(1) }]),
      'empty_dataset',
    ],
    ['cut by a byte', whole.subarray(0, -1), 'invalid_safetensors'],
    ['a byte too many', Buffer.concat([whole, Buffer.alloc(1)]), 'invalid_safetensors'],
    ['overlapping offsets', fileOf({ a: entry([2], [0, 8]), b: entry([1], [4, 8]) }, 8), 'invalid_safetensors'],
    ['one region twice', fileOf({ a: entry([2], [0, 8]), b: entry([2], [0, 8]) }, 8), 'invalid_safetensors'],
    ['a hole', fileOf({ a: entry([1], [0, 4]), b: entry([1], [8, 12]) }, 12), 'invalid_safetensors'],
    ['a hole in front', fileOf({ a: entry([1], [4, 8]) }, 8), 'invalid_safetensors'],
    ['offsets beyond the file', fileOf({ a: entry([4], [0, 16]) }, 8), 'invalid_safetensors'],
    ['offsets that run backwards', fileOf({ a: entry([1], [4, 0]) }, 4), 'invalid_safetensors'],
    ['negative offsets', fileOf({ a: entry([1], [-4, 0]) }), 'invalid_safetensors'],
    ['offsets of no whole number', fileOf({ a: entry([1], [0, 4.5]) }, 4), 'invalid_safetensors'],
    ['a shape that its bytes are not', fileOf({ a: entry([3], [0, 8]) }, 8), 'invalid_safetensors'],
    ['a shape whose product is past 2⁶⁴', fileOf({ a: entry([2 ** 40, 2 ** 40], [0, 8]) }, 8), 'invalid_safetensors'],
    ['a size past 2⁵³', fileOf('{"a":{"dtype":"F32","shape":[1e300],"data_offsets":[0,8]}}', 8), 'invalid_safetensors'],
    ['a negative size', fileOf({ a: entry([-1, -2], [0, 8]) }, 8), 'invalid_safetensors'],
    ['a type that is unknown', fileOf({ a: entry([1], [0, 1], 'F8_E4M3') }, 1), 'invalid_safetensors'],
    ['a type of Object’s', fileOf({ a: entry([1], [0, 1], 'constructor') }, 1), 'invalid_safetensors'],
    ['metadata that is no text', fileOf({ __metadata__: { a: 1 } }), 'invalid_safetensors'],
    ['NaN', encodeSafetensors([f32('a', 1, Number.NaN)]), 'not_finite'],
    ['an infinity', encodeSafetensors([f32('a', Number.NEGATIVE_INFINITY)]), 'not_finite'],
    [
      'an infinity of 16 bits',
      encodeSafetensors([{ name: 'a', dtype: 'F16', shape: [1], data: Uint16Array.of(0x7c00) }]),
      'not_finite',
    ],
    [
      'past a float32',
      encodeSafetensors([{ name: 'a', dtype: 'F64', shape: [1], data: Float64Array.of(1e39) }]),
      'not_finite',
    ],
    ['a name past all bounds', encodeSafetensors([f32('a'.repeat(201), 1)]), 'dataset_too_large'],
    ['dimensions past all bounds', fileOf({ a: entry(new Array(17).fill(1), [0, 4]) }, 4), 'dataset_too_large'],
    [
      'tensors past all bounds',
      encodeSafetensors(Array.from({ length: 2001 }, (_, at) => f32(`t${at}`))),
      'dataset_too_large',
    ],
  ];
  for (const [what, bytes, code] of cases) await assert.rejects(stored(bytes), { name: 'DataError', code }, what);
  await assert.rejects(stored(whole, { tableBytes: 7 }), { code: 'dataset_too_large' });
  await assert.rejects(stored(encodeSafetensors([f32('a', ...new Array(70).fill(0), Number.NaN)])), {
    message: 'tensor a: element 70: expected a finite float32, got NaN',
  });
});
