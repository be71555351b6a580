/** The embedded PostgreSQL: nothing committed is lost, whoever is killed, and no server but the directory's own is used. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import pg from 'pg';
import { pino } from 'pino';
import { type EmbeddedPostgres, startPostgres } from '../../src/supervisor/embedded-postgres.js';

const log = pino({ level: 'silent' });

/** Servers that a test started; they stop before its folders go. */
const running: EmbeddedPostgres[] = [];

async function temporaryFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'trainyard-postgres-'));
  t.after(async () => {
    await Promise.all(running.splice(0).map((postgres) => postgres.stop()));
    await rm(folder, { recursive: true });
  });
  return folder;
}

async function start(dataDir: string, port?: number): Promise<EmbeddedPostgres> {
  const postgres = await startPostgres({ dataDir, log, port });
  running.push(postgres);
  return postgres;
}

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const result = await client.query(sql);
    return result.rows;
  } finally {
    await client.end();
  }
}

test('a stop and a start keep data and password, and commits are durable', async (t) => {
  const dataDir = await temporaryFolder(t);
  const first = await start(dataDir);
  await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
  await first.stop();
  await assert.rejects(query(first.url, 'SELECT 1'), { code: 'ECONNREFUSED' });

  const second = await start(dataDir);
  assert.deepEqual(await query(second.url, 'SELECT answer FROM kept'), [{ answer: 42 }]);
  assert.equal(new URL(second.url).password, new URL(first.url).password);
  const settings = await query(
    second.url,
    "SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes', 'server_encoding')",
  );
  assert.deepEqual(Object.fromEntries(settings.map(({ name, setting }) => [name, setting])), {
    fsync: 'on',
    full_page_writes: 'on',
    server_encoding: 'UTF8',
    synchronous_commit: 'on',
  });
});

test('only the password opens it, and only the owner can read the password', async (t) => {
  const dataDir = await temporaryFolder(t);
  const { url } = await start(dataDir);
  const wrong = new URL(url);
  wrong.password = 'guess';
  await assert.rejects(query(wrong.href, 'SELECT 1'), { code: '28P01' });
  assert.equal((await stat(join(dataDir, 'postgres.password'))).mode & 0o777, 0o600);
  assert.equal((await stat(join(dataDir, 'postgres'))).mode & 0o777, 0o700);
});

test('after kill -9 of every server process the next start has every commit', async (t) => {
  const dataDir = await temporaryFolder(t);
  const first = await start(dataDir);
  await query(first.url, 'CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n');
  const processes = await query(first.url, 'SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid()');
  process.kill(first.pid, 'SIGKILL');
  for (const { pid } of processes) killIfThere(Number(pid));
  await first.exited;
  assert.ok(await readFile(join(dataDir, 'postgres', 'postmaster.pid')), 'a killed server leaves its pid file');

  const second = await start(dataDir);
  assert.deepEqual(await query(second.url, 'SELECT count(*)::int AS count FROM kept'), [{ count: 1000 }]);
});

test('a killed postmaster whose backends still hold connections is replaced when they are gone', async (t) => {
  const dataDir = await temporaryFolder(t);
  const first = await start(dataDir);
  const idle = new pg.Client({ connectionString: first.url });
  idle.on('error', () => {}); // says that the server is gone, which is what this test does to it
  const lost = new Promise((resolve) => idle.once('end', resolve));
  await idle.connect();
  process.kill(first.pid, 'SIGKILL');
  const second = await start(dataDir);
  await lost;
  assert.notEqual(second.pid, first.pid);
  assert.deepEqual(await query(second.url, 'SELECT 1 AS one'), [{ one: 1 }]);
});

test('the server of a killed supervisor is taken over with its connections', async (t) => {
  const dataDir = await temporaryFolder(t);
  const module = new URL('../../src/supervisor/embedded-postgres.js', import.meta.url).href;
  const program = `
    import { pino } from 'pino';
    import { startPostgres } from ${JSON.stringify(module)};
    const { url, pid } = await startPostgres({ dataDir: ${JSON.stringify(dataDir)}, log: pino({ level: 'silent' }) });
    process.stdout.write(JSON.stringify({ url, pid }));
    setInterval(() => {}, 1000);`;
  const supervisor = spawn(process.execPath, ['--input-type=module', '-e', program], {
    cwd: new URL('.', import.meta.url), // where 'pino' is found
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [output] = await once(supervisor.stdout, 'data');
  const orphan = JSON.parse(String(output)) as { url: string; pid: number };
  const client = new pg.Client({ connectionString: orphan.url });
  await client.connect();
  await client.query('CREATE TEMPORARY TABLE mine AS SELECT 7 AS n'); // lives as long as this connection
  supervisor.kill('SIGKILL');
  await once(supervisor, 'exit');

  const adopted = await start(dataDir);
  assert.equal(adopted.pid, orphan.pid);
  assert.deepEqual((await client.query('SELECT n FROM mine')).rows, [{ n: 7 }]);
  await client.end();
  await adopted.stop();
  await assert.rejects(query(adopted.url, 'SELECT 1'), { code: 'ECONNREFUSED' });
});

test('a pid file that names a living process of another program is no obstacle', async (t) => {
  const dataDir = await temporaryFolder(t);
  const first = await start(dataDir);
  const pidFile = join(dataDir, 'postgres', 'postmaster.pid');
  const lines = (await readFile(pidFile, 'utf8')).split('\n');
  await first.stop();
  await writeFile(pidFile, [process.pid, ...lines.slice(1)].join('\n'));

  const second = await start(dataDir);
  assert.deepEqual(await query(second.url, 'SELECT 1 AS one'), [{ one: 1 }]);
});

test('a copy of the directory, pid file and password included, gets a server of its own', async (t) => {
  const dataDir = await temporaryFolder(t);
  const original = await start(dataDir);
  const copy = await temporaryFolder(t);
  await cp(dataDir, copy, { recursive: true });
  const second = await start(copy);
  assert.notEqual(second.pid, original.pid);
  await query(second.url, 'CREATE TABLE only_in_copy ()');
  assert.deepEqual(await query(original.url, "SELECT to_regclass('only_in_copy') AS found"), [{ found: null }]);
});

test('two directories started at once are two servers, and a creation that was cut short is begun anew', async (t) => {
  const [one, two] = [await temporaryFolder(t), await temporaryFolder(t)];
  await cp(import.meta.dirname, join(one, 'postgres.new-cut'), { recursive: true }); // what a killed initdb may leave
  const [first, second] = await Promise.all([start(one), start(two)]);
  await query(first.url, 'CREATE TABLE only_in_first ()');
  assert.deepEqual(await query(second.url, "SELECT to_regclass('only_in_first') AS found"), [{ found: null }]);
  const expected = ['postgres', 'postgres.log', 'postgres.password'];
  assert.deepEqual((await readdir(one)).sort(), expected);
  assert.deepEqual((await readdir(two)).sort(), expected);
});

test('a fixed port is used, and refused by its number when another program has it', async (t) => {
  const dataDir = await temporaryFolder(t);
  const other = createServer((socket) => socket.resume()).listen(0, '127.0.0.1');
  await once(other, 'listening');
  const address = other.address();
  assert.ok(address && typeof address === 'object');
  await assert.rejects(startPostgres({ dataDir, log, port: address.port }), { message: new RegExp(`${address.port}`) });
  await new Promise((resolve) => other.close(resolve));
  const postgres = await start(dataDir, address.port);
  assert.equal(new URL(postgres.url).port, `${address.port}`);
});

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    assert.equal((error as NodeJS.ErrnoException).code, 'ESRCH');
  }
}
