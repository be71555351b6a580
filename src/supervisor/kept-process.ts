/**
 * A child process that is kept running: started again, after a growing pause, whenever it ends without being told to.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import { Backoff } from './backoff.js';

const endWithParent = new URL('./end-with-parent.js', import.meta.url).href;

/**
 * Runs a program of ours. It is detached, so that Ctrl-C in a terminal reaches only the supervisor, and has an IPC channel,
 * whose end tells it that the supervisor is gone.
 */
export function startProgram(program: URL, environment: NodeJS.ProcessEnv): ChildProcess {
  return fork(fileURLToPath(program), {
    env: environment,
    execArgv: [...process.execArgv, '--import', endWithParent],
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
}

export class KeptProcess {
  readonly #name: string;
  readonly #start: () => ChildProcess;
  readonly #log: Logger;
  #child: ChildProcess;
  #ended: Promise<void>;
  readonly #backoff = new Backoff();
  #restart: NodeJS.Timeout | undefined;
  #stopping = false;

  constructor(name: string, start: () => ChildProcess, log: Logger) {
    this.#name = name;
    this.#start = start;
    this.#log = log.child({ child: name });
    [this.#child, this.#ended] = this.#run();
  }

  /** SIGTERM, and SIGKILL to what is still there after `graceMs`. Resolves when the process has ended. */
  async stop(graceMs: number): Promise<void> {
    this.#stopping = true;
    clearTimeout(this.#restart);
    const deadline = setTimeout(() => {
      this.#log.warn({ childPid: this.#child.pid }, `${this.#name} did not end within ${graceMs} ms and is killed`);
      this.kill();
    }, graceMs);
    this.#child.kill('SIGTERM');
    await this.#ended.finally(() => clearTimeout(deadline));
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  #run(): [ChildProcess, Promise<void>] {
    const startedAt = performance.now();
    const child = this.#start();
    const ended = new Promise<void>((resolve) => {
      child.once('exit', (code, signal) => resolve(this.#onEnd(startedAt, { childPid: child.pid, code, signal })));
      child.once('error', (err) => {
        const neverStarted = child.pid === undefined; // and so will not exit
        if (neverStarted) resolve(this.#onEnd(startedAt, { err }));
        else this.#log.error({ err, childPid: child.pid }, `${this.#name} could not be signalled`);
      });
    });
    return [child, ended];
  }

  #onEnd(startedAt: number, details: object): void {
    if (this.#stopping) return;
    const delayMs = this.#backoff.nextMs(performance.now() - startedAt);
    this.#log.error(details, `${this.#name} ended; it is started again in ${delayMs / 1000} s`);
    this.#restart = setTimeout(() => {
      [this.#child, this.#ended] = this.#run();
    }, delayMs);
  }
}
