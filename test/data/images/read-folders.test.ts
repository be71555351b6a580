/** Archives of images on their way in: what is read of them, and how hostile ones are refused. */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import sharp from 'sharp';
import { imagesOf } from '../../../src/data/images/image-file.js';
import { readFolders } from '../../../src/data/images/read-folders.js';
import { resultName } from '../../../src/data/ingest-protocol.js';
import { defaultLimits, type IngestLimits } from '../../../src/data/limits.js';
import { TensorFile } from '../../../src/data/tensor-file.js';
import { type Packed, png, pngOf, tar, zip } from '../archives/support.js';
import { assertRefused, withFolder } from '../support.js';

const read = (
  archive: Uint8Array,
  more: { imageSize?: { height: number; width: number }; limits?: Partial<IngestLimits> } = {},
) =>
  withFolder(async (scratch) => {
    const path = join(scratch, 'upload');
    await writeFile(path, archive);
    const { imageSize, limits } = more;
    const request = { path, scratch, imageSize, format: 'zip', limits: { ...defaultLimits, ...limits } } as const;
    await readFolders(request);
    const { pixels, labels, contents } = imagesOf(new TensorFile(join(scratch, resultName)));
    return { pixels: [...pixels], labels: [...labels], contents };
  });

const file = (name: string, content: Uint8Array): Packed => ({ name, content });
const grey = (...pixels: number[]) => png('grey', [1, 2], pixels);
const rgb = (...pixels: number[]) => png('rgb', [1, 2], pixels);

const pets = [
  file('pets/train/dog/2.png', grey(5, 6)),
  file('pets/train/cat/10.png', grey(3, 4)),
  file('pets/test/dog/1.png', grey(9, 8)),
  file('pets/train/cat/1.png', grey(1, 2)),
  file('__MACOSX/pets/train/cat/1.png', Buffer.from('a resource fork')),
  file('pets/.DS_Store', Buffer.from('x')),
];
const petsRead = {
  pixels: [1, 2, 3, 4, 5, 6, 9, 8],
  labels: [0, 0, 1, 1],
  contents: {
    ...{ kind: 'images', shape: [1, 1, 2], classes: ['cat', 'dog'], rowCount: 4, testRowCount: 1 },
    ...{ counts: [2, 2], testCounts: [0, 1] },
  },
};

test('folders are classes, sorted; rows go by name, those to test with last; zip, tar and tar in gzip are the same', async () => {
  assert.deepEqual(await read(zip(pets)), petsRead);
  const archive = await tar(pets, [{ name: 'pets', type: 'directory' }]);
  assert.deepEqual(await read(archive), petsRead);
  assert.deepEqual(await read(gzipSync(archive)), petsRead);
  const flat = await read(zip([file('b/1', grey(1, 2)), file('a/1', grey(3, 4))]));
  assert.deepEqual([flat.contents.classes, flat.contents.testRowCount, flat.pixels], [['a', 'b'], 0, [3, 4, 1, 2]]);
});

test('colour is stored as planes; grey beside colour becomes colour; what is transparent is black', async () => {
  const colour = await read(zip([file('a/1', rgb(1, 2, 3, 4, 5, 6)), file('b/1', grey(7, 8))]));
  assert.deepEqual(colour.contents.shape, [3, 1, 2]);
  assert.deepEqual(colour.pixels, [1, 4, 2, 5, 3, 6, 7, 8, 7, 8, 7, 8]);
  const clear = png('rgba', [1, 2], [9, 9, 9, 255, 200, 200, 200, 0]);
  assert.deepEqual((await read(zip([file('a/1', clear)]))).pixels, [9, 0, 9, 0, 9, 0]);
  const clearGrey = png('greyAlpha', [1, 2], [9, 255, 200, 0]);
  assert.deepEqual((await read(zip([file('a/1', clearGrey)]))).pixels, [9, 0]);
});

test('a JPEG is turned as its orientation says, and stays within 3 levels of what was packed', async () => {
  const raw = { raw: { width: 16, height: 8, channels: 1 as const } };
  const left = Uint8Array.from({ length: 128 }, (_, at) => (at % 16 < 8 ? 40 : 200));
  const content = await sharp(left, raw)
    .withMetadata({ orientation: 6 })

    .jpeg({ quality: 100 })
    .toBuffer();
  const { contents, pixels } = await read(zip([file('a/1.jpg', content)]));
  assert.deepEqual(contents.shape, [3, 16, 8]);
  pixels.forEach((pixel, at) => {
    assert.ok(Math.abs(pixel - (at % 128 < 64 ? 40 : 200)) <= 3, `pixel ${at}: ${pixel}`);
  });
});

test('images of other sizes are refused by name, and stretched where a size is asked for', async () => {
  const files = [file('a/1', grey(1, 2)), file('a/2', grey(3, 4)), file('b/1', png('grey', [2, 2], [7, 7, 7, 7]))];
  await assertRefused(read(zip(files)), 'unequal_images', {
    entry: 'b/1',
    expected: '1 × 2, as "a/1" is',
    got: '2 × 2',
  });
  const { contents, pixels } = await read(zip(files), { imageSize: { height: 3, width: 1 } });
  assert.deepEqual(contents.shape, [1, 3, 1]);
  assert.deepEqual(pixels.slice(6), [7, 7, 7]);
});

const one = grey(1, 2);
const hostile: Record<string, [archive: () => Buffer | Promise<Buffer>, code: string, details: object]> = {
  'a name that leads out of a zip': [() => zip([file('a/../../1', one)]), 'invalid_archive', {}],
  'a name that leads out of a tar': [() => tar([file('a/../../1', one)]), 'invalid_archive', { entry: 'a/../../1' }],
  'an absolute name': [() => tar([file('/etc/a/1', one)]), 'invalid_archive', { entry: '/etc/a/1' }],
  'an absolute name in a zip': [() => zip([file('/etc/a/1', one)]), 'invalid_archive', {}],
  'a Windows path': [() => tar([file('C:\\a\\1', one)]), 'invalid_archive', { entry: 'C:\\a\\1' }],
  'a symbolic link': [
    () => tar([file('a/1', one)], [{ name: 'a/2', type: 'symlink', linkname: '/etc/passwd' }]),
    'invalid_archive',
    { entry: 'a/2', got: 'symlink' },
  ],
  'a hard link': [() => tar([], [{ name: 'a/2', type: 'link', linkname: 'a/1' }]), 'invalid_archive', { got: 'link' }],
  'a symbolic link in a zip': [
    () => zip([{ ...file('a/1', Buffer.from('/etc/passwd')), mode: 0o120777 }]),
    'invalid_archive',
    { entry: 'a/1', got: 'a symbolic link' },
  ],
  'an encrypted file': [() => zip([{ ...file('a/1', one), flags: 1 }]), 'invalid_archive', { entry: 'a/1' }],
  'another way to pack': [
    () => zip([{ ...file('a/1', one), said: { method: 14 } }]),
    'invalid_archive',
    { entry: 'a/1', got: 'method 14' },
  ],
  'another checksum': [() => zip([{ ...file('a/1', one), said: { crc: 7 } }]), 'invalid_archive', { entry: 'a/1' }],
  'fewer bytes than there are': [
    () => zip([{ ...file('a/1', one), said: { bytes: 5 } }]),
    'invalid_archive',
    { entry: 'a/1' },
  ],
  'more bytes than a file may have': [
    () => zip([{ ...file('a/1', one), said: { bytes: 2 ** 32 - 2 } }]),
    'dataset_too_large',
    { entry: 'a/1' },
  ],
  'a zip bomb': [() => zip([file('a/1', Buffer.alloc(2 ** 25))]), 'dataset_too_large', {}],
  'a tar bomb in gzip': [
    async () => gzipSync(await tar([file('a/1', Buffer.alloc(2 ** 25))])),
    'dataset_too_large',
    {},
  ],
  'an image of 30,000 × 30,000': [
    () => zip([file('a/1', pngOf('rgb', [30_000, 30_000], Buffer.alloc(100)))]),
    'too_many_pixels',
    { entry: 'a/1', got: '30000 × 30000' },
  ],
  'a truncated image': [
    () => zip([file('a/1', one), file('a/2', rgb(1, 2, 3, 4, 5, 6).subarray(0, 50))]),
    'invalid_image',
    { entry: 'a/2' },
  ],
  'an empty file': [() => zip([file('a/1', Buffer.alloc(0))]), 'invalid_image', { entry: 'a/1', got: 'nothing' }],
  'SVG, which can read files': [
    () => zip([file('a/1.png', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))]),
    'invalid_image',
    { entry: 'a/1.png', got: '0x3c73766720786d6c' },
  ],
  'an image in no folder': [() => zip([file('1.png', one)]), 'invalid_archive', { entry: '1.png' }],
  'classes below and beside train': [
    () => zip([file('train/a/1', one), file('b/1', one)]),
    'invalid_archive',
    { entry: 'b/1' },
  ],
  'classes in two places': [() => zip([file('x/a/1', one), file('y/a/1', one)]), 'invalid_archive', { entry: 'y/a/1' }],
  'a class that is only tested': [
    () => zip([file('train/a/1', one), file('test/b/1', one)]),
    'unknown_class',
    { entry: 'test/b/1', got: 'b' },
  ],
  'images to test with alone': [() => zip([file('test/a/1', one)]), 'invalid_archive', {}],
  'no file': [() => zip([]), 'invalid_archive', { got: 'no file' }],
  '257 classes': [
    () => zip(Array.from({ length: 257 }, (_, at) => file(`${at}/1`, one))),
    'invalid_archive',
    { got: 257 },
  ],
};
for (const [title, [archive, code, details]] of Object.entries(hostile)) {
  test(`${title} in an archive is refused`, async () => assertRefused(read(await archive()), code, details));
}

test('more files, or more pixels in all, than the limits allow are refused', async () => {
  const two = zip([file('a/1', one), file('a/2', one)]);
  await assertRefused(read(two, { limits: { entries: 1 } }), 'dataset_too_large', { entry: 'a/2' });
  await assertRefused(read(two, { limits: { heldBytes: 3 } }), 'dataset_too_large', { entry: 'a/2' });
  await read(two, { limits: { entries: 2, heldBytes: 4 } });
});

test('a zip, a tar and a tar in gzip cut at any of 50 offsets are refused', async () => {
  const archive = await tar(pets);
  for (const whole of [zip(pets), archive, gzipSync(archive)]) {
    for (let part = 0; part < 50; part++) {
      const cut = whole.subarray(0, Math.floor((part * whole.length) / 50));
      await assert.rejects(read(cut), { name: 'DataError' }, `${cut.length} of ${whole.length} bytes`);
    }
  }
  const between = archive.subarray(0, 1024); // whole blocks, and no end
  await assertRefused(read(between), 'invalid_archive', { got: 'another end' });
});
