/**
 * The queue carries hints, "job J may be claimed as generation G", and nothing else: rows are the truth, a lost hint is
 * added again by the reconciler, a stale one is refused by the claim. BullMQ moves them, over PostgreSQL or Redis.
 */
import type { Job } from 'bullmq';
import type { Hint } from '../store/runs.js';
import {
  type HintData,
  logErrors,
  type QueueBackend,
  type QueueLog,
  type QueueOptions,
  workerSettings,
} from './backend.js';
import { openPostgresQueue } from './postgres.js';
import { openRedisQueue } from './redis.js';

export type { QueueLog, QueueOptions } from './backend.js';

export interface TrainingQueue {
  /**
   * Adds a hint; one that is there already stays as it is. Rejects within 2 s where the queue cannot be reached: the
   * reconciler will see to it.
   */
  hint(hint: Hint): Promise<void>;
  /** Which of the hints are neither waiting nor being worked on. Left-overs that would swallow a new hint are removed. */
  missing(hints: Hint[]): Promise<Hint[]>;
  startWorker(handler: HintHandler, options: { concurrency: number }): WorkerHandle;
  /** Never rejects. */
  reachable(): Promise<boolean>;
  close(): Promise<void>;
}

/** A hint is gone when its handler has ended, however it ended. */
export type HintHandler = (hint: Pick<Hint, 'jobId' | 'generation'>) => Promise<void>;

export interface WorkerHandle {
  /** Takes no further hints, and resolves when the handlers at work have ended. */
  close(): Promise<void>;
}

/** BullMQ forbids ":" in ids, and drops an id whose entry still exists. */
const idOf = ({ jobId, generation }: HintData): string => `${jobId}-${generation}`;
const liveStates = ['waiting', 'prioritized', 'delayed', 'active'];
/** BullMQ runs the lowest first, from 1; ours run the highest first, from 100 down to −100. */
const bullPriority = (priority: number): number => 101 - priority;

/** Opens the queue. Redis may be away meanwhile; PostgreSQL, which holds the rows too, may not. */
export async function openQueue(options: QueueOptions): Promise<TrainingQueue> {
  const { redisUrl } = options;
  const backend = await (redisUrl ? openRedisQueue({ ...options, redisUrl }) : openPostgresQueue(options));
  const { queue } = backend;

  async function isLive(id: string): Promise<boolean> {
    const state = await queue.getJobState(id);
    if (state === 'completed' || state === 'failed') await queue.remove(id); // it would swallow a new hint
    return liveStates.includes(state);
  }

  return {
    async hint({ jobId, generation, priority }) {
      await queue.add(
        'run',
        { jobId, generation },
        {
          jobId: idOf({ jobId, generation }),
          priority: bullPriority(priority),
          attempts: 1,
          removeOnComplete: true,
          removeOnFail: true,
        },
      );
    },

    async missing(hints) {
      const live = await Promise.all(hints.map((hint) => isLive(idOf(hint))));
      return hints.filter((_, i) => !live[i]);
    },

    startWorker: (handler, { concurrency }) => startWorker(backend, { handler, concurrency, log: options.log }),

    reachable: () => isReachable(backend),

    close: () => backend.closeQueue(),
  };
}

/** Asks the queue anything. */
function isReachable({ queue }: QueueBackend): Promise<boolean> {
  return queue.isPaused().then(
    () => true,
    () => false,
  );
}

function startWorker(
  backend: QueueBackend,
  { handler, concurrency, log }: { handler: HintHandler; concurrency: number; log: QueueLog | undefined },
): WorkerHandle {
  const atWork = new Set<Promise<void>>();
  let stopping = false;

  async function process({ data }: Job<HintData>): Promise<void> {
    if (stopping) return; // taken while the worker was being paused: its row is still queued, the reconciler sees it
    const work = handler(data);
    atWork.add(work);
    await work.finally(() => atWork.delete(work));
  }

  const worker = backend.startWorker(process, { ...workerSettings, concurrency });
  logErrors(worker, { log, what: 'queue worker' });
  worker.on('failed', (job, error) => log?.warn({ err: error, jobId: job?.data.jobId }, 'a hint’s handler failed'));

  return {
    async close() {
      stopping = true;
      await worker.pause(true);
      await Promise.allSettled(atWork);
      // Closing gently lets BullMQ remove the last hints; of a queue that is away it would wait for the return.
      await worker.close(!(await isReachable(backend)));
    },
  };
}
