/** NumPy's arrays on their way in. Expected elements are NumPy's own: test/fixtures/data/arrays.py. */
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { imagesOf } from '../../../src/data/images/image-file.js';
import { resultName } from '../../../src/data/ingest-protocol.js';
import { defaultLimits, type IngestLimits } from '../../../src/data/limits.js';
import { readNpy } from '../../../src/data/numpy/npy.js';
import { readDataset } from '../../../src/data/read-dataset.js';
import { TensorFile } from '../../../src/data/tensor-file.js';
import { projectRoot } from '../../../src/paths.js';
import { assertRefused, openTable, tableOf, withFolder } from '../support.js';
import { npy, npz } from './support.js';

interface Fixtures {
  arrays: Record<string, { file: string; shape: number[]; values: (number | boolean)[] }>;
  /** Of types that are not read. */
  others: Record<string, string>;
  archives: Record<'table' | 'keras', string>;
}
let fixtures: Fixtures;
before(async () => {
  fixtures = JSON.parse(await readFile(join(projectRoot, 'test/fixtures/data/arrays.json'), 'utf8')) as Fixtures;
});
const bytesOf = (base64: string): Buffer => Buffer.from(base64, 'base64');

const read = <T>(
  content: Uint8Array,
  format: 'npy' | 'npz',
  {
    limits,
    open = async () => undefined as T,
  }: { limits?: Partial<IngestLimits>; open?: (path: string) => Promise<T> } = {},
) =>
  withFolder(async (scratch) => {
    const path = join(scratch, 'upload');
    await writeFile(path, content);
    const dataset = await readDataset({ path, scratch, format, limits: { ...defaultLimits, ...limits } });
    return { dataset, stored: await open(join(scratch, resultName)) };
  });

test('every type, either byte order, either order of elements and each version read as NumPy has them', () => {
  for (const [title, { file, shape, values }] of Object.entries(fixtures.arrays)) {
    const array = readNpy(bytesOf(file), null);
    assert.deepEqual(array.shape, shape, title);
    assert.deepEqual(
      Array.from(values, (_, index) => array.at(index)),
      values.map(Number),
      title,
    );
  }
});

test('a matrix is a table of columns c0, c1, …; x and y are one with y; NaN is missing', async () => {
  const { dataset, stored } = await read(bytesOf(fixtures.archives.table), 'npz', { open: openTable });
  assert.deepEqual(
    tableOf(dataset).columns.map(({ name, integer, distinct }) => [name, integer, distinct]),
    [
      ['c0', true, 4],
      ['c1', true, 4],
      ['c2', true, 4],
      ['y', true, 2],
    ],
  );
  assert.deepEqual(stored.column('c1'), { type: 'number', values: Float64Array.of(1, 4, 7, 10) });
  assert.deepEqual(stored.column('y'), { type: 'number', values: Float64Array.of(5, 6, 5, 6) });
  const nan = Buffer.alloc(16);
  nan.writeDoubleLE(Number.NaN, 0);
  const single = await read(npy([2], nan, '<f8'), 'npy');
  assert.deepEqual(tableOf(single.dataset).columns, [
    { name: 'c0', missing: 1, type: 'number', distinct: 1, integer: true, min: 0, max: 0, mean: 0, counts: [1] },
  ]);
});

test('bytes of three or four dimensions are images, channels first or last, with those to test with behind', async () => {
  const open = async (path: string) => imagesOf(new TensorFile(path));
  const { pixels, labels, contents } = (await read(bytesOf(fixtures.archives.keras), 'npz', { open })).stored;
  assert.deepEqual(contents, {
    ...{ kind: 'images', shape: [3, 2, 2], classes: ['3', '7'], rowCount: 4, testRowCount: 1 },
    ...{ counts: [2, 2], testCounts: [1, 0] },
  });
  assert.deepEqual([...labels], [1, 0, 1, 0]);
  assert.deepEqual([...pixels.subarray(0, 12)], [0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11]);
  const first = { X_train: npy([2, 3, 2, 2], [...Array(24).keys()]), y_train: npy([2], [0, 1]) };
  const planes = (await read(npz(first), 'npz', { open })).stored;
  assert.deepEqual([...planes.pixels], [...Array(24).keys()]);
  const grey = (await read(npz({ images: npy([1, 2, 2], [1, 2, 3, 4]), labels: npy([1], [9]) }), 'npz', { open }))
    .stored;
  assert.deepEqual([grey.contents.shape, grey.contents.classes], [[1, 2, 2], ['9']]);
});

test('types that are no numbers are refused by their name, and no header is evaluated', async () => {
  for (const [type, file] of Object.entries(fixtures.others)) {
    await assertRefused(read(bytesOf(file), 'npy'), 'invalid_numpy').catch((error) => assert.fail(`${type}: ${error}`));
  }
  const object = read(bytesOf(fixtures.others['O']!), 'npy');
  await assertRefused(object, 'invalid_numpy', { expected: 'numbers or booleans', got: 'dtype |O (objects)' });
  const code = Buffer.concat([
    npy([1], [1]).subarray(0, 10),
    Buffer.from(`__import__('os').system('x')`.padEnd(118)),
    Buffer.of(1),
  ]);
  await assertRefused(read(code, 'npy'), 'invalid_numpy', { expected: 'a header of one type and a shape' });
});

const images = npy([2, 1, 2], [1, 2, 3, 4]);
const labels = npy([2], [0, 1]);
const float = (...values: number[]) => Buffer.from(Float64Array.from(values).buffer);
const hostile: Record<string, [content: () => Buffer, format: 'npy' | 'npz', code: string, details: object]> = {
  'no array': [() => Buffer.from('a,b\n1,2\n3,4\n'), 'npy', 'invalid_numpy', {}],
  'a shape that no memory holds': [() => npy([2 ** 40, 2 ** 40], [1]), 'npy', 'invalid_numpy', { got: 1 }],
  'more bytes than the shape says': [() => npy([1], [1, 2]), 'npy', 'invalid_numpy', { got: 2 }],
  'no elements': [() => npy([0, 3], []), 'npy', 'no_rows', { got: '[0, 3]' }],
  'a number alone': [() => bytesOf(fixtures.arrays['scalar']!.file), 'npy', 'invalid_numpy', { got: '[]' }],
  infinity: [() => npy([2], float(1, Number.POSITIVE_INFINITY), '<f8'), 'npy', 'number_out_of_range', { column: 'c0' }],
  'NaN alone': [() => npy([1], float(Number.NaN), '<f8'), 'npy', 'invalid_numpy', { entry: 'c0' }],
  'images without labels': [() => npz({ x: images }), 'npz', 'invalid_numpy', { entry: 'x', got: 'none' }],
  'fewer labels than images': [
    () => npz({ x: images, y: npy([1], [0]) }),
    'npz',
    'invalid_numpy',
    { entry: 'x', got: '[1]' },
  ],
  'labels that are no whole numbers': [
    () => npz({ x: images, y: npy([2], float(0, 0.5), '<f8') }),
    'npz',
    'invalid_numpy',
    { entry: 'y', got: 0.5 },
  ],
  'images of floats': [
    () => npz({ x: npy([1, 1, 1], float(1), '<f8'), y: npy([1], [0]) }),
    'npz',
    'invalid_numpy',
    { entry: 'x', got: 'no uint8 [1, 1, 1]' },
  ],
  'images of two channels': [
    () => npz({ x: npy([1, 2, 2, 2], Array(8).fill(1)), y: npy([1], [0]) }),
    'npz',
    'invalid_numpy',
    { entry: 'x' },
  ],
  'images to test with and no labels': [() => npz({ x: images, y: labels, testX: images }), 'npz', 'invalid_numpy', {}],
  'a label that is only tested': [
    () => npz({ x: images, y: labels, x_test: images, y_test: npy([2], [0, 2]) }),
    'npz',
    'invalid_numpy',
    { entry: 'testY', got: 2 },
  ],
  'an array of another name': [() => npz({ x: images, y: labels, z: labels }), 'npz', 'invalid_numpy', { entry: 'z' }],
  'two arrays for one thing': [() => npz({ x: images, X: images, y: labels }), 'npz', 'invalid_numpy', { entry: 'X' }],
  'no x': [() => npz({ y: labels }), 'npz', 'invalid_numpy', {}],
  'a table to test with': [
    () => npz({ x: npy([1, 1], [1]), testX: npy([1, 1], [1]) }),
    'npz',
    'invalid_numpy',
    { entry: 'testX' },
  ],
  'an array that is a bomb': [
    () => npz({ x: npy([2 ** 25], new Uint8Array(2 ** 25)) }),
    'npz',
    'dataset_too_large',
    { entry: 'x.npy' },
  ],
};
for (const [title, [content, format, code, details]] of Object.entries(hostile)) {
  test(`${title} in ${format} is refused`, () => assertRefused(read(content(), format), code, details));
}

test('more columns, rows or bytes than the limits allow are refused', async () => {
  const matrix = npy([2, 3], [1, 2, 3, 4, 5, 6]);
  await assertRefused(read(matrix, 'npy', { limits: { columns: 2 } }), 'too_many_columns', { expected: 2, got: 3 });
  await assertRefused(read(matrix, 'npy', { limits: { rows: 1 } }), 'too_many_rows', { expected: 1, got: 2 });
  const got = matrix.length;
  await assertRefused(read(matrix, 'npy', { limits: { heldBytes: got - 1 } }), 'dataset_too_large', { got });
  const bytes = { expected: 47, got: 48 };
  await assertRefused(read(matrix, 'npy', { limits: { tableBytes: 47 } }), 'dataset_too_large', bytes);
  await read(matrix, 'npy', { limits: { columns: 3, rows: 2, heldBytes: got, tableBytes: 48 } });
});

test('an array cut at any byte, and an archive cut at any of 60, are refused', async () => {
  const whole = npy([2, 3], [1, 2, 3, 4, 5, 6]);
  for (let length = 0; length < whole.length; length++)
    await assertRefused(async () => readNpy(whole.subarray(0, length), null), 'invalid_numpy');
  const archive = bytesOf(fixtures.archives.keras);
  for (let part = 0; part < 60; part++) {
    const cut = archive.subarray(0, Math.floor((part * archive.length) / 60));
    await assert.rejects(read(cut, 'npz'), { name: 'DataError' }, `${cut.length} bytes`);
  }
});
