/**
 * Which server, if any, runs on a cluster already: an orphan whose supervisor was killed, or nothing but a postmaster.pid
 * that a killed server left, whose process id another program may have by now.
 */
import { randomUUID } from 'node:crypto';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { ifMissing } from './if-missing.js';
import { type Cluster, urlOf } from './postgres-cluster.js';

const silentMs = 30_000;

export interface Postmaster {
  pid: number;
  port: number;
}

/** The running server of this cluster, once it answers. A pid file that would keep a new one from starting is removed. */
export async function findRunning(cluster: Cluster): Promise<Postmaster | undefined> {
  const pidFile = join(cluster.directory, 'postmaster.pid');
  for (const giveUpAt = Date.now() + silentMs; ; ) {
    const found = await readPidFile(pidFile);
    if (!found || !exists(found.pid)) return undefined;
    const state = await serves(found.pid, cluster.directory);
    const answer = state === 'no' ? 'another' : await ask(cluster, found.port);
    if (answer === 'ours') return found;
    if (answer === 'another') {
      cluster.log.warn({ namedPid: found.pid }, 'postmaster.pid names a process that is not the server: removed');
      await rm(pidFile, { force: true });
      return undefined;
    }
    if (answer === 'silent' && Date.now() > giveUpAt) {
      throw new Error(
        `${pidFile} names process ${found.pid}, which does not answer on port ${found.port}: ` +
          'if it is PostgreSQL, stop it; if not, remove the file',
      );
    }
    await sleep(50);
  }
}

/** Its lines: pid, directory, start time, port, … The port is missing, here 0, while the server is only just starting. */
async function readPidFile(path: string): Promise<Postmaster | undefined> {
  const lines = (await readFile(path, 'utf8').catch(ifMissing(''))).split('\n');
  const pid = Number(lines[0]);
  return pid > 0 ? { pid, port: Number(lines[3]) || 0 } : undefined;
}

/**
 * Whether process `pid` is a server of the cluster in `directory`. Every PostgreSQL process works in its cluster's
 * folder, and Linux shows that folder, which tells an orphan from a reused process id or a zombie. Where the system does
 * not show it, a living process is 'unknown', and only talking to the server can tell.
 */
export async function serves(pid: number, directory: string): Promise<'yes' | 'no' | 'unknown'> {
  if (!exists(pid)) return 'no';
  if (process.platform !== 'linux') return 'unknown';
  try {
    const [cwd, cluster] = await Promise.all([
      stat(`/proc/${pid}/cwd`, { bigint: true }),
      stat(directory, { bigint: true }),
    ]);
    return cwd.dev === cluster.dev && cwd.ino === cluster.ino ? 'yes' : 'no';
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ESRCH') return 'no'; // gone meanwhile, or a zombie
    if (code === 'EACCES') return process.getuid?.() === 0 ? 'unknown' : 'no'; // our own server would be readable
    throw error;
  }
}

/** Whether there is a process `pid`, a zombie included. */
export function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ESRCH') return false;
    if (code === 'EPERM') return true;
    throw error;
  }
}

/**
 * Asks the server on `port` whether it runs on this very folder, by a file that only this folder has: a copy of the
 * folder has the same password. 'busy' is a server that starts, recovers or stops.
 */
export async function ask(cluster: Cluster, port: number): Promise<'ours' | 'another' | 'busy' | 'silent'> {
  const socket = new Socket(); // pg cannot close a connection that was never answered
  const client = new pg.Client({
    connectionString: urlOf(cluster, port),
    connectionTimeoutMillis: 2000,
    query_timeout: 2000,
    stream: () => socket,
  });
  client.on('error', () => {}); // a connection lost on the way also rejects the call in hand, below
  const proof = `adoption-${randomUUID()}`;
  try {
    await writeFile(join(cluster.directory, proof), '');
    await client.connect();
    const { rows } = await client.query('SELECT size FROM pg_stat_file($1, true)', [proof]);
    return rows[0]?.size === null ? 'another' : 'ours';
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === '28P01') return 'another'; // wrong password
    return code === '57P03' ? 'busy' : 'silent'; // cannot connect now
  } finally {
    socket.destroy();
    await rm(join(cluster.directory, proof), { force: true });
  }
}
