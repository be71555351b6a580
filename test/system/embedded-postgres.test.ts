/**
 * The service on machines of other shapes: as root in folders that only root may enter, as an ordinary user, with and
 * without a user called postgres. Needs root, for mount namespaces: a bind mount puts this project, another /etc/passwd
 * and an empty /var/cache where one process tree sees them, and the machine stays as it is.
 */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { projectRoot } from '../../src/paths.js';

const nobody = 65534;
const postgresUid = 54321;

interface Machine {
  /** Open to all; below it everything else. */
  folder: string;
  /** Only root may enter; `clone` below it is this project. */
  privateFolder: string;
  /** This project, where all may enter. */
  publicClone: string;
  /** What the machine has as /var/cache. */
  cache: string;
  /** Runs node on a machine with these users, as root or as an ordinary user. */
  run(args: string[], options?: { users?: string; uid?: number; env?: NodeJS.ProcessEnv }): ChildProcess;
}

const usersWithout = `root:x:0:0::/root:/bin/sh\nnobody:x:${nobody}:${nobody}::/nonexistent:/usr/sbin/nologin\n`;
const usersWith = `${usersWithout}postgres:x:${postgresUid}:${postgresUid}::/nonexistent:/usr/sbin/nologin\n`;

async function temporaryMachine(t: TestContext): Promise<Machine> {
  const folder = await mkdtemp(join(tmpdir(), 'trainyard-system-'));
  t.after(() => rm(folder, { recursive: true }));
  await chmod(folder, 0o755);
  const at = (...path: string[]) => join(folder, ...path);
  await mkdir(at('private'), { mode: 0o700 });
  for (const path of [at('private', 'clone'), at('clone'), at('cache')]) await mkdir(path);
  return {
    folder,
    privateFolder: at('private'),
    publicClone: at('clone'),
    cache: at('cache'),
    run(args, { users = usersWithout, uid, env = {} } = {}) {
      const mounts = [
        `printf %s "$USERS" > ${at('passwd')}`,
        `mount --bind ${at('passwd')} /etc/passwd`,
        `mount --bind ${at('cache')} /var/cache`,
        `mount --bind ${projectRoot} ${at('clone')}`,
        `mount --bind ${projectRoot} ${at('private', 'clone')}`,
      ];
      const become = uid === undefined ? '' : `setpriv --reuid=${uid} --regid=${uid} --clear-groups`;
      const script = `${mounts.join(' && ')} && cd ${at('clone')} && exec ${become} "$@"`;
      return spawn('unshare', ['--mount', '--', 'sh', '-c', script, 'sh', process.execPath, ...args], {
        env: { ...process.env, USERS: users, ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
    },
  };
}

async function outputOf(child: ChildProcess): Promise<string> {
  let text = '';
  for (const stream of [child.stdout!, child.stderr!])
    stream.setEncoding('utf8').on('data', (chunk) => (text += chunk));
  await once(child, 'close');
  assert.equal(child.exitCode, 0, text);
  return text;
}

/** Serves from `clone`, answers its health check, stops with 0. */
async function serveOnce(machine: Machine, clone: string, dataDir: string, uid?: number): Promise<void> {
  const env = { DATA_DIR: dataDir, PORT: '0' };
  const service = machine.run([join(clone, 'dist/src/main.js')], { env, ...(uid !== undefined && { uid }) });
  const output = outputOf(service);
  const url = await Promise.race([
    readyUrl(service),
    output.then((text) => assert.fail(`it ended before it was ready: ${text}`)),
  ]);
  assert.equal((await fetch(`${url}/healthz`)).status, 200);
  service.kill('SIGTERM');
  await output;
}

async function readyUrl(service: ChildProcess): Promise<string> {
  for (let text = ''; ; ) {
    const [chunk] = await once(service.stderr!, 'data');
    text += chunk;
    const url = /ready at (\S+)/.exec(text)?.[1];
    if (url) return url;
  }
}

/** Starts the embedded server of `dataDir`, counts the starts in a table, stops; gives the count. */
async function countStart(machine: Machine, dataDir: string, users: string): Promise<number> {
  const clone = join(machine.privateFolder, 'clone');
  const program = `
    import pg from 'pg';
    import { pino } from 'pino';
    import { startPostgres } from ${JSON.stringify(join(clone, 'dist/src/supervisor/embedded-postgres.js'))};
    const postgres = await startPostgres({ dataDir: ${JSON.stringify(dataDir)}, log: pino({ level: 'silent' }) });
    const client = new pg.Client({ connectionString: postgres.url });
    await client.connect();
    await client.query('CREATE TABLE IF NOT EXISTS starts (at timestamptz DEFAULT now())');
    await client.query('INSERT INTO starts DEFAULT VALUES');
    const { rows } = await client.query('SELECT count(*)::int AS count FROM starts');
    await client.end();
    await postgres.stop();
    process.stdout.write(String(rows[0].count));`;
  return Number(await outputOf(machine.run(['--input-type=module', '-e', program], { users })));
}

test('as root, with clone and data where only root may enter, two at once on a machine that never ran it', async (t) => {
  const machine = await temporaryMachine(t);
  const clone = join(machine.privateFolder, 'clone');
  const directories = ['one', 'two'].map((name) => join(machine.privateFolder, name));
  await Promise.all(directories.map((dataDir) => serveOnce(machine, clone, dataDir)));
  for (const dataDir of directories) assert.equal((await stat(join(dataDir, 'postgres'))).uid, nobody);
  const copies = await readdir(join(machine.cache, 'trainyard'));
  assert.equal(copies.length, 1, `one copy of the programs and nothing unfinished: ${copies}`);
  assert.equal((await stat(join(machine.cache, 'trainyard', copies[0]!))).uid, 0);
});

test('as an ordinary user, where nothing of root is needed or left', async (t) => {
  const machine = await temporaryMachine(t);
  const home = join(machine.folder, 'home');
  await mkdir(home, { mode: 0o700 });
  await chown(home, nobody, nobody);
  await serveOnce(machine, machine.publicClone, join(home, 'data'), nobody);
  for (const path of await below(home, 'data')) assert.equal((await stat(join(home, path))).uid, nobody, path);
  assert.deepEqual(await readdir(machine.cache), []);
});

test('under root a cluster belongs to postgres where there is one, and stays with its owner when that changes', async (t) => {
  const machine = await temporaryMachine(t);
  const ownerOf = async (dataDir: string) => (await stat(join(dataDir, 'postgres'))).uid;
  const [early, late] = [join(machine.privateFolder, 'early'), join(machine.privateFolder, 'late')];
  assert.equal(await countStart(machine, early, usersWithout), 1);
  assert.equal(await ownerOf(early), nobody);
  assert.equal(await countStart(machine, early, usersWith), 2);
  assert.equal(await ownerOf(early), nobody);
  assert.equal(await countStart(machine, late, usersWith), 1);
  assert.equal(await ownerOf(late), postgresUid);
});

test('a cluster that root restored from a backup, and so owns, starts with its rows', async (t) => {
  const machine = await temporaryMachine(t);
  const dataDir = join(machine.privateFolder, 'data');
  assert.equal(await countStart(machine, dataDir, usersWith), 1);
  const paths = ['postgres.password', 'postgres', ...(await below(dataDir, 'postgres'))];
  for (const path of paths) await chown(join(dataDir, path), 0, 0);
  assert.equal(await countStart(machine, dataDir, usersWith), 2);
  assert.match(await readFile(join(dataDir, 'postgres.password'), 'utf8'), /^[\w-]{32}\n$/);
});

async function below(parent: string, folder: string): Promise<string[]> {
  return (await readdir(join(parent, folder), { recursive: true })).map((path) => join(folder, path));
}
