/** Previews over HTTP: what is shown is what stands in the dataset, and what training would make of it. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import sharp from 'sharp';
import type { Dataset } from '../../src/schemas/dataset.js';
import type { Preview } from '../../src/schemas/preview.js';
import { bars } from '../data/images/support.js';
import type { Problem } from './problem-body.js';
import { csv, startApi, type TestApi, uploadRequest } from './support.js';

let api: TestApi;
let table: Dataset;
let images: Dataset;
let text: Dataset;

before(async () => {
  api = await startApi();
  const upload = async (...parts: Parameters<typeof uploadRequest>) =>
    (await api.inject(uploadRequest(...parts))).json<Dataset>();
  const rows = Array.from({ length: 40 }, (_, i) =>
    [i === 1 ? '' : i, `2024-01-${10 + (i % 9)}`, i % 3 === 0, i % 2 ? 'a' : 'b', `words ${i} of row ${i}`].join(','),
  );
  table = await upload(csv(['n,day,yes,class,words', ...rows].join('\n')));
  const part = (name: string, content: Buffer) => ({ name, content, fileName: name });
  const { images: pixels, labels } = bars(30);
  images = await upload(part('images', pixels), part('labels', labels));
  text = await upload({ name: 'file', content: 'to be or not to be, '.repeat(50), fileName: 'plays.txt' });
});

const ask = ({ id }: { id: string }, query: Record<string, string> = {}, accept = 'application/json') =>
  api.inject({ url: `/v1/datasets/${id}/preview?${new URLSearchParams(query)}`, headers: { accept } });

async function preview<Kind extends Preview['kind']>(kind: Kind, ...asked: Parameters<typeof ask>) {
  const response = await ask(...asked);
  assert.equal(response.statusCode, 200, response.body);
  const made = response.json<Preview>();
  assert.equal(made.kind, kind);
  return made as Extract<Preview, { kind: Kind }>;
}

const target = JSON.stringify({ target: 'class', ignore: ['words'] });
const decoded = (uri: string) =>
  sharp(Buffer.from(uri.split(',')[1]!, 'base64'))
    .toColourspace('b-w')
    .raw()
    .toBuffer();

test('a table’s rows are those of the file, as predict takes them', async () => {
  const { rows } = await preview('table', table, { count: '2' });
  assert.deepEqual(rows, [
    { n: 0, day: '2024-01-10T00:00:00.000Z', yes: true, class: 'b', words: 'words 0 of row 0' },
    { n: null, day: '2024-01-11T00:00:00.000Z', yes: false, class: 'a', words: 'words 1 of row 1' },
  ]);
});

test('a table’s inputs are shown by column before and after augmentation', async () => {
  const augmentation = JSON.stringify([{ type: 'noise' }, { type: 'mixup' }]);
  const { samples } = await preview('inputs', table, { dataset: target, augmentation });
  assert.equal(samples.length, 8);
  for (const { before, after } of samples) {
    assert.deepEqual(before.inputs.map(({ column }) => column).slice(0, 2), ['n', 'day']);
    assert.notDeepEqual(after.inputs[0], before.inputs[0]);
    assert.equal(before.labels?.length, 1);
    assert.ok(Math.abs(after.labels!.reduce((sum, { share }) => sum + share, 0) - 1) < 1e-6);
  }
});

test('an image decodes to its pixels, and flipped to those from right to left', async () => {
  const augmentation = JSON.stringify([{ type: 'flip', probability: 1 }]);
  const { samples } = await preview('images', images, { augmentation, count: '5' });
  assert.equal(samples.length, 5);
  const stored = bars(30).images.subarray(16);
  const known = new Set(
    Array.from({ length: 30 }, (_, row) => stored.subarray(row * 30, row * 30 + 30).toString('hex')),
  );
  for (const { before, after } of samples) {
    const pixels = await decoded(before.image);
    assert.ok(known.has(pixels.toString('hex')), 'an image of the file');
    const mirrored = pixels.map((_, at) => pixels[at - (at % 5) + 4 - (at % 5)]!);
    assert.deepEqual(await decoded(after.image), Buffer.from(mirrored));
  }
});

test('one sheet has a line for each image, enlarged', async () => {
  const response = await ask(images, { augmentation: '[{"type":"shift"}]', count: '3' }, 'image/png');
  assert.equal(response.statusCode, 200, response.body);
  assert.equal(response.headers['content-type'], 'image/png');
  const { width, height, format } = await sharp(response.rawPayload).metadata();
  assert.deepEqual([format, width, height], ['png', 2 * 100 + 2, 3 * 120 + 4]); // 5 × 6 pixels, 20 times as large
});

test('what is seen depends on the seed alone', async () => {
  const query = { augmentation: '[{"type":"noise","deviation":0.2}]', seed: '4' };
  const first = await preview('images', images, query);
  assert.deepEqual(await preview('images', images, query), first);
  assert.notDeepEqual(await preview('images', images, { ...query, seed: '5' }), first);
});

test('masked and dropped tokens of texts are seen', async () => {
  const masked = await preview('texts', text, { augmentation: '[{"type":"masking","rate":0.3}]', count: '2' });
  assert.equal(masked.samples[0]!.before.text, 'to be or not to be, '.repeat(4).slice(0, 64));
  assert.match(masked.samples[0]!.after.text, /\[unknown\]/);
  const dataset = JSON.stringify({ target: 'class', text: 'words' });
  const dropped = await preview('texts', table, { dataset, augmentation: '[{"type":"tokenDropout","rate":0.5}]' });
  for (const { before, after } of dropped.samples) {
    assert.match(before.text, /^\[class\]words \d+ of row/);
    assert.ok(after.text.length < before.text.length);
  }
});

test('what does not fit is refused where it stands', async () => {
  const refused = async (
    owner: Dataset,
    query: Record<string, string>,
    path: string,
    status: number,
    accept?: string,
  ) => {
    const response = await ask(owner, query, accept);
    assert.equal(response.statusCode, status, response.body);
    assert.equal(response.json<Problem>().errors?.[0]?.path, path, response.body);
  };
  await refused(table, { dataset: target, augmentation: '[{"type":"flip"}]' }, '/augmentation/0/type', 422);
  await refused(images, { augmentation: '[{"type":"mixup"},{"type":"flip"}]' }, '/augmentation/0', 422);
  await refused(table, { augmentation: '[{"type":"noise"}]' }, '/dataset/target', 422);
  await refused(table, { dataset: '{"target":"clas"}' }, '/dataset/target', 422);
  await refused(table, {}, '/headers/accept', 422, 'image/png');
  await refused(images, { augmentation: '[{"type":"flop"}]' }, '/query/augmentation/0/type', 400);
  await refused(images, { augmentation: '[' }, '/query/augmentation', 400);
  await refused(images, { augmentation: '{}' }, '/query/augmentation', 400);
  await refused(images, { dataset: '[]' }, '/query/dataset', 400);
  await refused(images, { dataset: '{"tagret":"x"}' }, '/query/dataset/tagret', 400);
  for (const count of ['0', '65', '1.5', 'two']) await refused(images, { count }, '/query/count', 400);
  for (const seed of ['-1', 'one']) await refused(images, { seed }, '/query/seed', 400);
  assert.equal((await ask({ id: 'ds_00000000000000000000000000' })).statusCode, 404);
});
