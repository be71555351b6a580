/**
 * What successive halving saves: the same configurations and seeds by random search, which trains each to its end, and by
 * ASHA, on 6,000 images of Fashion-MNIST. Prints, sweep by sweep, how far ASHA's best is from random search's, and its share of
 * the steps. Exits with 1 where it is not within 1 % in 4 of 5 sweeps for at most 40 % of the steps.
 *
 *     node dist/bench/asha.js [--seeds 1,2,3,4,5] [--json file]
 *
 * A trial that stops at a rung and goes on has the bits of one that never stopped (test/routes/sweeps.test.ts), and its
 * schedule spans the whole budget at every rung: so each configuration is trained once, and ASHA reads its curve as far as it
 * would have trained.
 */
import { parseArgs } from 'node:util';
import {
  chooseKernels,
  createTrainer,
  type DataShape,
  resolveEngineSpec,
  type TrainingData,
} from '../src/engine/index.js';
import type { SweepParameters } from '../src/schemas/sweep.js';
import { nextPromotion, type Report, rungsOf } from '../src/sweeps/asha.js';
import { configurationOf, configured } from '../src/sweeps/configuration.js';
import { machine, writeJson } from './harness.js';
import { fashionMnist } from './learning/fashion-mnist.js';

const trials = 27;
const steps = 810;
const halving = { minSteps: 90, eta: 3 };
const base = {
  model: { type: 'mlp', hidden: [64] },
  optimizer: { type: 'adamw' },
  schedule: { type: 'cosine', warmup: 20 },
  training: { steps },
  evaluation: { everySteps: 30 },
  earlyStopping: { type: 'none' },
  checkpoints: { minSeconds: 86_400 },
};
const parameters: SweepParameters = {
  '/optimizer/learningRate': { type: 'float', min: 1e-5, max: 1e-1, scale: 'log' },
  '/optimizer/weightDecay': { type: 'float', min: 1e-4, max: 1, scale: 'log' },
  '/training/batchSize': { type: 'int', min: 8, max: 128, scale: 'log' },
  '/model/hidden': { type: 'choice', values: [[32], [64], [128], [64, 32], [128, 64]] },
  '/model/dropout': { type: 'float', min: 0, max: 0.5 },
};

const { values: options } = parseArgs({
  options: { seeds: { type: 'string', default: '1,2,3,4,5' }, json: { type: 'string' } },
});
const { factory: kernels, reason } = chooseKernels('auto');

/** The first 4,000 training images train, the next 2,000 validate. */
function subset(): { shape: DataShape; data: TrainingData } {
  const { shape, data } = fashionMnist();
  const { x, y } = data.train as unknown as { x: Float32Array; y: Int32Array };
  const rows = (from: number, to: number) => ({
    rows: to - from,
    x: x.slice(from * shape.inputs, to * shape.inputs),
    y: y.slice(from, to),
  });
  return {
    shape: { ...shape, rows: { train: 4000, validation: 2000, test: 0 } },
    data: { train: rows(0, 4000), validation: rows(4000, 6000), test: rows(0, 0) },
  };
}

const { shape, data } = subset();

/** Validation loss by step. */
async function curveOf(seed: number, trial: number): Promise<Map<number, number>> {
  const values = configurationOf({ parameters, method: { type: 'random' }, seed }, trial, [])!;
  const spec = configured(base, values) as typeof base;
  const resolved = resolveEngineSpec(
    { ...spec, training: { ...spec.training, seed } } as Parameters<typeof resolveEngineSpec>[0],
    shape,
  );
  const trainer = await createTrainer({ spec: resolved, shape, data, kernels, threads: 1 });
  const curve = new Map<number, number>();
  try {
    for (const event of trainer.run()) {
      if (event.type !== 'metrics') continue;
      for (const { name, step, value } of event.rows) if (name === 'validation.loss') curve.set(step, value);
    }
  } catch (error) {
    if ((error as { code?: string }).code !== 'non_finite') throw error;
  }
  return curve;
}

/** Best so far; Infinity where the trial failed before. */
function costAt(curve: ReadonlyMap<number, number>, step: number): number {
  if (!curve.has(step)) return Number.POSITIVE_INFINITY;
  return Math.min(...[...curve].filter(([at]) => at <= step).map(([, value]) => value));
}

/** One trial at a time, as the service does it with a concurrency of 1. */
function asha(curves: readonly ReadonlyMap<number, number>[]): { best: number; steps: number } {
  const rungs = rungsOf(halving, steps);
  const stops = [...rungs, steps];
  const reports: Report[] = [];
  let [begun, spent] = [0, 0];
  const train = (trial: number, rung: number): void => {
    spent += stops[rung]! - (stops[rung - 1] ?? 0);
    reports.push({ trial, rung, cost: costAt(curves[trial]!, stops[rung]!), promoted: false });
  };
  for (;;) {
    const next = nextPromotion(reports, { eta: halving.eta, rungs: rungs.length });
    if (next) {
      reports.find(({ trial, rung }) => trial === next.trial && rung === next.rung)!.promoted = true;
      train(next.trial, next.rung + 1);
    } else if (begun < trials) train(begun++, 0);
    else break;
  }
  const ended = reports.filter(({ rung }) => rung === rungs.length);
  return { best: Math.min(...ended.map(({ cost }) => cost)), steps: spent };
}

console.log(`${machine.cpu}, ${machine.cores} cores, Node ${machine.node}; ${reason}`);
console.log(
  `${trials} trials of ${steps} steps a sweep, rungs ${rungsOf(halving, steps).join(', ')}, best validation loss`,
);
const results = [];
for (const seed of options.seeds.split(',').map(Number)) {
  const curves: Map<number, number>[] = [];
  for (let trial = 0; trial < trials; trial++) curves.push(await curveOf(seed, trial));
  const random = Math.min(...curves.map((curve) => costAt(curve, steps)));
  const halved = asha(curves);
  const result = {
    seed,
    random,
    asha: halved.best,
    off: halved.best / random - 1,
    share: halved.steps / (trials * steps),
  };
  results.push(result);
  console.log(
    `sweep ${seed}: random ${random.toFixed(4)}, ASHA ${halved.best.toFixed(4)} (${(100 * result.off).toFixed(2)} % off) for ${(100 * result.share).toFixed(1)} % of the steps`,
  );
}
const near = results.filter(({ off, share }) => off <= 0.01 && share <= 0.4).length;
console.log(`${near} of ${results.length} within 1 % for at most 40 % of the steps`);
writeJson(options.json, results);
if (near < 0.8 * results.length) process.exitCode = 1;
