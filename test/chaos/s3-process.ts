/** An S3 store in a process of its own, which can be killed and frozen. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const entry = fileURLToPath(new URL('./s3-server.js', import.meta.url));

export class S3Process {
  readonly #folder: string;
  #child: ChildProcess;
  /** For those that use it. */
  readonly environment: Record<string, string>;

  private constructor(folder: string, child: ChildProcess, environment: Record<string, string>) {
    this.#folder = folder;
    this.#child = child;
    this.environment = environment;
  }

  static async start(folder: string): Promise<S3Process> {
    return new S3Process(folder, ...(await launch(folder, 0)));
  }

  get pid(): number {
    return this.#child.pid!;
  }

  /** A crash: what was written is still there afterwards, and on the same port. */
  async restart(): Promise<void> {
    await this.kill();
    [this.#child] = await launch(this.#folder, Number(new URL(this.environment['S3_ENDPOINT']!).port));
  }

  async kill(): Promise<void> {
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await exited;
  }
}

async function launch(folder: string, port: number): Promise<[ChildProcess, Record<string, string>]> {
  const child = fork(entry, [folder, String(port)]);
  const [environment] = await once(child, 'message', { signal: AbortSignal.timeout(30_000) });
  return [child, environment];
}
