/** Faults: a process of the service, chosen at random, is killed, or frozen for a while that may outlast its lease. */
import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Draws } from '../../src/engine/rng.js';
import { postgresPid } from '../support/service.js';

const stream = 0xff00_0002;

export interface Victims {
  /** Of the supervisor: API and consumers are below it. */
  supervisorPid: number;
  dataDir: string;
  /** Where the queue is a process of its own. */
  redis: { pid: number; restart(): Promise<void> } | null;
}

export type Target = 'api' | 'consumer' | 'database' | 'queue';

export interface Fault {
  target: Target;
  /** null: killed. */
  frozenMs: number | null;
}

/** The same faults for the same seed; which of two consumers it is, and what they are doing, is up to the moment. */
export function* drawFaults(
  count: number,
  seed: number,
  targets: readonly Target[],
): Generator<Fault & { pauseMs: number }> {
  const draws = new Draws(seed, stream);
  for (let i = 0; i < count; i++) {
    const target = targets[Math.floor(draws.uniform() * targets.length)]!;
    const freezes = draws.uniform() < 0.4;
    const [frozen, pause] = [draws.uniform(), draws.uniform()];
    yield { target, frozenMs: freezes ? 200 + 4800 * frozen : null, pauseMs: 300 + 1700 * pause };
  }
}

/** Does it; resolves with the fault, or null where there was no such process at the moment. */
export async function inflict({ target, frozenMs }: Fault, victims: Victims): Promise<Fault | null> {
  const pids = await pidsOf(target, victims);
  if (pids.length === 0) return null;
  if (frozenMs === null) {
    for (const pid of pids.slice(0, 1)) signal(pid, 'SIGKILL');
    if (target === 'queue') await victims.redis?.restart();
  } else {
    for (const pid of pids) signal(pid, 'SIGSTOP');
    await sleep(frozenMs);
    for (const pid of pids) signal(pid, 'SIGCONT');
  }
  return { target, frozenMs };
}

/** The process that a kill is meant for, and those that freeze with it. */
async function pidsOf(target: Target, { supervisorPid, dataDir, redis }: Victims): Promise<number[]> {
  const processes = await allProcesses();
  switch (target) {
    case 'api':
      return processes.filter(({ parent, args }) => parent === supervisorPid && args.includes('server.js')).map(toPid);
    case 'consumer': {
      const below = processes.filter(({ parent, args }) => parent === supervisorPid && args.includes('consumer.js'));
      const apart = processes.filter(({ parent }) => below.some(({ pid }) => pid === parent)); // suspects
      const all = [...below, ...apart].map(toPid);
      return all.length === 0 ? [] : [all[process.hrtime()[1] % all.length]!];
    }
    case 'database': {
      const postmaster = await postgresPid(dataDir).catch(() => null);
      if (postmaster === null) return [];
      return [postmaster, ...processes.filter(({ parent }) => parent === postmaster).map(toPid)];
    }
    case 'queue':
      return redis ? [redis.pid] : [];
    default:
      throw new Error(`unknown target ${target satisfies never}`);
  }
}

interface Process {
  pid: number;
  parent: number;
  args: string;
}

const toPid = ({ pid }: Process): number => pid;

async function allProcesses(): Promise<Process[]> {
  const { stdout } = await promisify(execFile)('ps', ['-eo', 'pid=,ppid=,args=']);
  return stdout.split('\n').flatMap((line) => {
    const [, pid, parent, args] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return pid === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), args: args! }];
  });
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error; // it has ended by itself meanwhile
  }
}
