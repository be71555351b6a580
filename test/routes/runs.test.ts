/** What a run leaves behind, over HTTP: metrics, checkpoints and their files. */
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { before, test } from 'node:test';
import { checkpointKey } from '../../src/artifacts/keys.js';
import type { Job } from '../../src/schemas/job.js';
import type { Checkpoint, Metrics } from '../../src/schemas/run.js';
import { insertCheckpoint } from '../../src/store/checkpoints.js';
import { newId } from '../../src/store/ids.js';
import { appendMetrics } from '../../src/store/metrics.js';
import { claim, succeed } from '../../src/store/runs.js';
import { addCheckpoint, addRun, modelOf, resultOf } from '../support/rows.js';
import type { Problem } from './problem-body.js';
import { specOf, startApi, submit, type TestApi, uploadPenguins } from './support.js';

let api: TestApi;
let jobId: string;
const file = randomBytes(1000);
const sha256 = createHash('sha256').update(file).digest('hex');
let checkpointId: string;

before(async () => {
  api = await startApi();
  const run = await addRun(api.db);
  jobId = run.id;
  const { epoch } = run;
  checkpointId = newId('checkpoint');
  const artifactKey = checkpointKey({ jobId, epoch, step: 3, sha256 });
  await api.parts.artifacts.put(artifactKey, file);
  await insertCheckpoint(api.db, {
    ...{ jobId, epoch, id: checkpointId, step: 3, trainingEpoch: 1, kind: 'final', best: true },
    ...{ artifactKey, bytes: file.length, sha256, metrics: { 'validation.loss': 'NaN' } },
  });
  const rows = new Map([
    ['train.loss', { steps: [1, 2, 3], values: [0.5, Number.NaN, Number.NEGATIVE_INFINITY] }],
    ['validation.loss', { steps: [3], values: [0.25] }],
  ]);
  await appendMetrics(api.db, { jobId, epoch, segment: 0, rows });
});

test('metrics are series by name, with NaN and −∞ as words, and can be narrowed to names and steps', async () => {
  const read = async (query: string) =>
    (await api.inject({ url: `/v1/jobs/${jobId}/metrics${query}` })).json<Metrics>().series;
  assert.deepEqual(await read(''), [
    { name: 'train.loss', steps: [1, 2, 3], values: [0.5, 'NaN', '-Infinity'] },
    { name: 'validation.loss', steps: [3], values: [0.25] },
  ]);
  assert.deepEqual(await read('?names=train.loss&fromStep=2&toStep=2'), [
    { name: 'train.loss', steps: [2], values: ['NaN'] },
  ]);
});

test('segments are told apart where they are asked for, in CSV by a column', async () => {
  const read = (query: string, accept = 'application/json') =>
    api.inject({ url: `/v1/jobs/${jobId}/metrics?names=validation.loss&${query}`, headers: { accept } });
  assert.deepEqual((await read('segment=all')).json<Metrics>().series, [
    { name: 'validation.loss', segment: 0, steps: [3], values: [0.25] },
  ]);
  assert.deepEqual((await read('segment=1')).json<Metrics>().series, []);
  assert.equal((await read('segment=0', 'text/csv')).body, 'name,segment,step,value\nvalidation.loss,0,3,0.25\n');
  assert.equal((await read('segment=last')).statusCode, 400);
  assert.equal((await read('segment=-1')).statusCode, 400);
});

test('Accept: text/csv gives one row a point', async () => {
  const response = await api.inject({ url: `/v1/jobs/${jobId}/metrics`, headers: { accept: 'text/csv' } });
  assert.equal(response.headers['content-type'], 'text/csv; charset=utf-8');
  const rows = [
    'name,step,value',
    'train.loss,1,0.5',
    'train.loss,2,NaN',
    'train.loss,3,-Infinity',
    'validation.loss,3,0.25',
  ];
  assert.equal(response.body, `${rows.join('\n')}\n`);
});

const fileUrl = () => `/v1/checkpoints/${checkpointId}/file`;
const download = (headers: Record<string, string>, method: 'GET' | 'HEAD' = 'GET') =>
  api.inject({ method, url: fileUrl(), headers });

test('a checkpoint is listed with the hash of its file, which is its ETag', async () => {
  const { items } = (await api.inject({ url: `/v1/jobs/${jobId}/checkpoints` })).json<{ items: Checkpoint[] }>();
  const one = (await api.inject({ url: `/v1/checkpoints/${checkpointId}` })).json<Checkpoint>();
  assert.deepEqual(items, [one]);
  const whole = await download({});
  assert.equal(whole.statusCode, 200);
  assert.equal(whole.headers.etag, `"${one.sha256}"`);
  assert.deepEqual(whole.rawPayload, file);
});

const ranges: Record<string, [status: number, start: number, end: number]> = {
  'bytes=0-0': [206, 0, 1],
  'bytes=10-19': [206, 10, 20],
  'bytes=990-': [206, 990, 1000],
  'bytes=-8': [206, 992, 1000],
  'bytes=-5000': [206, 0, 1000],
  'bytes=999-5000': [206, 999, 1000],
  'bytes=5-4': [200, 0, 1000], // not a valid range: as if there were none
  'bytes=0-1,3-4': [200, 0, 1000],
  'items=0-1': [200, 0, 1000],
  'bytes=1000-': [416, 0, 0],
  'bytes=-0': [416, 0, 0],
};
for (const [range, [status, start, end]] of Object.entries(ranges)) {
  test(`Range: ${range} of 1000 bytes is ${status}${status === 206 ? `, bytes ${start} to ${end - 1}` : ''}`, async () => {
    const response = await download({ range });
    assert.equal(response.statusCode, status);
    if (status === 416) {
      assert.equal(response.headers['content-range'], 'bytes */1000');
      assert.equal(response.json<Problem>().code, 'range_not_satisfiable');
      return;
    }
    assert.deepEqual(response.rawPayload, file.subarray(start, end));
    assert.equal(Number(response.headers['content-length']), end - start);
    if (status === 206) assert.equal(response.headers['content-range'], `bytes ${start}-${end - 1}/1000`);
  });
}

test('If-Range with this ETag keeps the range, with another or a date it gives the whole', async () => {
  const range = 'bytes=0-9';
  assert.equal((await download({ range, 'if-range': `"${sha256}"` })).statusCode, 206);
  assert.equal((await download({ range, 'if-range': '"other"' })).statusCode, 200);
  assert.equal((await download({ range, 'if-range': `W/"${sha256}"` })).statusCode, 200);
  assert.equal((await download({ range, 'if-range': 'Tue, 24 Nov 2026 20:00:00 GMT' })).statusCode, 200);
});

test('If-None-Match with this ETag, also weak, listed or *, is 304 without a body', async () => {
  for (const header of [`"${sha256}"`, `W/"${sha256}"`, `"x", "${sha256}"`, '*']) {
    const response = await download({ 'if-none-match': header });
    assert.deepEqual([response.statusCode, response.body], [304, ''], header);
  }
  assert.equal((await download({ 'if-none-match': '"x"' })).statusCode, 200);
});

test('HEAD has the headers of the whole file and no body, whatever Range says', async () => {
  const response = await download({ range: 'bytes=0-9' }, 'HEAD');
  assert.deepEqual(
    [response.statusCode, response.headers['content-length'], response.headers.etag, response.body],
    [200, '1000', `"${sha256}"`, ''],
  );
});

test('a result with 500 classes is whole in its job and numbers alone in a list; predict takes 200 rows of it at once', async () => {
  const { id } = await submit(api, specOf(await uploadPenguins(api)));
  const run = await claim(api.db, { jobId: id, generation: 1, consumerId: 'c', leaseSeconds: 60, fingerprint: 'f' });
  assert.ok(run);
  const bestCheckpointId = await addCheckpoint(api.db, run, 1);
  const modelId = newId('model');
  const result = resultOf(modelId, bestCheckpointId);
  const confusion = [
    [1, 0],
    [0, 1],
  ];
  result.metrics.test = { rows: 2, values: { accuracy: 1 }, confusion };
  const model = modelOf(modelId, bestCheckpointId);
  model.card = {
    ...model.card,
    task: 'classification',
    classes: Array.from({ length: 500 }, (_, index) => `c${index}`),
  };
  await succeed(api.db, { jobId: id, epoch: run.epoch, result, model });

  const whole = (await api.inject({ url: `/v1/jobs/${id}` })).json<Job>();
  assert.deepEqual(whole.result?.metrics.test?.confusion, confusion);
  const listed = (await api.inject({ url: '/v1/jobs?state=succeeded' })).json<{ items: Job[] }>().items;
  assert.deepEqual(
    listed.map(({ result }) => result?.metrics.test),
    [{ rows: 2, values: { accuracy: 1 } }],
  );

  const rows = Array.from({ length: 201 }, () => ({ x: 1 }));
  const response = await api.inject({ method: 'POST', url: `/v1/models/${modelId}/predict`, payload: { rows } });
  const { code, errors } = response.json<Problem>();
  assert.deepEqual([response.statusCode, code, errors?.[0]?.path], [413, 'payload_too_large', '/rows']);
});
