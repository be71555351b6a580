/** Trains a run again from one checkpoint to another, in a process of its own: the API's must not train. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { TrainTask } from './protocol.js';

const entry = fileURLToPath(new URL('../../workers/replay.js', import.meta.url));

export interface ReplayRequest
  extends Pick<TrainTask, 'spec' | 'datasetPath' | 'resume' | 'inherit' | 'kernels' | 'threads' | 'rowStore'> {
  stopAt: NonNullable<TrainTask['stopAt']>;
}

/** `failure`: why it could not be trained again, in words. */
export type ReplayReply = { sha256: string } | { failure: string };

/** The SHA-256 of the checkpoint at `stopAt`. The process is killed after `limitMs`. */
export async function replay(request: ReplayRequest, { limitMs }: { limitMs: number }): Promise<ReplayReply> {
  const child = fork(entry, { serialization: 'advanced' });
  const limit = setTimeout(() => child.kill('SIGKILL'), limitMs);
  const died = once(child, 'exit').then(([code, signal]): ReplayReply => {
    const cause = signal === 'SIGKILL' ? `it took longer than ${limitMs / 1000} s` : `its process ended with ${code}`;
    return { failure: cause };
  });
  const answered = once(child, 'message').then(([reply]) => reply as ReplayReply);
  child.send(request);
  try {
    return await Promise.race([answered, died]);
  } finally {
    clearTimeout(limit);
    child.kill('SIGKILL');
  }
}
