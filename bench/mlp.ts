/**
 * Whole training steps (forward, backward, Adam) of two MLPs: our engine against tfjs-backend-wasm, one thread each,
 * alternated in one run, so that a ratio holds whatever the machine does meanwhile. `node dist/bench/mlp.js [--json file]`; prints samples/s, medians.
 */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import * as tf from '@tensorflow/tfjs';
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { loadData } from '../src/engine/data.js';
import type { KernelsFactory } from '../src/engine/kernels/kernels.js';
import { referenceKernels } from '../src/engine/kernels/reference.js';
import { wasmKernels } from '../src/engine/kernels/wasm/index.js';
import { createMachine } from '../src/engine/machine.js';
import { planTraining } from '../src/engine/plan.js';
import { resolveEngineSpec } from '../src/engine/resolve.js';
import { Draws } from '../src/engine/rng.js';
import type { DataShape } from '../src/engine/shape.js';
import { Stepper } from '../src/engine/step.js';
import { initialize } from '../src/engine/train.js';

interface Workload {
  readonly name: string;
  /** Inputs, hidden units, classes. */
  readonly widths: readonly number[];
  readonly dropout: number;
  readonly batchSize: number;
  /** Steps a sample, chosen so that one takes tens of milliseconds. */
  readonly steps: { readonly wasm: number; readonly reference: number; readonly tfjs: number };
}

const WORKLOADS: readonly Workload[] = [
  {
    name: 'tabular MLP 20-128-64-2, batch 64',
    widths: [20, 128, 64, 2],
    dropout: 0,
    batchSize: 64,
    steps: { wasm: 400, reference: 4, tfjs: 30 },
  },
  {
    name: 'MLP 784-512-512-10, dropout 0.2, batch 128',
    widths: [784, 512, 512, 10],
    dropout: 0.2,
    batchSize: 128,
    steps: { wasm: 6, reference: 1, tfjs: 1 },
  },
];
const SAMPLES = 9;
/** Plain loops vary little, and take long. */
const REFERENCE_SAMPLES = 1;
const BATCHES = 16;

/** Takes `steps` training steps. */
type Contender = (steps: number) => void;

const rowsOf = ({ batchSize }: Workload): number => BATCHES * batchSize;

function dataOf(workload: Workload): { x: Float32Array; y: Int32Array } {
  const draws = new Draws(1, 0);
  const x = Float32Array.from({ length: rowsOf(workload) * workload.widths[0]! }, () => draws.normal());
  const y = Int32Array.from({ length: rowsOf(workload) }, () => draws.integer(workload.widths.at(-1)!));
  return { x, y };
}

async function ours(workload: Workload, kernels: KernelsFactory): Promise<Contender> {
  const { widths, dropout, batchSize } = workload;
  const rows = rowsOf(workload);
  const shape: DataShape = {
    task: 'classification',
    inputs: widths[0]!,
    outputs: widths.at(-1)!,
    rows: { train: rows, validation: 0, test: 0 },
  };
  const model = { type: 'mlp', hidden: widths.slice(1, -1), activation: 'relu', dropout } as const;
  const plan = planTraining(resolveEngineSpec({ model, training: { batchSize } }, shape), shape, kernels);
  const machine = await createMachine(plan, kernels);
  const none = { rows: 0, x: new Float32Array(), y: new Int32Array() };
  loadData({ train: { rows, ...dataOf(workload) }, validation: none, test: none }, plan, machine.memory);
  initialize(machine, plan);
  const stepper = new Stepper(machine, plan);
  let done = 0;
  return (steps) => {
    for (let step = 0; step < steps; step++) stepper.step(done++);
  };
}

function tfjs(workload: Workload): Contender {
  const { widths, dropout, batchSize } = workload;
  const { x, y } = dataOf(workload);
  const inputs = tf.tensor2d(x, [rowsOf(workload), widths[0]!]);
  const targets = tf.tidy(() => tf.oneHot(tf.tensor1d(y, 'int32'), widths.at(-1)!).toFloat());
  const layers = widths.slice(1).map((units, index) => ({
    weight: tf.variable(tf.randomNormal([widths[index]!, units], 0, Math.sqrt(2 / widths[index]!))),
    bias: tf.variable(tf.zeros([units])),
  }));
  const optimizer = tf.train.adam(0.001);
  const loss = (start: number) => {
    let value: tf.Tensor = tf.slice(inputs, [start, 0], [batchSize, -1]);
    layers.forEach(({ weight, bias }, index) => {
      value = value.matMul(weight).add(bias);
      if (index === layers.length - 1) return;
      value = value.relu();
      if (dropout > 0) value = tf.dropout(value, dropout);
    });
    return tf.losses.softmaxCrossEntropy(tf.slice(targets, [start, 0], [batchSize, -1]), value).asScalar();
  };
  let done = 0;
  return (steps) => {
    for (let step = 0; step < steps; step++) {
      const start = (done++ % BATCHES) * batchSize;
      optimizer.minimize(() => loss(start));
    }
  };
}

/** Samples/s of one sample. */
function sample(contender: Contender, steps: number, { batchSize }: Workload): number {
  const start = process.hrtime.bigint();
  contender(steps);
  return (steps * batchSize * 1e9) / Number(process.hrtime.bigint() - start);
}

const median = (samples: number[]): number => samples.sort((a, b) => a - b)[samples.length >> 1]!;

async function measure(workload: Workload) {
  const contenders = {
    wasm: await ours(workload, wasmKernels),
    tfjs: tfjs(workload),
    reference: await ours(workload, referenceKernels),
  };
  const samples = { wasm: [] as number[], tfjs: [] as number[], reference: [] as number[] };
  const take = (name: keyof typeof contenders) => sample(contenders[name], workload.steps[name], workload);
  // Until V8 has compiled it again with optimisation, a step runs at a quarter of its speed.
  for (const name of ['wasm', 'tfjs'] as const) take(name);
  for (let round = 0; round < SAMPLES; round++) {
    samples.wasm.push(take('wasm'));
    samples.tfjs.push(take('tfjs'));
    if (round < REFERENCE_SAMPLES) samples.reference.push(take('reference'));
  }
  const [wasm, peer] = [median(samples.wasm), median(samples.tfjs)];
  return { workload: workload.name, wasm, tfjs: peer, ratio: wasm / peer, reference: median(samples.reference) };
}

const { values: options } = parseArgs({ options: { json: { type: 'string' } } });

setWasmPaths(fileURLToPath(new URL('.', import.meta.resolve('@tensorflow/tfjs-backend-wasm'))));
setThreadsCount(1);
await tf.setBackend('wasm');

const machine = {
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  node: process.version,
  tfjs: tf.version.tfjs,
};
console.log(
  `${machine.cpu}, ${machine.cores} cores, Node ${machine.node}, tfjs-backend-wasm ${machine.tfjs}; samples/s`,
);
console.log(`${''.padEnd(44)}     wasm     tfjs   × tfjs  reference`);
const results = [];
for (const workload of WORKLOADS) {
  const result = await measure(workload);
  results.push(result);
  const columns = [
    result.wasm.toFixed(0),
    result.tfjs.toFixed(0),
    result.ratio.toFixed(1),
    result.reference.toFixed(0),
  ];
  console.log(`${workload.name.padEnd(44)} ${columns.map((column) => column.padStart(8)).join(' ')}`);
}
if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify({ machine, results }, null, 2)}\n`);
