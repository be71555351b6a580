/** Profiles over HTTP: computed beside the API, kept, and refused where the question does not fit the dataset. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { Dataset } from '../../src/schemas/dataset.js';
import type { Profile } from '../../src/schemas/profile.js';
import { mergePatch } from '../../src/services/merge-patch.js';
import { bars } from '../data/images/support.js';
import type { Problem } from './problem-body.js';
import { csv, startApi, type TestApi, uploadPenguins, uploadRequest } from './support.js';

let api: TestApi;
let penguins: Dataset;
before(async () => {
  api = await startApi();
  penguins = await uploadPenguins(api);
});

const ask = ({ id }: { id: string }, query: Record<string, string> = {}) =>
  api.inject({ url: `/v1/datasets/${id}/profile?${new URLSearchParams(query)}` });

test('a table’s profile says what columns are like, and with a target what they tell of it', async () => {
  const plain = await ask(penguins);
  assert.equal(plain.statusCode, 200, plain.body);
  const profile = plain.json<Profile>();
  assert.ok(profile.kind === 'table' && profile.target === null && profile.overlap === null);
  assert.deepEqual([profile.datasetId, profile.rows, profile.columns.length], [penguins.id, 344, 7]);
  const query = { dataset: JSON.stringify({ target: 'species', split: { type: 'random', test: 0.5 } }), seed: '3' };
  const aimed = (await ask(penguins, query)).json<Profile>();
  assert.ok(aimed.kind === 'table' && aimed.overlap?.test === 172);
  assert.ok(aimed.columns.find(({ name }) => name === 'island')!.target!.mutualInformation > 0.5);
  assert.deepEqual((await ask(penguins, query)).json<Profile>(), aimed);
});

test('texts and images have profiles of their own', async () => {
  const text = { name: 'file', content: 'To be, or not to be\n'.repeat(9), fileName: 'plays.txt' };
  const ofText = (await ask((await api.inject(uploadRequest(text))).json<Dataset>())).json<Profile>();
  assert.ok(ofText.kind === 'text' && ofText.repeatedLines.count === 8);
  const { images, labels } = bars(30);
  const part = (name: string, content: Buffer) => ({ name, content, fileName: name });
  const uploaded = await api.inject(uploadRequest(part('images', images), part('labels', labels)));
  const ofImages = (await ask(uploaded.json<Dataset>())).json<Profile>();
  assert.ok(ofImages.kind === 'images' && ofImages.classes.length === 2 && ofImages.overlap?.test === 6);
  const given = await ask(uploaded.json<Dataset>(), { dataset: '{"split": {"type": "given"}}' });
  assert.equal(given.statusCode, 422, 'none were given to test with');
  assert.equal(given.json<Problem>().errors?.[0]?.path, '/dataset/split/type');
});

test('what does not fit is refused where it stands', async () => {
  const refused = async (
    query: Record<string, string>,
    path: string,
    status: number,
    owner: { id: string } = penguins,
  ) => {
    const response = await ask(owner, query);
    assert.equal(response.statusCode, status, response.body);
    assert.equal(response.json<Problem>().errors?.[0]?.path, path, response.body);
  };
  await refused({ dataset: '{"target": "speces"}' }, '/dataset/target', 422);
  await refused({ dataset: '{"ignore": ["x"]}' }, '/dataset/ignore/0', 422);
  await refused({ dataset: '{"split": {"type": "contiguous"}}' }, '/dataset/split/type', 422);
  await refused({ dataset: '{"tagret": "species"}' }, '/query/dataset/tagret', 400);
  await refused({ dataset: '{"target": ' }, '/query/dataset', 400);
  await refused({ dataset: '{"target": 7}' }, '/query/dataset/target', 400);
  await refused({ dataset: '[]' }, '/query/dataset', 400);
  await refused({ seed: 'one' }, '/query/seed', 400);
  const target = 'species';
  const refusedFor = (dataset: object, path: string) => refused({ dataset: JSON.stringify(dataset) }, path, 422);
  await refusedFor({ target, split: { type: 'time', column: 'island' } }, '/dataset/split/column');
  await refusedFor({ target, split: { type: 'time', column: target } }, '/dataset/split/column');
  await refusedFor({ target, split: { type: 'column', column: 'island' } }, '/dataset/split/column');
  await refusedFor({ target, split: { type: 'grouped', column: 'sex' } }, '/dataset/split/column');
  await refusedFor({ target, split: { type: 'random', validation: 0.9, test: 0.9 } }, '/dataset/split');
  await refusedFor({ split: { type: 'random' } }, '/dataset/target');
  await refusedFor({ target, columns: { wings: {} } }, '/dataset/columns/wings');
  assert.equal((await ask({ id: 'ds_00000000000000000000000000' })).statusCode, 404);
});

async function assertPatchesFit(dataset: Dataset, expected: readonly string[]): Promise<void> {
  const profile = (await ask(dataset, { dataset: '{"target":"label"}' })).json<Profile>();
  const patches = profile.problems.flatMap(({ code, patch }) => (patch ? [{ code, patch }] : []));
  const codes = new Set(patches.map(({ code }) => code));
  for (const code of expected) assert.ok(codes.has(code as never), `${code}: ${[...codes]}`);
  for (const { code, patch } of patches) {
    const spec = { dataset: mergePatch({ id: dataset.id, target: 'label' }, patch), model: { type: 'mlp' } };
    const { statusCode, body } = await api.inject({ method: 'POST', url: '/v1/jobs/plan', payload: spec });
    assert.equal(statusCode, 200, `${code}: ${body}`);
  }
}

test('each patch is one that a job of this dataset takes', async () => {
  const rows = Array.from({ length: 300 }, (_, row) => {
    const noise = Math.abs(Math.sin(12.9898 * (row % 250)) * 43758.5453) % 1; // the last fifty as the first
    const label = noise < 0.05 ? 'rare' : noise < 0.5 ? 'low' : 'high';
    const cells = [
      noise < 0.3 ? '' : noise,
      noise > 0.99 ? 1e6 : noise,
      `town${Math.floor(60 * noise)}`,
      10 * noise,
      label,
    ];
    return [row, ...cells].join(',');
  });
  const sick = ['row_id,gaps,far,town,leak,label', ...rows].join('\n');
  const dataset = (await api.inject(uploadRequest(csv(sick, 'sick.csv')))).json<Dataset>();
  const expected = ['identifier', 'missing_values', 'many_categories', 'leakage', 'duplicate_rows', 'class_imbalance'];
  await assertPatchesFit(dataset, expected);
  const short = [...sick.split('\n').slice(0, 60)].join('\n');
  await assertPatchesFit((await api.inject(uploadRequest(csv(short, 'short.csv')))).json<Dataset>(), ['few_rows']);
});
