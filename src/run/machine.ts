/** What this process has to offer: cores, memory, speed, and the arithmetic that its results depend on. */
import { availableParallelism, hostname } from 'node:os';
import { createTrainer, engineVersion, type KernelsFactory, resolveEngineSpec } from '../engine/index.js';

export interface MachineReport {
  host: string;
  pid: number;
  cores: number;
  /** What the process may still take; its cgroup counts. */
  freeBytes: number;
  /** Of whole training steps on one core. */
  gflops: number;
  /** Equal fingerprints give equal bits: a run is resumed only under its own. */
  fingerprint: string;
}

export async function describeMachine(kernels: KernelsFactory): Promise<MachineReport> {
  return {
    host: hostname(),
    pid: process.pid,
    cores: availableParallelism(),
    freeBytes: process.availableMemory(),
    gflops: await measureTraining(kernels),
    fingerprint: `${kernels.name}/${engineVersion}`,
  };
}

const warmUpMs = 10; // WebAssembly starts in its baseline compiler
const measureMs = 20;

/** Trains a small network for some milliseconds and counts. */
async function measureTraining(kernels: KernelsFactory): Promise<number> {
  const [rows, inputs] = [64, 128];
  const shape = { task: 'regression', inputs, outputs: 1, rows: { train: rows, validation: 0, test: 0 } } as const;
  const spec = resolveEngineSpec(
    { model: { type: 'mlp', hidden: [128, 128], dropout: 0 }, training: { batchSize: rows, epochs: 1_000_000 } },
    shape,
  );
  const none = { rows: 0, x: new Float32Array(0), y: new Float32Array(0) };
  const train = { rows, x: new Float32Array(rows * inputs).fill(1), y: new Float32Array(rows) };

  const startedAt = performance.now();
  let now = startedAt;
  let [warmAt, warmSteps, steps] = [0, 0, 0];
  const shouldStop = () => {
    steps++;
    now = performance.now();
    if (warmAt === 0 && now - startedAt >= warmUpMs) [warmAt, warmSteps] = [now, steps];
    return warmAt > 0 && steps > warmSteps && now - warmAt >= measureMs ? 'now' : 'no';
  };
  const data = { train, validation: none, test: none };
  const trainer = await createTrainer({ spec, shape, data, kernels, shouldStop });
  const events = trainer.run();
  while (!events.next().done);
  return ((steps - warmSteps) * trainer.plan.flopsPerStep) / (now - warmAt) / 1e6;
}
