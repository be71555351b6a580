/** PyTorch in a Python process of its own: as a contender that takes steps when told to, and for whole runs. */
import { execFileSync, type StdioOptions, spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { DataShape, ResolvedEngineSpec } from '../../src/engine/index.js';
import type { Contender } from '../harness.js';

/** Path of a script beside this file, which is run from source, or from dist/bench/peers. */
const scriptPath = (name: string): string =>
  fileURLToPath(import.meta.url).replace(/(?:dist\/)?bench\/peers\/torch\.[jt]s$/, `bench/peers/${name}`);

// What steers OpenBLAS's choice of kernels would slow the peer down.
const { OPENBLAS_CORETYPE: _core, OPENBLAS_L2_SIZE: _size, ...environment } = process.env;

/** Debian's python3-torch belongs to the system's Python, whatever else stands first in the path. */
const PYTHONS = ['/usr/bin/python3', 'python3'];

/** The first Python that has PyTorch, or null. */
export function findTorch(): string | null {
  const has = (python: string) => spawnSync(python, ['-c', 'import torch'], { stdio: 'ignore' }).status === 0;
  return PYTHONS.find(has) ?? null;
}

export interface TorchWorkload {
  readonly threads: number;
  readonly batchSize: number;
  /** As torch-steps.py reads it. */
  readonly model: Readonly<Record<string, unknown>>;
}

/** The process is up, and has said its version, when this resolves. */
export async function torchContender(
  python: string,
  workload: TorchWorkload,
): Promise<Contender & { readonly version: string }> {
  const script = scriptPath('torch-steps.py');
  const child = spawn(python, [script, JSON.stringify(workload)], {
    env: environment,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<string> => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`${script} ended early, exit code ${child.exitCode}`);
    return value;
  };
  return {
    version: await next(),
    async run(steps) {
      child.stdin.write(`${steps}\n`);
      return Number(await next());
    },
    close: () => child.stdin.end(),
  };
}

export interface TorchRun {
  readonly spec: ResolvedEngineSpec;
  readonly shape: DataShape;
  readonly seed: number;
  readonly threads: number;
  /** Where each split's x and y lie: see torch-learning.py. */
  readonly folder: string;
}

export interface TorchOutcome {
  readonly version: string;
  readonly seconds: number;
  readonly loss: number;
  readonly accuracy: number;
}

/** Trains as the spec says and measures the test. */
export function torchLearns(python: string, run: TorchRun): TorchOutcome {
  const args = [scriptPath('torch-learning.py'), JSON.stringify(run)];
  const stdio: StdioOptions = ['ignore', 'pipe', 'inherit'];
  return JSON.parse(execFileSync(python, args, { env: environment, stdio, encoding: 'utf8' }));
}
