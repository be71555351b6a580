/** The whole process tree, as `npm start` runs it, read by its own log. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { urlOf } from '../../src/supervisor/postgres-cluster.js';

const main = fileURLToPath(new URL('../../src/main.js', import.meta.url));

interface LogLine {
  name: string;
  pid: number;
  msg: string;
  consumerId?: string;
}

/** A running `main.js`. Its children write to the same pipe, so that the pipe's end is the end of them all. */
export class Service {
  readonly process: ChildProcess;
  readonly gone: Promise<unknown>;
  readonly #lines: LogLine[] = [];
  readonly #reader;
  #errors = '';

  constructor(dataDir: string, environment: NodeJS.ProcessEnv = {}, program = main) {
    this.process = spawn(process.execPath, ['--enable-source-maps', program], {
      env: { ...process.env, DATA_DIR: dataDir, PORT: '0', SHUTDOWN_SECONDS: '10', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.gone = once(this.process, 'close');
    this.#reader = createInterface(this.process.stdout!);
    this.#reader.on('line', (line) => this.#lines.push(JSON.parse(line) as LogLine));
    this.process.stderr!.on('data', (text) => {
      this.#errors += text;
    });
  }

  /** Everything on stderr. Complete once the service is gone. */
  get errors(): string {
    return this.#errors;
  }

  /** The `count`th line of `name` that starts with `message`, now or later. */
  async logged(name: string, message: string, count = 1): Promise<LogLine> {
    for (;;) {
      const found = this.#lines.filter((line) => line.name === name && line.msg.startsWith(message));
      if (found.length >= count) return found[count - 1]!;
      const signal = AbortSignal.timeout(60_000);
      await Promise.race([once(this.#reader, 'line', { signal }), this.gone.then(() => assert.fail(this.describe()))]);
    }
  }

  /** The API's URL, once it listens for the `count`th time, and its process. */
  async api(count = 1): Promise<{ url: string; pid: number }> {
    const { msg, pid } = await this.logged('api', 'Server listening at ', count);
    return { url: msg.slice('Server listening at '.length), pid };
  }

  describe(): string {
    return `the service ended: ${this.#errors}${this.#lines.map((line) => JSON.stringify(line)).join('\n')}`;
  }

  async stop(): Promise<number | null> {
    this.process.kill('SIGTERM');
    await this.gone;
    return this.process.exitCode;
  }
}

/** Of the embedded server. */
export async function postgresPid(dataDir: string): Promise<number> {
  return Number((await pidFileOf(dataDir))[0]);
}

/** Of the embedded server, as whoever may do everything. */
export async function postgresUrl(dataDir: string): Promise<string> {
  const password = (await readFile(join(dataDir, 'postgres.password'), 'utf8')).trim();
  return urlOf({ password }, Number((await pidFileOf(dataDir))[3]));
}

const pidFileOf = async (dataDir: string): Promise<string[]> =>
  (await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')).split('\n');
