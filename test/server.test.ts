/** The API as a process: it says when it is ready, answers, and ends when it is told to. */
import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { freshDatabase } from './support/database.js';

const entry = fileURLToPath(new URL('../src/server.js', import.meta.url));
const DATA_DIR = await mkdtemp(join(tmpdir(), 'trainyard-server-'));
after(() => rm(DATA_DIR, { recursive: true, force: true }));
let env: NodeJS.ProcessEnv;

before(async () => {
  const { url, schema } = await freshDatabase();
  env = { ...process.env, PORT: '0', DATABASE_URL: url, NAMESPACE: schema, DATA_DIR, LOG_LEVEL: 'warn' };
});

const children: ChildProcess[] = [];
after(() => {
  for (const child of children) child.kill('SIGKILL'); // where a test failed before it ended its own
});

/** Starts the server; resolves with its URL once it is ready. */
async function start(more: NodeJS.ProcessEnv = {}): Promise<{ child: ChildProcess; url: string }> {
  const child = fork(entry, { env: { ...env, ...more } });
  children.push(child);
  const [message] = (await Promise.race([once(child, 'message'), once(child, 'exit')])) as [
    { type: string; url: string },
  ];
  assert.equal(message.type, 'ready', `exited: ${message}`);
  return { child, url: message.url };
}

const endings: Record<string, (child: ChildProcess) => void> = {
  SIGTERM: (child) => child.kill('SIGTERM'),
  SIGINT: (child) => child.kill('SIGINT'),
  'the end of its parent': (child) => child.disconnect(),
};

for (const [title, end] of Object.entries(endings)) {
  test(`is ready on a free port, and ends with code 0 on ${title}`, async () => {
    const { child, url } = await start();
    const readiness = await fetch(`${url}/readyz`);
    assert.equal(readiness.status, 200, await readiness.text());
    const exited = once(child, 'exit');
    end(child);
    assert.deepEqual(await exited, [0, null]);
  });
}

test('a request under way when SIGTERM comes is answered before the process ends', async () => {
  const { child, url } = await start();
  const exited = once(child, 'exit');
  const socket = connect(Number(new URL(url).port), '127.0.0.1').setEncoding('utf8');
  let answer = '';
  socket.on('data', (chunk: string) => {
    answer += chunk;
  });
  const body = '{}';
  socket.write(
    `POST /v1/jobs HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body[0]}`,
  );
  // The server has begun to read the request when it answers another one that came later.
  await (await fetch(`${url}/healthz`)).text();
  child.kill('SIGTERM');
  await refusesConnections(url);
  socket.write(body.slice(1));
  await once(socket, 'close');
  assert.match(answer, /^HTTP\/1\.1 400 .*connection: close.*"invalid_request"/is);
  assert.deepEqual(await exited, [0, null]);
});

/** Resolves when nobody listens at the URL any more. */
async function refusesConnections(url: string): Promise<void> {
  for (;;) {
    const refused = await fetch(`${url}/healthz`).then(
      async (response) => void (await response.text()),
      () => true,
    );
    if (refused) return;
  }
}

test('ends with an error that names the key when the configuration is bad', async () => {
  const child = fork(entry, { env: { ...env, DATABASE_URL: '' }, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const [code] = (await once(child, 'close')) as [number];
  assert.notEqual(code, 0);
  assert.match(errors, /DATABASE_URL/);
});
