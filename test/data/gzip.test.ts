/** gzip on its way in: read as what it holds, refused where it is broken, cut or a bomb. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { resultName } from '../../src/data/ingest-protocol.js';
import { defaultLimits, type IngestLimits } from '../../src/data/limits.js';
import { readDataset } from '../../src/data/read-dataset.js';
import type { DatasetFormat } from '../../src/schemas/dataset.js';
import { assertRefused, withFolder } from './support.js';

/** Contents, and the stored file's bytes. */
const read = (content: Uint8Array | string, format: DatasetFormat, limits: Partial<IngestLimits> = {}) =>
  withFolder(async (scratch) => {
    const path = join(scratch, 'upload');
    await writeFile(path, content);
    const dataset = await readDataset({ path, scratch, format, limits: { ...defaultLimits, ...limits } });
    return { dataset, stored: await readFile(join(scratch, resultName)) };
  });

const contents: [format: DatasetFormat, content: string][] = [
  ['csv', 'a,b\n1,x\n2,y\n'],
  ['tsv', 'a\tb\n1\tx\n2\ty\n'],
  ['jsonl', '{"a": 1}\n{"a": 2}\n'],
  ['text', 'Où ?\nIci.\n'],
];

test('each format of text in gzip, and in several members of it, is the dataset that it is without', async () => {
  for (const [format, content] of contents) {
    const plain = await read(content, format);
    assert.deepEqual(await read(gzipSync(content), format), plain, format);
    const members = Buffer.concat([gzipSync(content.slice(0, 5)), gzipSync(content.slice(5))]);
    assert.deepEqual(await read(members, format), plain, format);
  }
});

test('gzip cut at any byte, or with its checksum changed, is refused; a plain fault is told as it is without gzip', async () => {
  const whole = gzipSync(contents[0]![1]);
  for (let length = 2; length < whole.length; length++)
    await assertRefused(read(whole.subarray(0, length), 'csv'), 'invalid_gzip', { expected: 'a whole gzip file' });
  const changed = Buffer.from(whole);
  changed[changed.length - 6]! ^= 1;
  await assertRefused(read(changed, 'csv'), 'invalid_gzip');
  await assertRefused(read(gzipSync('a,b\n1\n'), 'csv'), 'ragged_row', { row: 2, column: 'b' });
  await assertRefused(read(gzipSync(whole), 'csv'), 'unsupported_format', { got: 'gzip within gzip' });
});

test('what unpacks to over 200 times its size, or to more than the limit, is refused while it unpacks', async () => {
  const bomb = gzipSync(Buffer.alloc(2 ** 28, 'a'), { level: 9 });
  const most = 200 * bomb.length;
  const got = `more, of ${bomb.length}`;
  await withFolder(async (scratch) => {
    const path = join(scratch, 'upload');
    await writeFile(path, bomb);
    const refused = readDataset({ path, scratch, format: 'text', limits: defaultLimits });
    await assertRefused(refused, 'dataset_too_large', { expected: most, got });
    const { size } = await stat(join(scratch, 'unpacked'));
    assert.ok(size <= most, `${size} bytes on disk`);
  });
  const text = gzipSync(randomBytes(1000).toString('hex'));
  await read(text, 'text', { unpackedBytes: 2000 });
  await assertRefused(read(text, 'text', { unpackedBytes: 1999 }), 'dataset_too_large', { expected: 1999 });
});
