/** IDX files on their way in: what is read of them, and how hostile ones are refused. */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { imagesOf } from '../../../src/data/images/image-file.js';
import { readImages } from '../../../src/data/images/read-images.js';
import { resultName } from '../../../src/data/ingest-protocol.js';
import { defaultLimits, type IngestLimits } from '../../../src/data/limits.js';
import { TensorFile } from '../../../src/data/tensor-file.js';
import type { ImagePart } from '../../../src/schemas/dataset.js';
import { assertRefused, withFolder } from '../support.js';
import { bars, idx } from './support.js';

const read = (parts: Partial<Record<ImagePart, Uint8Array>>, limits: Partial<IngestLimits> = {}) =>
  withFolder((path) =>
    withFolder(async (scratch) => {
      for (const [name, content] of Object.entries(parts)) await writeFile(join(path, name), content);
      const dataset = await readImages({ path, scratch, limits: { ...defaultLimits, ...limits } });
      return { dataset, stored: imagesOf(new TensorFile(join(scratch, resultName))) };
    }),
  );

// two images of 2 × 3, and one to test with
const images = idx([2, 2, 3], [1, 2, 3, 4, 5, 6, 251, 252, 253, 254, 255, 0]);
const labels = idx([2], [9, 3]);
const test1 = { testImages: idx([1, 2, 3], [7, 7, 7, 7, 7, 8]), testLabels: idx([1], [9]) };

test('pixels and labels are stored as they came, those to test with last; classes are in the order of numbers', async () => {
  const plain = await read({ images, labels, ...test1 });
  const { pixels, labels: codes, contents } = plain.stored;
  assert.deepEqual([...pixels], [1, 2, 3, 4, 5, 6, 251, 252, 253, 254, 255, 0, 7, 7, 7, 7, 7, 8]);
  assert.deepEqual([...codes], [1, 0, 1]);
  assert.deepEqual(contents, {
    ...{ kind: 'images', shape: [1, 2, 3], classes: ['3', '9'], rowCount: 3, testRowCount: 1 },
    ...{ counts: [1, 2], testCounts: [0, 1] },
  });
  assert.deepEqual(plain.dataset.contents, contents);
  const zipped = await read({ images: gzipSync(images), labels: gzipSync(labels), ...test1 });
  assert.deepEqual(zipped.stored, plain.stored, 'the same in gzip');
  assert.equal((await read({ images, labels })).stored.contents.testRowCount, 0);
});

test('a file cut at any byte is refused with its part, plain and in gzip', async () => {
  for (const [whole, code] of [
    [images, 'invalid_idx'],
    [gzipSync(images), 'invalid_gzip'],
  ] as const) {
    for (let length = 0; length < whole.length; length++) {
      const cut = whole.subarray(0, length);
      const expected = length < 2 ? 'invalid_idx' : code; // too short to be gzip
      await assertRefused(read({ images: cut, labels }), expected, { path: '/images' });
    }
  }
});

test('each malformed file is refused with offset, expected and got', async () => {
  const changed = (bytes: Buffer, offset: number, value: number) => {
    const copy = Buffer.from(bytes);
    copy.writeUInt32BE(value, offset);
    return copy;
  };
  const magic = (got: string) => ({ expected: '0x00000803 (unsigned bytes of 3 dimensions)', got });
  const cases: [title: string, parts: Parameters<typeof read>[0], details: object][] = [
    ['floats', { images: changed(images, 0, 0x0d03), labels }, { path: '/images', ...magic('0x00000d03') }],
    ['labels for images', { images: labels, labels: images }, { path: '/images', ...magic('0x00000801') }],
    ['no IDX at all', { images: Buffer.from('P5 28 28'), labels }, { path: '/images', ...magic('0x50352032') }],
    [
      'a size of 0',
      { images: changed(images, 8, 0), labels },
      { path: '/images', expected: 'a size of at least 1', got: 0 },
    ],
    ['more images than said', { images: changed(images, 4, 1), labels }, { path: '/images', expected: 22, got: 28 }],
    [
      'more in gzip',
      { images: gzipSync(changed(images, 4, 1)), labels },
      { path: '/images', expected: 22, got: 'more' },
    ],
    ['fewer in gzip', { images: gzipSync(changed(images, 4, 3)), labels }, { path: '/images', expected: 34, got: 28 }],
    [
      'labels ≠ images',
      { images, labels: idx([3], [1, 2, 3]) },
      { path: '/labels', expected: '2 labels, as there are images', got: 3 },
    ],
    [
      'test images of another size',
      { images, labels, testImages: idx([1, 3, 2], [1, 2, 3, 4, 5, 6]), testLabels: test1.testLabels },
      { path: '/testImages', expected: '2 × 3', got: '3 × 2' },
    ],
  ];
  for (const [title, parts, details] of cases)
    await assertRefused(read(parts), 'invalid_idx', details).catch((error) => assert.fail(`${title}: ${error}`));
  await assertRefused(read({ images, labels, ...test1, testLabels: idx([1], [4]) }), 'unknown_class', {
    ...{ path: '/testLabels', expected: 'a label that training has too', got: 4 },
  });
});

test('sizes that no memory holds, and gzip that unpacks to over 200 times its size, are refused by their header', async () => {
  const huge = idx([2 ** 32 - 1, 2 ** 32 - 1, 2 ** 32 - 1], []);
  const bomb = gzipSync(idx([100, 1000, 1000], new Uint8Array(1e8)), { level: 9 });
  assert.ok(bomb.length * 200 < 1e8, `${bomb.length}`);
  for (const [bytes, limits] of [
    [huge, {}],
    [gzipSync(huge), {}],
    [bomb, {}],
    [images, { heldBytes: 27 }],
  ] as const) {
    const before = process.memoryUsage().arrayBuffers;
    await assertRefused(read({ images: bytes, labels }, limits), 'dataset_too_large', { path: '/images' });
    const grown = process.memoryUsage().arrayBuffers - before;
    assert.ok(grown < 2 ** 24, `${grown} bytes for a file of ${bytes.length}`);
  }
});

test('gzip whose content goes on where its header ends is left there, whatever is behind', async () => {
  const bomb = gzipSync(Buffer.concat([images, Buffer.alloc(1e8)]));
  await assertRefused(read({ images: bomb, labels }), 'invalid_idx', { path: '/images', expected: 28, got: 'more' });
});

test('a byte that is changed in gzip is found by its checksum', async () => {
  const { images: pixels, labels: codes } = bars(40);
  const broken = gzipSync(pixels);
  broken[broken.length - 6]! ^= 1;
  await assertRefused(read({ images: broken, labels: codes }), 'invalid_gzip', { path: '/images' });
});
