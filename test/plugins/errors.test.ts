/** Requests that no well-behaved client sends, byte by byte over a socket: each is answered 4xx with a problem. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { before, test } from 'node:test';
import type { Problem } from '../routes/problem-body.js';
import { startApi, type TestApi } from '../routes/support.js';

let api: TestApi;
let port: number;

before(async () => {
  api = await startApi();
  port = Number(new URL(await api.app.listen({ host: '127.0.0.1', port: 0 })).port);
});

/** Sends raw bytes and reads until the server closes. */
async function exchange(request: string): Promise<{ status: number; head: string; body: string }> {
  const socket = connect(port, '127.0.0.1');
  socket.setEncoding('utf8').write(request);
  let answer = '';
  socket.on('data', (chunk: string) => {
    answer += chunk;
  });
  await once(socket, 'close');
  const [head = '', body = ''] = answer.split('\r\n\r\n');
  return { status: Number(head.split(' ')[1]), head, body };
}

const get = (path: string, ...headers: string[]) =>
  [`GET ${path} HTTP/1.1`, 'host: localhost', 'connection: close', ...headers, '', ''].join('\r\n');
const post = (body: string, ...headers: string[]) =>
  ['POST /v1/jobs HTTP/1.1', 'host: localhost', 'connection: close', ...headers, '', body].join('\r\n');
const json = 'content-type: application/json';

const raw: Record<string, [request: string, status: number, code: string]> = {
  'bad URL encoding': [get('/v1/jobs/%zz'), 400, 'malformed_request'],
  'a URL that is no UTF-8': [get('/v1/jobs/%ff%fe'), 400, 'malformed_request'],
  'an id of 10,000 characters': [get(`/v1/jobs/${'x'.repeat(10_000)}`), 400, 'malformed_request'],
  'an id that is none': [get('/v1/jobs/%00'), 404, 'not_found'],
  'a path that is not there': [get('/v2/jobs'), 404, 'not_found'],
  'a tab in Content-Type': [
    post('{}', 'content-type: application/json\ta', 'content-length: 2'),
    415,
    'unsupported_media_type',
  ],
  'a Content-Type that is none': [post('{}', 'content-type: json', 'content-length: 2'), 415, 'unsupported_media_type'],
  'a Content-Length of 10^30': [post('{}', json, `content-length: 1${'0'.repeat(30)}`), 400, 'malformed_request'],
  'a negative Content-Length': [post('{}', json, 'content-length: -1'), 400, 'malformed_request'],
  'two lengths': [post('{}', json, 'content-length: 2', 'transfer-encoding: chunked'), 400, 'malformed_request'],
  'a broken chunk': [post('zz\r\n{}', json, 'transfer-encoding: chunked'), 400, 'malformed_request'],
  'no Host': ['GET / HTTP/1.1\r\nconnection: close\r\n\r\n', 400, 'malformed_request'],
  'no HTTP': ['hello\r\n\r\n', 400, 'malformed_request'],
  'headers of 100 KB': [get('/', `x: ${'y'.repeat(100_000)}`), 431, 'malformed_request'],
  'a method that is none': [get('/').replace('GET', 'BREW'), 400, 'malformed_request'],
  'an expectation that nobody knows': [get('/healthz', 'expect: tea'), 400, 'malformed_request'],
  'a Host of another name': [get('/healthz').replace('localhost', 'evil.example'), 403, 'forbidden'],
  'a foreign Origin': [get('/healthz', 'origin: https://evil.example'), 403, 'forbidden'],
  'a null Origin': [get('/healthz', 'origin: null'), 403, 'forbidden'],
};

for (const [title, [request, status, code]] of Object.entries(raw)) {
  test(`${title} is ${status} ${code}, as a problem`, async () => {
    const answer = await exchange(request);
    assert.equal(answer.status, status, answer.head + answer.body);
    assert.match(answer.head, /content-type: application\/problem\+json/i);
    const problem = JSON.parse(answer.body) as Problem;
    assert.deepEqual([problem.code, problem.status], [code, status]);
    assert.match(problem.requestId, /^req_/);
  });
}

test('our own Origin, and 127.0.0.1 or ::1 as Host, are let through', async () => {
  assert.equal((await exchange(get('/healthz', 'origin: http://localhost'))).status, 200);
  for (const host of ['127.0.0.1', '127.1.2.3:80', '[::1]:80', 'LOCALHOST', 'localhost.']) {
    assert.equal((await exchange(get('/healthz').replace('localhost', host))).status, 200, host);
  }
});

test('a body of 10 MB over a real connection is answered 413, not cut off', async () => {
  for (let i = 0; i < 5; i++) {
    const response = await fetch(`http://127.0.0.1:${port}/v1/jobs`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'x'.repeat(10_000_000) }),
    });
    assert.equal(response.status, 413);
    assert.equal(((await response.json()) as Problem).code, 'payload_too_large');
  }
});

test('a method that a path does not have is 404 with Allow and the methods in the hint', async () => {
  const response = await api.inject({ method: 'PUT', url: '/v1/jobs' });
  assert.equal(response.statusCode, 404);
  assert.equal(response.headers.allow, 'GET, HEAD, POST');
  assert.match(response.json<Problem>().hint ?? '', /GET, HEAD, POST/);
});

test('the docs run under a policy without inline scripts, and without upgrading to HTTPS', async () => {
  const page = await api.app.inject({ url: '/docs' });
  const policy = String(page.headers['content-security-policy']);
  assert.equal(page.statusCode, 200);
  assert.match(policy, /script-src 'self';/);
  assert.doesNotMatch(policy, /unsafe|upgrade-insecure-requests/);
  const scripts = [...page.body.matchAll(/<script src="([^"]+)"[^>]*>([^<]*)/g)];
  assert.ok(scripts.length >= 3);
  for (const [, source = '', inline = ''] of scripts) {
    assert.equal(inline.trim(), '');
    assert.equal((await api.app.inject({ url: source })).statusCode, 200, source);
  }
});
