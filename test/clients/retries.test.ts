/** What the TypeScript client tries again, when, and how often, against a server that fails as it is told. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { createClient, type TrainyardClient } from '../../clients/typescript/src/index.js';

type Answer = (response: ServerResponse) => void;

const ok: Answer = (response) => response.setHeader('content-type', 'application/json').end('{}');
const broken: Answer = (response) => response.destroy();
const problem =
  (status: number, body: object, headers: Record<string, string> = {}): Answer =>
  (response) =>
    response
      .writeHead(status, { 'content-type': 'application/problem+json', ...headers })
      .end(JSON.stringify({ status, detail: 'no', ...body }));

/** A client of a server that gives these answers in turn, and what it was sent. */
async function answering(t: TestContext, answers: Answer[]): Promise<[TrainyardClient, IncomingMessage[]]> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    request.resume().once('end', () => answers[requests.length - 1]!(response));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close().closeAllConnections());
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return [createClient({ baseUrl, retries: 2 }), requests];
}

const spec = { dataset: { id: 'ds_00000000000000000000000000', target: 'y' }, model: { type: 'mlp' as const } };
const id = 'job_00000000000000000000000000';

for (const status of [429, 503]) {
  test(`${status} is tried again after the seconds of Retry-After`, async (t) => {
    const [client, requests] = await answering(t, [problem(status, {}, { 'retry-after': '1' }), ok]);
    const start = performance.now();
    await client.api.POST('/v1/jobs/{id}/pause', { params: { path: { id } } });
    assert.ok(performance.now() - start > 990);
    assert.equal(requests.length, 2);
  });
}

test('the last error is thrown when the tries are used up', async (t) => {
  const answer = problem(503, { code: 'unavailable' }, { 'retry-after': '0' });
  const [client, requests] = await answering(t, [answer, answer, answer]);
  await assert.rejects(client.api.GET('/v1/jobs'), { code: 'unavailable', status: 503, retryAfterSeconds: 0 });
  assert.equal(requests.length, 3);
});

test('a job is submitted again under the same key', async (t) => {
  const busy = problem(409, { code: 'idempotency_in_flight', retryable: true });
  const [client, requests] = await answering(t, [broken, busy, ok]);
  await client.api.POST('/v1/jobs', { body: spec });
  const keys = requests.map(({ headers }) => headers['idempotency-key']);
  assert.match(String(keys[0]), /^[\da-f-]{36}$/);
  assert.deepEqual(keys, [keys[0], keys[0], keys[0]]);
});

test('a key of the caller’s own is kept', async (t) => {
  const [client, requests] = await answering(t, [ok]);
  await client.api.POST('/v1/jobs', { body: spec, params: { header: { 'idempotency-key': 'mine' } } });
  assert.equal(requests[0]?.headers['idempotency-key'], 'mine');
});

test('what may have been carried out is not asked again when the connection breaks', async (t) => {
  const [client, requests] = await answering(t, [broken, ok]);
  const pause = client.api.POST('/v1/jobs/{id}/pause', { params: { path: { id } } });
  await assert.rejects(pause, { code: 'unreachable', status: 0, retryable: false });
  assert.equal(requests.length, 1);
});

test('a stream of bytes is uploaded in one try, a Blob in as many as it takes', async (t) => {
  const unavailable = problem(503, { code: 'unavailable' }, { 'retry-after': '0' });
  const [client, requests] = await answering(t, [unavailable, unavailable, ok]);
  const bytes = async function* () {
    yield Buffer.from('a\n1\n');
  };
  await assert.rejects(client.uploadDataset(bytes(), { fileName: 'a.csv' }), { code: 'unavailable' });
  assert.equal(requests.length, 1);
  await client.uploadDataset(new Blob(['a\n1\n']), { fileName: 'a.csv' });
  assert.equal(requests.length, 3);
});

test('an answer of a proxy is an error that keeps the status', async (t) => {
  const [client] = await answering(t, [(response) => response.writeHead(502).end('<h1>Bad Gateway</h1>')]);
  const expected = { code: 'unexpected', status: 502, retryable: false, message: 'HTTP 502: <h1>Bad Gateway</h1>' };
  await assert.rejects(client.api.GET('/v1/jobs'), expected);
});

const cut: Answer = (response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': 100 });
  response.write('{"state":', () => response.destroy());
};

test('a body that breaks off is asked for again, and unreachable in the end', async (t) => {
  const [client, requests] = await answering(t, [cut, ok, cut, cut, cut]);
  await client.api.GET('/v1/jobs');
  assert.equal(requests.length, 2);
  await assert.rejects(client.waitFor(id), { code: 'unreachable', status: 0 });
  assert.equal(requests.length, 5);
});

test('an error that breaks off is unreachable', async (t) => {
  const half: Answer = (response) => {
    response.writeHead(500, { 'content-type': 'application/problem+json', 'content-length': 100 });
    response.write('{"code":', () => response.destroy());
  };
  const [client] = await answering(t, [half]);
  const pause = client.api.POST('/v1/jobs/{id}/pause', { params: { path: { id } } });
  await assert.rejects(pause, { code: 'unreachable', status: 0 });
});

test('a DELETE whose answer was lost is done where the resource is gone; one of what never was is an error', async (t) => {
  const gone = problem(404, { code: 'not_found' });
  const [client, requests] = await answering(t, [broken, gone, gone]);
  const params = { path: { id } };
  assert.equal((await client.api.DELETE('/v1/jobs/{id}', { params })).response.status, 204);
  await assert.rejects(client.api.DELETE('/v1/jobs/{id}', { params }), { code: 'not_found' });
  assert.equal(requests.length, 3);
});

test('a sweep and the remedies of a job are asked for again under the same key', async (t) => {
  const [client, requests] = await answering(t, [broken, ok, broken, ok]);
  await client.api.POST('/v1/sweeps', { body: {} as never });
  await client.api.POST('/v1/jobs/{id}/remedies', { params: { path: { id } }, body: { steps: 1 } });
  const keys = requests.map(({ headers }) => headers['idempotency-key']);
  assert.ok(keys[0] && keys[2]);
  assert.deepEqual([keys[1], keys[3]], [keys[0], keys[2]]);
});

test('fetch is called as the function it is', async () => {
  const called: unknown[] = [];
  const fetch = async function (this: unknown) {
    called.push(this);
    return Response.json({});
  };
  await createClient({ baseUrl: 'http://127.0.0.1:9', fetch }).api.GET('/v1/jobs');
  assert.deepEqual(called, [undefined]);
});

test('a path that is no file is refused before anything is sent', async (t) => {
  const [client, requests] = await answering(t, []);
  await assert.rejects(client.uploadDataset('test'), /^Error: test: expected a file/);
  assert.equal(requests.length, 0);
});
