/**
 * Process: trains a run again up to one step, on a thread, answers with the SHA-256 of its checkpoint there, and ends. Its
 * parent is src/run/replay.ts.
 */
import { createHash } from 'node:crypto';
import { answerOnce } from '../src/run/answer-once.js';
import { Control } from '../src/run/protocol.js';
import type { ReplayReply, ReplayRequest } from '../src/run/replay.js';
import { runThread } from '../src/run/train-thread.js';

async function replay(request: ReplayRequest): Promise<ReplayReply> {
  const control = new Control();
  let sha256: string | null = null;
  const result = await runThread(
    { ...request, anyKernels: false, secondsLeft: null, control: control.buffer },
    {
      signal: new AbortController().signal,
      async onMessage(message) {
        if (message.type !== 'checkpoint') return;
        control.release();
        if (message.step === request.stopAt.step) sha256 = createHash('sha256').update(message.bytes).digest('hex');
      },
    },
  );
  if (sha256 !== null) return { sha256 };
  return {
    failure: result.type === 'failed' ? result.error.detail : `the run ended before step ${request.stopAt.step}`,
  };
}

answerOnce((request: ReplayRequest) =>
  replay(request).catch(({ message }: Error): ReplayReply => ({ failure: message })),
);
