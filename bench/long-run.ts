/**
 * Whether steps stay as quick as they were over 10,000 of them, with weights that decay towards 0; and what of a step is spent
 * on telling that nothing is NaN or infinite.
 *
 *     node dist/bench/long-run.js [--json file]
 */
import { parseArgs } from 'node:util';
import { loadData } from '../src/engine/data.js';
import { findBlas } from '../src/engine/kernels/blas/library.js';
import { chooseKernels } from '../src/engine/kernels/choose.js';
import type { KernelsFactory } from '../src/engine/kernels/kernels.js';
import { createMachine } from '../src/engine/machine.js';
import { planTraining } from '../src/engine/plan.js';
import { resolveEngineSpec } from '../src/engine/resolve.js';
import { Draws } from '../src/engine/rng.js';
import type { DataShape } from '../src/engine/shape.js';
import type { EngineSpec } from '../src/engine/spec.js';
import { Stepper } from '../src/engine/step.js';
import { initialize } from '../src/engine/train.js';
import { machine, secondsOf, writeJson } from './harness.js';

const { values: options } = parseArgs({ options: { json: { type: 'string' } } });

const [STEPS, SPAN, SAMPLE, WARM_UP] = [10_000, 1000, 50, 500];
const [INPUTS, ROWS] = [64, 1024];
const shape: DataShape = {
  task: 'classification',
  inputs: INPUTS,
  outputs: 10,
  rows: { train: ROWS, validation: 0, test: 0 },
};
/** A percent of each weight decays in a step: those that learn nothing would be denormal from step 8,300 on, if they could. */
const spec: EngineSpec = {
  model: { type: 'mlp', hidden: [256, 256], activation: 'relu' },
  optimizer: { type: 'adamw', learningRate: 0.001, weightDecay: 10 },
  training: { steps: STEPS, batchSize: 64 },
};

/** Half of the inputs are always 0; the largest of ten others is the class. */
function rows() {
  const draws = new Draws(1, 0);
  const x = Float32Array.from({ length: ROWS * INPUTS }, (_, at) => (at % 2 === 0 ? draws.normal() : 0));
  const classOf = (row: number) => {
    const seen = Array.from({ length: 10 }, (_, place) => x[row * INPUTS + 2 * place]!);
    return seen.indexOf(Math.max(...seen));
  };
  return { rows: ROWS, x, y: Int32Array.from({ length: ROWS }, (_, row) => classOf(row)) };
}

async function measure(kernels: KernelsFactory) {
  const plan = planTraining(resolveEngineSpec(spec, shape), shape, kernels);
  const running = await createMachine(plan, kernels);
  const none = { rows: 0, x: new Float32Array(), y: new Int32Array() };
  loadData({ train: rows(), validation: none, test: none }, plan, running.memory);
  initialize(running, plan);
  const stepper = new Stepper(running, plan);
  let done = 0;
  const take = (steps: number) =>
    secondsOf(() => {
      for (let step = 0; step < steps; step++) stepper.step(done++);
    });
  take(WARM_UP);
  initialize(running, plan);
  done = 0;
  // Of each thousand the quickest fifty: other load only ever adds.
  const quickest = () => Math.min(...Array.from({ length: SPAN / SAMPLE }, () => take(SAMPLE))) / SAMPLE;
  const spans = Array.from({ length: STEPS / SPAN }, quickest);
  const step = Math.min(...spans);

  const { squaredNorm, lossSum } = plan.addresses;
  const { f64 } = running.memory;
  const norm = secondsOf(() => {
    for (let time = 0; time < SPAN; time++) running.updates.norm();
  });
  let finite = 0;
  const looks = secondsOf(() => {
    for (let time = 0; time < SPAN; time++) {
      finite += Number(Number.isFinite(f64[lossSum / 8])) + Number(Number.isFinite(Math.sqrt(f64[squaredNorm / 8]!)));
    }
  });
  if (finite !== 2 * SPAN) throw new Error('the run was to stay finite');
  await running.close();
  return {
    kernels: kernels.name,
    microsecondsPerStep: 1e6 * step,
    lastOverFirst: spans.at(-1)! / spans[0]!,
    checksShare: looks / SPAN / step,
    normShare: norm / SPAN / step,
  };
}

console.log(`${machine.cpu}, ${machine.cores} cores, Node ${machine.node}`);
const names = 'missing' in findBlas() ? (['wasm'] as const) : (['blas', 'wasm'] as const);
const results = [];
for (const name of names) {
  const result = await measure(chooseKernels(name).factory);
  results.push(result);
  const { kernels, microsecondsPerStep, lastOverFirst, checksShare, normShare } = result;
  console.log(`\n${kernels}: an MLP 64-256-256-10 with weight decay, batches of 64, ${STEPS} steps`);
  console.log(
    `  ${microsecondsPerStep.toFixed(0)} µs a step; in the last ${SPAN} ${lastOverFirst.toFixed(3)} × what it was in the first`,
  );
  console.log(`  looking at loss and norm for NaN and infinities: ${(100 * checksShare).toFixed(3)} % of a step`);
  console.log(`  the norm itself, which is logged and clipped by: ${(100 * normShare).toFixed(1)} %`);
}
writeJson(options.json, { machine, results });
