/** Runs one training task on a thread of its own, and hands over what the thread says, one message at a time. */
import { on } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { MessageChannel } from 'node:worker_threads';
import { Piscina } from 'piscina';
import type { TrainMessage, TrainResult, TrainTask } from './protocol.js';

const entry = fileURLToPath(new URL('../../workers/train.js', import.meta.url));

/**
 * Piscina tries `require` first. Where Node lets that load an ES module, a thread that is killed while it loads takes the
 * whole process with it (a fatal error in v8::Module::IsGraphAsync, Node 20.20); `import`, which comes second, does not.
 */
const execArgv = ['--no-experimental-require-module', '--enable-source-maps'];

/** A killed thread ends at its next instruction, unless it is in native code: then when that returns, if ever. */
const endGraceMs = 5000;

export interface ThreadOptions {
  /** Kills the thread; the promise rejects. */
  signal: AbortSignal;
  /** A killed thread did not end: only the end of this process can end it. */
  onStuck?(): void;
  /** Awaited before the next message is handed over: order is what makes a checkpoint follow its metrics. */
  onMessage(message: TrainMessage): Promise<void>;
}

/** The pool has one thread and is used once, so that everything a run has allocated ends with its thread. */
export async function runThread(
  task: Omit<TrainTask, 'port'>,
  { signal, onStuck, onMessage }: ThreadOptions,
): Promise<TrainResult> {
  // Without 'disabled' the idle thread would block in Atomics.wait, and its port would never finish closing.
  const pool = new Piscina<TrainTask, TrainResult>({ filename: entry, maxThreads: 1, atomics: 'disabled', execArgv });
  const { port1, port2 } = new MessageChannel();
  const messages = on(port1, 'message', { close: ['close'] });
  const result = pool.run({ ...task, port: port2 }, { transferList: [port2], signal });
  const ended = new Promise((resolve) => void pool.threads[0]!.once('exit', resolve));
  result.catch(() => port1.close()); // a thread that never got its port cannot close it; `result` is awaited below
  try {
    // The thread closes its port at the end, which ends the loop when the last message has been handed over.
    for await (const [message] of messages) await onMessage(message as TrainMessage);
    return await result;
  } finally {
    const destroyed = Promise.all([pool.destroy(), ended]).then(() => true);
    if (!(await Promise.race([destroyed, sleep(endGraceMs, false, { ref: false })]))) onStuck?.();
  }
}
