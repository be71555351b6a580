/** The models whose training steps are measured, and our engine as a contender on them. */
import { loadData } from '../src/engine/data.js';
import type { KernelsFactory } from '../src/engine/kernels/kernels.js';
import { createMachine } from '../src/engine/machine.js';
import { planTraining } from '../src/engine/plan.js';
import { resolveEngineSpec } from '../src/engine/resolve.js';
import { Draws } from '../src/engine/rng.js';
import type { DataShape } from '../src/engine/shape.js';
import { Signals, signalInterval } from '../src/engine/signals.js';
import type { EngineSpec } from '../src/engine/spec.js';
import { Stepper } from '../src/engine/step.js';
import { initialize } from '../src/engine/train.js';
import { type Contender, secondsOf } from './harness.js';

export interface Workload {
  readonly name: string;
  readonly batchSize: number;
  /** What is counted by the second: rows, or their tokens. */
  readonly unit: 'samples' | 'tokens';
  readonly inputs: number;
  readonly outputs: number;
  /** The same model for the engine, for peers/torch-steps.py, and for peers/tfjs.ts where it can. */
  readonly model: EngineSpec['model'];
  readonly torch: Readonly<Record<string, unknown>>;
  readonly mlp?: { readonly widths: readonly number[]; readonly dropout: number };
}

function mlp(name: string, batchSize: number, widths: readonly number[], dropout: number): Workload {
  return {
    name: `${name} ${widths.join('-')}${dropout > 0 ? `, dropout ${dropout}` : ''}, batch ${batchSize}`,
    batchSize,
    unit: 'samples',
    inputs: widths[0]!,
    outputs: widths.at(-1)!,
    model: { type: 'mlp', hidden: widths.slice(1, -1), activation: 'relu', dropout },
    torch: { type: 'mlp', widths, dropout },
    mlp: { widths, dropout },
  };
}

const VOCABULARY = 65;

function gpt(batchSize: number, sizes: { layers: number; heads: number; width: number; context: number }): Workload {
  const { layers, heads, width, context } = sizes;
  return {
    name: `GPT ${layers} layers, ${heads} heads, width ${width}, context ${context}, batch ${batchSize}`,
    batchSize,
    unit: 'tokens',
    inputs: context,
    outputs: VOCABULARY,
    model: { type: 'gpt', ...sizes, bias: false, tied: false },
    torch: { type: 'gpt', vocabulary: VOCABULARY, ...sizes },
  };
}

export const WORKLOADS: Readonly<Record<string, Workload>> = {
  tabular: mlp('tabular MLP', 64, [20, 128, 64, 2], 0),
  mlp: mlp('MLP', 128, [784, 512, 512, 10], 0.2),
  cnn: {
    name: 'CNN conv 3×3×32, pool, conv 3×3×64, pool, dense 128, batch 64',
    batchSize: 64,
    unit: 'samples',
    inputs: 784,
    outputs: 10,
    model: {
      type: 'sequential',
      inputShape: [1, 28, 28],
      layers: [
        { type: 'conv2d', filters: 32, kernel: 3, activation: 'relu' },
        { type: 'maxPool2d', kernel: 2 },
        { type: 'conv2d', filters: 64, kernel: 3, activation: 'relu' },
        { type: 'maxPool2d', kernel: 2 },
        { type: 'flatten' },
        { type: 'dense', units: 128, activation: 'relu' },
      ],
    },
    torch: { type: 'cnn' },
  },
  gpt: gpt(12, { layers: 4, heads: 4, width: 128, context: 64 }),
  largeGpt: gpt(16, { layers: 6, heads: 8, width: 256, context: 128 }),
};

const BATCHES = 16;

/** Random rows and classes: what a step costs does not depend on them. With `lookAt`, each step tells its signals. */
export async function ours(
  { batchSize, inputs, outputs, model, unit }: Workload,
  kernels: KernelsFactory,
  { threads, lookAt = false }: { threads: number; lookAt?: boolean },
): Promise<Contender & { readonly flops: number; readonly signalInterval: number }> {
  const rows = BATCHES * batchSize;
  const shape: DataShape = {
    task: 'classification',
    inputs,
    outputs,
    rows: { train: rows, validation: 0, test: 0 },
    ...(unit === 'tokens' ? { tokens: { vocabulary: outputs, targets: 'position', padding: null } } : {}),
  };
  const spec = resolveEngineSpec({ model, training: { batchSize } }, shape);
  const plan = planTraining(spec, shape, { scratchBytes: kernels.scratchBytes, threads });
  const draws = new Draws(1, 0);
  const classes = (count: number) => Int32Array.from({ length: count }, () => draws.integer(outputs));
  const values = (count: number) => Float32Array.from({ length: count }, () => draws.normal());
  const x = unit === 'tokens' ? classes(rows * inputs) : values(rows * inputs);
  const y = classes(unit === 'tokens' ? rows * inputs : rows);
  const machine = await createMachine(plan, kernels);
  const none = { rows: 0, x: x.subarray(0, 0), y: y.subarray(0, 0) };
  loadData({ train: { rows, x, y }, validation: none, test: none }, plan, machine.memory);
  initialize(machine, plan);
  const stepper = new Stepper(machine, plan);
  const signals = new Signals(machine, plan);
  let done = 0;
  return {
    flops: plan.flopsPerStep,
    signalInterval: signalInterval(plan),
    run: (steps) =>
      secondsOf(() => {
        for (let step = 0; step < steps; step++) {
          stepper.step(done++, lookAt ? signals : null);
          signals.take();
        }
      }),
    close: () => void machine.close(),
  };
}
