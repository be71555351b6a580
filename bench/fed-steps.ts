/** Training steps on rows that stand in memory or that are fed, measured as they go on and on. */
import { loadData } from '../src/engine/data.js';
import { FedRows } from '../src/engine/feed/fed-rows.js';
import type { DataShape, Feed, KernelsFactory, ResolvedEngineSpec, TrainingData } from '../src/engine/index.js';
import { createMachine } from '../src/engine/machine.js';
import { planTraining } from '../src/engine/plan.js';
import { StandingRows } from '../src/engine/rows.js';
import { Stepper } from '../src/engine/step.js';
import { initialize } from '../src/engine/train.js';
import { secondsOf } from './harness.js';

export interface FedContender {
  /** Steps whose rows may have been written before they are asked for. */
  readonly ahead: number;
  take(steps: number): void;
  close(): Promise<void>;
}

export async function stepsOn(
  { spec, shape, kernels }: { spec: ResolvedEngineSpec; shape: DataShape; kernels: KernelsFactory },
  data: TrainingData | Feed,
): Promise<FedContender> {
  const feed = 'start' in data ? data : undefined;
  const plan = planTraining(spec, shape, { scratchBytes: kernels.scratchBytes, feed });
  const machine = await createMachine(plan, kernels);
  initialize(machine, plan);
  if (!('start' in data)) loadData(data, plan, machine.memory);
  const rows = feed ? await FedRows.start(feed, { machine, plan, firstStep: 0 }) : new StandingRows(machine, plan);
  const stepper = new Stepper(machine, plan, rows);
  let done = 0;
  return {
    ahead: plan.ring?.steps ?? 0,
    take(steps) {
      for (let step = 0; step < steps; step++) stepper.step(done++);
    },
    close: () => rows.close(),
  };
}

/** Seconds a step of each contender: the quickest of its rounds, without what was written while the others had their turn. */
export async function sustained(
  contenders: Readonly<Record<string, FedContender>>,
  { rounds, steps }: { rounds: number; steps: number },
): Promise<Record<string, number>> {
  const quickest: Record<string, number> = {};
  for (let round = 0; round < rounds; round++) {
    for (const [name, { ahead, take }] of Object.entries(contenders)) {
      take(ahead + 1);
      const seconds = secondsOf(() => take(steps)) / steps;
      quickest[name] = Math.min(seconds, quickest[name] ?? seconds);
    }
  }
  for (const { close } of Object.values(contenders)) await close();
  return quickest;
}
