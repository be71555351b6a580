/** PyTorch as a contender: a Python process of its own that takes steps when told to. */
import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Contender } from '../harness.js';

/** Run from source, or from dist/bench/peers. */
const SCRIPT = fileURLToPath(new URL(import.meta.url)).replace(
  /(?:dist\/)?bench\/peers\/torch\.[jt]s$/,
  'bench/peers/torch-steps.py',
);

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
  // What steers OpenBLAS's choice of kernels would slow the peer down.
  const { OPENBLAS_CORETYPE: _core, OPENBLAS_L2_SIZE: _size, ...env } = process.env;
  const child = spawn(python, [SCRIPT, JSON.stringify(workload)], { env, stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<string> => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`${SCRIPT} ended early, exit code ${child.exitCode}`);
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
