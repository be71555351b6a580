/**
 * The process tree of one machine: the lock of DATA_DIR, the embedded PostgreSQL unless DATABASE_URL is set, the API and
 * the consumers, each restarted when it dies. All it knows of jobs is that a consumer that died may have left some.
 *
 * A killed supervisor leaves nothing behind but PostgreSQL, which the next one takes over: the other children notice the
 * end of their IPC channel.
 */
import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { type Config, environmentOf } from '../config.js';
import { type Db, openDatabase } from '../store/database.js';
import { migrate } from '../store/migrate.js';
import { releaseRunsOf } from '../store/runs.js';
import { lockDirectory } from './directory-lock.js';
import { type KeptPostgres, keepPostgres } from './kept-postgres.js';
import { KeptProcess, startProgram } from './kept-process.js';

const apiProgram = new URL('../server.js', import.meta.url);
const consumerProgram = new URL('../../workers/consumer.js', import.meta.url);
const firstReadyMs = 60_000;
const firstStarts = 6; // about 8 s of restarts: an API that was orphaned a moment ago gives up its port within them

/** What the API sends when it listens. */
interface ReadyMessage {
  type: 'ready';
  url: string;
}

export class Supervisor {
  #config: Config;
  readonly #log: Logger;
  readonly #stopping = new AbortController();
  readonly #children: KeptProcess[] = [];
  #postgres: KeptPostgres | undefined;
  #database: { db: Db; close(): Promise<void> } | undefined;
  #unlock: (() => void) | undefined;
  #releases: Promise<unknown> = Promise.resolve();
  #started: Promise<string> | undefined;
  #stopped: Promise<void> | undefined;

  constructor(config: Config, log: Logger) {
    this.#config = config;
    this.#log = log;
  }

  /** Starts everything and gives the API's URL once it answers. What a failed start has begun is stopped by `stop`. */
  start(): Promise<string> {
    this.#started ??= this.#start();
    return this.#started;
  }

  /** Stops API and consumers, then PostgreSQL; at any time, also during the start. A second call kills the children. */
  stop(): Promise<void> {
    if (this.#stopped) for (const child of this.#children) child.kill();
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async #start(): Promise<string> {
    const { signal } = this.#stopping;
    this.#unlock = await lockDirectory(this.#config.dataDir);
    signal.throwIfAborted();
    const url = this.#config.databaseUrl ?? (await this.#startPostgres());
    signal.throwIfAborted();
    const schema = this.#config.namespace;
    await migrate(url, schema);
    signal.throwIfAborted();

    this.#config = { ...this.#config, databaseUrl: url };
    this.#database = openDatabase({ url, schema, maxConnections: 1, log: this.#log });
    const { db } = this.#database;
    const ready = this.#startApi();
    for (let index = 0; index < this.#config.consumers; index += 1) {
      this.#keep('consumer', () => this.#startConsumer(db));
    }
    return ready;
  }

  async #stop(): Promise<void> {
    this.#stopping.abort();
    await this.#started?.catch(() => {}); // whoever called start has the error
    await Promise.all(this.#children.map((child) => child.stop(this.#config.shutdownSeconds * 1000)));
    await this.#releases;
    await this.#database?.close();
    await this.#postgres?.stop();
    this.#unlock?.();
  }

  async #startPostgres(): Promise<string> {
    const { dataDir, embeddedPostgresPort: port } = this.#config;
    this.#postgres = await keepPostgres({ dataDir, port, log: this.#log });
    return this.#postgres.url;
  }

  #keep(name: string, start: () => ChildProcess): void {
    this.#children.push(new KeptProcess(name, start, this.#log));
  }

  /** Resolves with the URL at the first ready message. A restarted API comes back on the same port. */
  #startApi(): Promise<string> {
    const { signal } = this.#stopping;
    return new Promise((resolve, reject) => {
      let starts = 0;
      this.#keep('api', () => {
        starts += 1;
        if (starts === firstStarts) reject(new Error(`the API ended ${firstStarts - 1} times before it was ready`));
        const api = startProgram(apiProgram, environmentOf(this.#config));
        api.on('message', (message: ReadyMessage) => {
          if (message.type !== 'ready') return;
          this.#config = { ...this.#config, port: Number(new URL(message.url).port) };
          starts = Number.NEGATIVE_INFINITY; // it works: from here on it is restarted for ever
          resolve(message.url);
        });
        return api;
      });
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      const late = () => reject(new Error(`the API was not ready within ${firstReadyMs / 1000} s`));
      sleep(firstReadyMs, undefined, { signal, ref: false }).then(late, () => {});
    });
  }

  /**
   * Each start has an id of its own, so that what a dead consumer left is told from what its successor takes; what it
   * left is given to the others at once.
   */
  #startConsumer(db: Db): ChildProcess {
    const consumerId = `consumer-${randomUUID()}`;
    const consumer = startProgram(consumerProgram, environmentOf({ ...this.#config, consumerId }));
    consumer.once('exit', () => {
      const release = releaseRunsOf(db, consumerId).catch((err: unknown) => {
        this.#log.error({ err, consumerId }, 'its runs could not be released: their leases will expire');
      });
      this.#releases = Promise.all([this.#releases, release]);
    });
    return consumer;
  }
}
