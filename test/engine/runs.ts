/** Small data sets, and a run taken to its end or to a step, with everything it said. */
import { createHash } from 'node:crypto';
import type { Split, TrainingData } from '../../src/engine/data.js';
import type { MetricScale } from '../../src/engine/evaluate.js';
import type { MetricRow, Rollback, TrainEvent, TrainOutcome } from '../../src/engine/events.js';
import type { KernelsFactory } from '../../src/engine/kernels/kernels.js';
import { resolveEngineSpec } from '../../src/engine/resolve.js';
import { Draws } from '../../src/engine/rng.js';
import type { DataShape } from '../../src/engine/shape.js';
import type { EngineSpec, ResolvedEngineSpec } from '../../src/engine/spec.js';
import { createTrainer, type TrainInput } from '../../src/engine/train.js';

type Checkpoint = Extract<TrainEvent, { type: 'checkpoint' }>;

export interface Problem<Data = TrainingData> {
  readonly shape: DataShape;
  readonly data: Data;
}

const dataStream = 0xff00_0000;

/** Points in the plane in two rings that no line parts; class 1 is the outer one. */
export function rings(rows: DataShape['rows']): Problem {
  const draws = new Draws(7, dataStream);
  const split = (count: number): Split => {
    const y = Int32Array.from({ length: count }, () => draws.integer(2));
    const x = Float32Array.from(
      [...y].flatMap((outer) => {
        const [radius, angle] = [1 + outer + 0.2 * draws.normal(), 2 * Math.PI * draws.uniform()];
        return [radius * Math.cos(angle), radius * Math.sin(angle)];
      }),
    );
    return { rows: count, x, y };
  };
  const data = { train: split(rows.train), validation: split(rows.validation), test: split(rows.test) };
  return { shape: { task: 'classification', inputs: 2, outputs: 2, rows }, data };
}

/** y = x₀ x₁ + sin x₂ for standard normal x. */
export function surface(rows: DataShape['rows']): Problem {
  const draws = new Draws(8, dataStream);
  const split = (count: number): Split => {
    const x = Float32Array.from({ length: count * 3 }, () => draws.normal());
    const y = Float32Array.from(
      { length: count },
      (_, row) => x[row * 3]! * x[row * 3 + 1]! + Math.sin(x[row * 3 + 2]!),
    );
    return { rows: count, x, y };
  };
  const data = { train: split(rows.train), validation: split(rows.validation), test: split(rows.test) };
  return { shape: { task: 'regression', inputs: 3, outputs: 1, rows }, data };
}

/** Of rows of tokens whose targets are the next ones. */
export function textShape(vocabulary: number, inputs: number, rows: DataShape['rows']): DataShape {
  const tokens = { vocabulary, targets: 'position', padding: null } as const;
  return { task: 'classification', inputs, outputs: vocabulary, tokens, rows };
}

/** Each token is the sum of the two before it, modulo the vocabulary: no position tells the next without the one before it. */
export function sums(vocabulary: number, time: number, rows: DataShape['rows']): Problem {
  const draws = new Draws(9, dataStream);
  const split = (count: number): Split => {
    const [x, y] = [new Int32Array(count * time), new Int32Array(count * time)];
    for (let row = 0; row < count; row++) {
      let [previous, token] = [draws.integer(vocabulary), draws.integer(vocabulary)];
      for (let position = 0; position < time; position++) {
        x[row * time + position] = token;
        [previous, token] = [token, (previous + token) % vocabulary];
        y[row * time + position] = token;
      }
    }
    return { rows: count, x, y };
  };
  const data = { train: split(rows.train), validation: split(rows.validation), test: split(rows.test) };
  return { shape: textShape(vocabulary, time, rows), data };
}

export interface Recording {
  readonly spec: ResolvedEngineSpec;
  readonly rows: readonly MetricRow[];
  readonly checkpoints: readonly Checkpoint[];
  readonly rollbacks: readonly Rollback[];
  readonly outcome: TrainOutcome;
}

/** Runs to the end, or stops with a checkpoint at `stopAt`. */
export async function record(
  { shape, data }: Problem<TrainInput['data']>,
  spec: EngineSpec,
  options: {
    kernels: KernelsFactory;
    threads?: number;
    resumeFrom?: Uint8Array;
    inheritFrom?: NonNullable<TrainInput['inheritFrom']>;
    initializeFrom?: NonNullable<TrainInput['initializeFrom']>;
    tuning?: NonNullable<TrainInput['tuning']>;
    stopAt?: number;
    metricScale?: MetricScale;
  },
): Promise<Recording> {
  const { stopAt = Number.POSITIVE_INFINITY, ...input } = options;
  const resolved = resolveEngineSpec(spec, shape);
  const trainer = await createTrainer({
    spec: resolved,
    shape,
    data,
    ...input,
    shouldStop: () => (++steps >= stopAt ? 'checkpoint' : 'no'),
  });
  let steps = 0;
  const rows: MetricRow[] = [];
  const checkpoints: Checkpoint[] = [];
  const rollbacks: Rollback[] = [];
  const run = trainer.run();
  for (;;) {
    const { done, value } = run.next();
    if (done) return { spec: resolved, rows, checkpoints, rollbacks, outcome: value };
    if (value.type === 'metrics') rows.push(...value.rows);
    if (value.type === 'rollback') rollbacks.push(value);
    if (value.type === 'checkpoint') checkpoints.push(value);
  }
}

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
