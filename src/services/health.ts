/** Readiness: database and disk are needed to accept anything; the queue is not, jobs wait in their rows. */
import { access, constants, mkdir } from 'node:fs/promises';
import { sql } from 'kysely';
import { Problem } from '../errors.js';
import { observe } from '../store/observation.js';
import type { Parts } from './index.js';

/** A check that takes longer has failed. */
const patienceMilliseconds = 2000;

export function healthService({ db, queue, config, log }: Parts) {
  async function passes(name: string, check: Promise<unknown>): Promise<boolean> {
    const timeout = new Promise<never>((_resolve, reject) => {
      setTimeout(() => reject(new Error(`no answer in ${patienceMilliseconds} ms`)), patienceMilliseconds).unref();
    });
    try {
      return (await Promise.race([check, timeout])) !== false;
    } catch (error) {
      log.warn({ err: error, check: name }, 'readiness check failed');
      return false;
    }
  }

  async function writable(): Promise<void> {
    await mkdir(config.dataDir, { recursive: true });
    await access(config.dataDir, constants.W_OK);
  }

  return {
    observe: () => observe(db, config),

    /** Throws Problem `unavailable` without database or disk. */
    async ready() {
      const [database, disk, queued] = await Promise.all([
        passes('database', sql`select 1`.execute(db)),
        passes('disk', writable()),
        passes('queue', queue.reachable()),
      ]);
      const down = [...(database ? [] : ['database']), ...(disk ? [] : ['disk'])];
      if (down.length > 0) {
        throw new Problem('unavailable', `Without ${down.join(' and ')}, nothing can be served`, {
          retryable: true,
          retryAfter: 5,
        });
      }
      return {
        status: queued ? ('ready' as const) : ('degraded' as const),
        checks: {
          database: 'ok' as const,
          disk: 'ok' as const,
          queue: queued ? ('ok' as const) : ('unreachable' as const),
        },
      };
    },
  };
}
