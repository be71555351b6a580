/**
 * The threads of one run: this one, and helpers that walk the same programs over the same memory, each with its own instance
 * of the kernels. Between programs the helpers sleep. Bits do not depend on how many there are: see cut.ts.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { KernelCall } from '../call.js';
import type { Kernels, KernelsFactory, Pointer } from '../kernels/kernels.js';
import { link } from '../link.js';
import { advance, Barrier } from './barrier.js';
import { stretchesOf } from './walk.js';

/** Words of the block that the threads share. */
export const control = {
  barrier: 0,
  round: Barrier.WORDS,
  program: Barrier.WORDS + 1,
  failures: Barrier.WORDS + 2,
} as const;
const CONTROL_WORDS = Barrier.WORDS + 3;
/** What a helper is given. */
export interface HelperTask {
  readonly thread: number;
  readonly threads: number;
  readonly control: SharedArrayBuffer;
  readonly memory: WebAssembly.Memory;
  /** KernelsFactory.name */
  readonly kernels: string;
  readonly scratch: Pointer;
  /** This thread's stretches of each program. */
  readonly programs: readonly (readonly (readonly KernelCall[])[])[];
}

export interface TeamOptions {
  readonly threads: number;
  readonly memory: WebAssembly.Memory;
  readonly factory: KernelsFactory;
  /** Of this thread. */
  readonly kernels: Kernels;
  /** Of helper `thread`, from 1. */
  scratch(thread: number): Pointer;
}

export interface Team {
  /** A program by its number in the list that the team was made for. */
  runner(program: number): () => void;
  /** Lets the helpers go; they hold no process open even without it. */
  close(): Promise<void>;
}

/** Starts the helpers, none for one thread, and resolves when all of them are ready. */
export async function createTeam(programs: readonly (readonly KernelCall[])[], options: TeamOptions): Promise<Team> {
  const { threads, kernels } = options;
  const shared = new SharedArrayBuffer(CONTROL_WORDS * Int32Array.BYTES_PER_ELEMENT);
  const words = new Int32Array(shared);
  const barrier = new Barrier(words, threads);
  const helpers = await Promise.all(
    Array.from({ length: threads - 1 }, (_, index) => startHelper(programs, { ...options, thread: index + 1, shared })),
  );

  return {
    runner(program) {
      const calls = programs[program]!;
      const alone = threads === 1 || calls.every(({ part }) => part === undefined);
      if (alone) return link(calls, kernels);
      const stretches = stretchesOf(calls, { thread: 0, threads }).map((stretch) => link(stretch, kernels));
      return () => {
        Atomics.store(words, control.program, program);
        advance(words, control.round);
        for (const stretch of stretches) {
          stretch();
          barrier.pass();
        }
        if (Atomics.load(words, control.failures) > 0)
          throw new Error('a helper thread failed: its error went to stderr');
      };
    },
    async close() {
      // From outside, since a helper sleeps wherever a failure of this thread has left it.
      await Promise.all(helpers.map((helper) => helper.terminate()));
    },
  };
}

/** Beside this file in dist/; run from source, in the dist/ of the same project, as the kernels' module is. */
const HELPERS = ['./helper.js', '../../../dist/src/engine/threads/helper.js'];

function helperPath(): string {
  const paths = HELPERS.map((path) => fileURLToPath(new URL(path, import.meta.url)));
  const path = paths.find((candidate) => existsSync(candidate));
  if (path === undefined) throw new Error(`helper.js: run \`npm run build\`; looked at ${paths.join(' and ')}`);
  return path;
}

async function startHelper(
  programs: readonly (readonly KernelCall[])[],
  { thread, threads, memory, factory, scratch, shared }: TeamOptions & { thread: number; shared: SharedArrayBuffer },
): Promise<Worker> {
  const task: HelperTask = {
    thread,
    threads,
    control: shared,
    memory,
    kernels: factory.name,
    scratch: scratch(thread),
    programs: programs.map((calls) => stretchesOf(calls, { thread, threads })),
  };
  const worker = new Worker(helperPath(), { workerData: task });
  await new Promise<void>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`helper thread ${thread} ended at its start, exit code ${code}`)));
  });
  worker.unref();
  return worker;
}
