/**
 * The embedded PostgreSQL's files: the cluster in DATA_DIR/postgres, made on first use, and beside it postgres.password
 * (for scram; random, only its owner reads it) and postgres.log.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { ifMissing } from './if-missing.js';
import { type PostgresBinaries, postgresBinaries } from './postgres-binaries.js';
import { handOver, type PostgresUser, postgresUser } from './postgres-user.js';

const superuser = 'trainyard';
const maxLogBytes = 10 * 2 ** 20;

export interface Cluster {
  directory: string;
  logPath: string;
  password: string;
  user: PostgresUser;
  binaries: PostgresBinaries;
  log: Logger;
}

export function urlOf({ password }: Pick<Cluster, 'password'>, port: number): string {
  return `postgres://${superuser}:${password}@127.0.0.1:${port}/postgres`;
}

/** Makes what is missing of the cluster. */
export async function openCluster(dataDir: string, log: Logger): Promise<Cluster> {
  await mkdir(dataDir, { recursive: true });
  const directory = join(dataDir, 'postgres');
  const user = await postgresUser(directory);
  const binaries = await postgresBinaries(user);
  const isNew = !existsSync(join(directory, 'PG_VERSION'));
  const passwordPath = join(dataDir, 'postgres.password');
  if (isNew && !existsSync(passwordPath)) {
    await writeFile(passwordPath, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600, flush: true });
  }
  await handOver(passwordPath, user); // initdb reads it as `user`
  if (isNew) await createCluster(dataDir, { directory, passwordPath, user, binaries });
  else await handOver(directory, user);
  const logPath = join(dataDir, 'postgres.log');
  if ((await stat(logPath).catch(ifMissing({ size: 0 }))).size > maxLogBytes) await rename(logPath, `${logPath}.1`);
  return { directory, logPath, password: (await readFile(passwordPath, 'utf8')).trim(), user, binaries, log };
}

/** Makes it under another name and renames it when it is whole: a kill in between leaves no half cluster. */
async function createCluster(
  dataDir: string,
  {
    directory,
    passwordPath,
    user,
    binaries,
  }: Pick<Cluster, 'directory' | 'user' | 'binaries'> & { passwordPath: string },
): Promise<void> {
  const prefix = 'postgres.new-';
  const leftovers = (await readdir(dataDir)).filter((name) => name.startsWith(prefix));
  for (const name of leftovers) await rm(join(dataDir, name), { recursive: true, force: true });
  const unfinished = await mkdtemp(join(dataDir, prefix));
  await handOver(unfinished, user);
  const password = await open(passwordPath);
  try {
    const initdb = spawn(
      binaries.initdb,
      [
        ...['-D', pathForServer(unfinished, user), '--username', superuser, '--pwfile=/dev/fd/3'],
        ...['--auth=scram-sha-256', '--locale=C', '--encoding=UTF8'],
      ],
      { ...spawnOptions(unfinished, user), stdio: ['ignore', 'ignore', 'pipe', password.fd] },
    );
    let complaints = '';
    initdb.stderr?.setEncoding('utf8').on('data', (text: string) => {
      complaints += text;
    });
    const [code, signal] = await once(initdb, 'close');
    if (code !== 0) throw new Error(`initdb ended with ${signal ?? `code ${code}`}: ${complaints}`);
  } finally {
    await password.close();
  }
  await rename(unfinished, directory);
  const parent = await open(dataDir);
  await parent.sync().finally(() => parent.close());
}

/** Detached, so that Ctrl-C in a terminal reaches only the supervisor, which stops the server last. */
export async function spawnServer(cluster: Cluster, port: number): Promise<ChildProcess> {
  const { directory, user, binaries, logPath } = cluster;
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    shared_buffers: '64MB',
    log_checkpoints: 'off',
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const output = await open(logPath, 'a', 0o600);
  try {
    const server = spawn(binaries.postgres, ['-D', pathForServer(directory, user), ...flags], {
      ...spawnOptions(directory, user),
      detached: true,
      stdio: ['ignore', output.fd, output.fd],
    });
    await once(server, 'spawn');
    return server;
  } finally {
    await output.close();
  }
}

/**
 * How the server calls its folder. Under root it runs as a user who may not be able to enter the folders above, but Node
 * changes to `cwd` before it gives up root, and Linux's link to the current folder needs no right on those above it.
 */
function pathForServer(directory: string, user: PostgresUser): string {
  return user.uid !== undefined && process.platform === 'linux' ? '/proc/self/cwd' : directory;
}

function spawnOptions(directory: string, user: PostgresUser) {
  return { ...user, cwd: directory, env: { LC_ALL: 'C', TZ: 'UTC' } };
}
