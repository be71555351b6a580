/** The TypeScript client against a real service: what it sends, what comes of it, and what it does where a connection breaks. */
import assert from 'node:assert/strict';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { before, type TestContext, test } from 'node:test';
import {
  createClient,
  type Dataset,
  type Job,
  type JobEvent,
  type TrainyardClient,
  TrainyardError,
} from '../../clients/typescript/src/index.js';
import { projectRoot } from '../../src/paths.js';
import { createServices } from '../../src/services/index.js';
import { penguins } from '../routes/support.js';
import { type CuttingProxy, startCuttingProxy } from './cutting-proxy.js';
import { type ServedApi, startServed } from './served.js';

const path = join(projectRoot, 'examples/data/penguins.csv');
let service: ServedApi;
let client: TrainyardClient;
let dataset: Dataset;
before(async () => {
  service = await startServed();
  client = createClient({ baseUrl: service.url });
  dataset = await client.uploadDataset(path);
});

const specOf = (name: string, epochs = 20) => ({
  ...{ name, dataset: { id: dataset.id, target: 'species' }, model: { type: 'mlp' as const, hidden: [8] } },
  training: { epochs },
});

async function submit(name: string, { through = client, epochs = 20 } = {}): Promise<Job> {
  const { data } = await through.api.POST('/v1/jobs', { body: specOf(name, epochs) });
  return data!;
}

async function proxyTo(t: TestContext, cut: (nth: number, answered: number) => boolean): Promise<CuttingProxy> {
  const proxy = await startCuttingProxy(service.url, cut);
  t.after(() => proxy.close());
  return proxy;
}

test('a path, a Blob and a stream of the same bytes give the same dataset', async () => {
  assert.deepEqual([dataset.name, dataset.format], ['penguins', 'csv']);
  const blob = await client.uploadDataset(new Blob([await penguins()]), { fileName: 'other.csv' });
  const stream = await client.uploadDataset(createReadStream(path), { name: 'streamed', format: 'csv' });
  assert.deepEqual([blob.id, stream.id], [dataset.id, dataset.id]);
});

test('waitFor tells of progress until the job has succeeded', async () => {
  const states: string[] = [];
  const job = await client.waitFor(await submit('waited for'), {
    onProgress: ({ state }) => states.push(state),
    pollSeconds: 0.05,
  });
  assert.equal(job.state, 'succeeded');
  assert.equal(states.at(-1), 'succeeded');
});

test('waitFor ends with the reason of its signal', async () => {
  const { id } = await submit('left alone', { epochs: 1e6 });
  const controller = new AbortController();
  const onProgress = () => controller.abort(new Error('enough'));
  await assert.rejects(client.waitFor(id, { onProgress, signal: controller.signal }), /^Error: enough$/);
  await client.api.POST('/v1/jobs/{id}/cancel', { params: { path: { id } } });
});

test('events are told once each, in order, over connections that break after every few', async (t) => {
  const job = await client.waitFor(await submit('followed'), { pollSeconds: 0.1 });
  // Each of these is broken in its headers or behind some events.
  const proxy = await proxyTo(t, (nth, answered) => nth < 4 && answered > 700 + 300 * nth);
  const seen: JobEvent[] = [];
  for await (const event of createClient({ baseUrl: proxy.url }).events(job)) seen.push(event);
  const { data } = await client.api.GET('/v1/jobs/{id}/events', { params: { path: { id: job.id } } });
  assert.equal(data?.nextCursor, null);
  assert.deepEqual(seen, data.items);
  assert.ok(proxy.connections() > 4, `${proxy.connections()} connections`);

  const rest: number[] = [];
  for await (const { seq } of client.events(job, { lastEventId: seen.length - 2 })) rest.push(seq);
  assert.deepEqual(rest, [seen.length - 1, seen.length]);
});

test('events end with the reason of their signal', async () => {
  const { id } = await submit('followed a while', { epochs: 1e6 });
  const controller = new AbortController();
  const follow = async () => {
    for await (const _event of client.events(id, { signal: controller.signal })) controller.abort(new Error('enough'));
  };
  await assert.rejects(follow(), /^Error: enough$/);
  await client.api.POST('/v1/jobs/{id}/cancel', { params: { path: { id } } });
});

test('a job whose answer is lost is made once', async (t) => {
  const proxy = await proxyTo(t, (nth) => nth < 2);
  const job = await submit('made once', { through: createClient({ baseUrl: proxy.url }) });
  const { data } = await client.api.GET('/v1/jobs', { params: { query: { name: 'made once' } } });
  assert.deepEqual([data?.items.map(({ id }) => id), proxy.connections()], [[job.id], 3]);
});

test('a problem is a TrainyardError with its code, status and what is wrong where', async () => {
  const body = { ...specOf('bad'), model: { type: 'mlp' as const, hidden: [0] } };
  await assert.rejects(client.api.POST('/v1/jobs', { body }), (error) => {
    assert.ok(error instanceof TrainyardError);
    const { code, status, retryable, errors, requestId } = error;
    assert.deepEqual({ code, status, retryable }, { code: 'invalid_request', status: 400, retryable: false });
    assert.equal(errors[0]?.path, '/model/hidden/0');
    assert.ok(requestId);
    return true;
  });
  await assert.rejects(client.waitFor('job_00000000000000000000000000'), { code: 'not_found', status: 404 });
});

test('the key goes with every request', async () => {
  const guarded = await startServed({ KEYS: 'required' });
  const { key } = await createServices(guarded.parts).keys.create({ tenantId: 'ours', name: 'test', scope: 'submit' });
  const mine = createClient({ baseUrl: guarded.url, apiKey: key });
  const { id } = await mine.uploadDataset(path);
  assert.deepEqual(
    (await mine.api.GET('/v1/datasets')).data?.items.map((item) => item.id),
    [id],
  );
  await assert.rejects(createClient({ baseUrl: guarded.url }).api.GET('/v1/datasets'), { code: 'unauthorized' });
});
