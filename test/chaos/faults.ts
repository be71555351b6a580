/**
 * Faults: a process of the service is killed, or frozen for a while that may outlast its lease, at a random moment; one is
 * killed at a named place; the queue is emptied.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { Draws } from '../../src/engine/rng.js';
import { postgresPid } from '../support/service.js';
import { arm, type Failpoint, failpointNames, reached } from './failpoints.js';
import { allProcesses } from './processes.js';
import type { Tree } from './tree.js';

const stream = 0xff00_0002;

/** A process beside the tree, which nobody else starts again. */
interface Server {
  pid: number;
  restart(): Promise<void>;
}

export interface Victims {
  tree: Tree;
  /** Where the queue, and the store of artifacts, are processes of their own. */
  redis: Server | null;
  s3: Server | null;
  wipeQueue(): Promise<void>;
  /** Where failpoints are armed. */
  failpoints: string;
}

export type Target = 'supervisor' | 'api' | 'consumer' | 'database' | 'redis' | 's3';

export type Fault =
  | { type: 'killed'; target: Target }
  | { type: 'frozen'; target: Target; milliseconds: number }
  | { type: 'failpoint'; name: Failpoint }
  | { type: 'wiped' };
export const faultTypes = ['killed', 'frozen', 'failpoint', 'wiped'] as const satisfies readonly Fault['type'][];

interface Weather {
  count: number;
  seed: number;
  /** What may be killed or frozen; twice as likely where it is named twice. */
  targets: readonly Target[];
  /** Default: all. */
  only?: Fault['type'] | undefined;
}

/** The same faults for the same seed; which of two consumers it is, and what they are doing, is up to the moment. */
export function* drawFaults({ count, seed, targets, only }: Weather): Generator<Fault & { pauseMs: number }> {
  const draws = new Draws(seed, stream);
  for (let i = 0; i < count; i++) {
    const [kind, pause, frozen] = [draws.uniform(), draws.uniform(), draws.uniform()];
    const target = targets[draws.integer(targets.length)]!;
    const faults: Record<Fault['type'], Fault> = {
      killed: { type: 'killed', target },
      frozen: { type: 'frozen', target, milliseconds: 200 + 3300 * frozen },
      failpoint: { type: 'failpoint', name: failpointNames[(7 * seed + i) % failpointNames.length]! },
      wiped: { type: 'wiped' },
    };
    const drawn = kind < 0.35 ? 'killed' : kind < 0.5 ? 'frozen' : kind < 0.9 ? 'failpoint' : 'wiped';
    yield { ...faults[only ?? drawn], pauseMs: 200 + 800 * pause };
  }
}

/** For the summary. */
export function describe(fault: Fault): string {
  if (fault.type === 'wiped') return 'queue wiped';
  return fault.type === 'failpoint' ? `killed: ${fault.name}` : `${fault.target} ${fault.type}`;
}

/** Does it, as soon as there is such a process. */
export async function inflict(fault: Fault, victims: Victims): Promise<void> {
  switch (fault.type) {
    case 'killed': {
      const [pid] = await pidsOf(fault.target, victims);
      signal(pid!, 'SIGKILL');
      if (fault.target === 'redis') await victims.redis?.restart();
      if (fault.target === 's3') await victims.s3?.restart();
      return;
    }
    case 'frozen': {
      const pids = await pidsOf(fault.target, victims);
      for (const pid of pids) signal(pid, 'SIGSTOP');
      await sleep(fault.milliseconds);
      for (const pid of pids) signal(pid, 'SIGCONT');
      return;
    }
    case 'failpoint':
      await arm(fault.name, victims.failpoints);
      return reached(fault.name, victims.failpoints);
    case 'wiped':
      return victims.wipeQueue();
    default:
      throw new Error(`unknown fault ${fault satisfies never}`);
  }
}

/** The process that a kill is meant for, and those that freeze with it; waits for one that is being started again. */
async function pidsOf(target: Target, victims: Victims): Promise<number[]> {
  for (;;) {
    const pids = await findPids(target, victims);
    if (pids.length > 0) return pids;
    await sleep(100);
  }
}

async function findPids(target: Target, { tree, redis, s3 }: Victims): Promise<number[]> {
  const processes = await allProcesses();
  const below = (parent: number, program: string) =>
    processes.filter((process) => process.parent === parent && process.args.includes(program)).map(({ pid }) => pid);
  switch (target) {
    case 'supervisor':
      return [tree.pid];
    case 'api':
      return below(tree.pid, 'server.js');
    case 'consumer': {
      const consumers = below(tree.pid, 'consumer.js');
      const all = [...consumers, ...consumers.flatMap((pid) => below(pid, 'consumer.js'))]; // and their suspects
      return all.length === 0 ? [] : [all[process.hrtime()[1] % all.length]!];
    }
    case 'database': {
      const postmaster = await postgresPid(tree.dataDir).catch(() => null);
      if (postmaster === null) return [];
      return [postmaster, ...processes.filter(({ parent }) => parent === postmaster).map(({ pid }) => pid)];
    }
    case 'redis':
      return redis ? [redis.pid] : [];
    case 's3':
      return s3 ? [s3.pid] : [];
    default:
      throw new Error(`unknown target ${target satisfies never}`);
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error; // it has ended by itself meanwhile
  }
}
