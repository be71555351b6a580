/**
 * Matrix products: our kernels against tfjs-backend-wasm, one thread each, alternated in one run, so that a ratio holds
 * whatever the machine does meanwhile. `node dist/bench/gemm.js [--json file]`; prints GFLOP/s, medians.
 */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import * as tf from '@tensorflow/tfjs';
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import type { Kernels } from '../src/engine/kernels/kernels.js';
import { referenceKernels } from '../src/engine/kernels/reference.js';
import { wasmKernels } from '../src/engine/kernels/wasm/index.js';
import { createMemory, Layout } from '../src/engine/memory.js';

const SIZES = [64, 256, 1024];
const LARGEST = 1024;
const TRANSPOSES = ['NN', 'TN', 'NT'] as const;
type Transpose = (typeof TRANSPOSES)[number];

/** Each sample repeats the product until it takes about this long. */
const SAMPLE_FLOPS = 5e7;
const SAMPLES = 15;
/** Plain loops vary little, and would take minutes at 1024. */
const REFERENCE_SAMPLES = 3;
const REFERENCE_LARGEST = 256;

const layout = new Layout();
const scratch = layout.reserve('scratch', wasmKernels.scratchBytes);
const [a, b, c] = ['a', 'b', 'c'].map((name) => layout.reserve(name, 4 * LARGEST ** 2)) as [number, number, number];
const memory = createMemory(layout.bytes);
const values = Float32Array.from({ length: LARGEST ** 2 }, (_, index) => Math.sin(index));
memory.f32.set(values, a >>> 2);
memory.f32.set(values, b >>> 2);

function ours(kernels: Kernels, transpose: Transpose, n: number): () => void {
  const gemm = { NN: kernels.gemmNN, TN: kernels.gemmTN, NT: kernels.gemmNT }[transpose];
  return () => gemm(n, n, n, a, n, b, n, c, n, 0);
}

function tfjs(transpose: Transpose, n: number): () => void {
  const [left, right] = [tf.tensor2d(values.slice(0, n * n), [n, n]), tf.tensor2d(values.slice(0, n * n), [n, n])];
  return () => tf.matMul(left, right, transpose === 'TN', transpose === 'NT').dispose();
}

/** GFLOP/s of one sample. */
function sample(product: () => void, n: number): number {
  const flops = 2 * n ** 3;
  const repeats = Math.max(1, Math.round(SAMPLE_FLOPS / flops));
  const start = process.hrtime.bigint();
  for (let i = 0; i < repeats; i++) product();
  return (repeats * flops) / Number(process.hrtime.bigint() - start);
}

function median(samples: number[]): number {
  return samples.sort((x, y) => x - y)[samples.length >> 1]!;
}

function measure(reference: Kernels, wasm: Kernels, transpose: Transpose, n: number) {
  const contenders = { wasm: ours(wasm, transpose, n), tfjs: tfjs(transpose, n) };
  const samples = { wasm: [] as number[], tfjs: [] as number[] };
  // Until V8 has compiled it again with optimisation, a product runs at a quarter of its speed.
  for (const product of Object.values(contenders)) sample(product, n);
  for (let i = 0; i < SAMPLES; i++) {
    samples.wasm.push(sample(contenders.wasm, n));
    samples.tfjs.push(sample(contenders.tfjs, n));
  }
  const slow = ours(reference, transpose, n);
  const slowSamples = n > REFERENCE_LARGEST ? [] : Array.from({ length: REFERENCE_SAMPLES }, () => sample(slow, n));
  const [fast, peer] = [median(samples.wasm), median(samples.tfjs)];
  return {
    transpose,
    n,
    wasm: fast,
    tfjs: peer,
    ratio: fast / peer,
    reference: slowSamples.length > 0 ? median(slowSamples) : null,
  };
}

const { values: options } = parseArgs({ options: { json: { type: 'string' } } });

setWasmPaths(fileURLToPath(new URL('.', import.meta.resolve('@tensorflow/tfjs-backend-wasm'))));
setThreadsCount(1);
await tf.setBackend('wasm');
const reference = await referenceKernels.create(memory.memory, 0);
const wasm = await wasmKernels.create(memory.memory, scratch);

const machine = {
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  node: process.version,
  tfjs: tf.version.tfjs,
};
console.log(`${machine.cpu}, ${machine.cores} cores, Node ${machine.node}, tfjs-backend-wasm ${machine.tfjs}; GFLOP/s`);
console.log('     n      wasm   tfjs  × tfjs   reference');
const results = [];
for (const n of SIZES) {
  for (const transpose of TRANSPOSES) {
    const result = measure(reference, wasm, transpose, n);
    results.push(result);
    const columns = [
      result.wasm.toFixed(1),
      result.tfjs.toFixed(1),
      result.ratio.toFixed(1),
      result.reference?.toFixed(2) ?? '–',
    ];
    console.log(`${transpose} ${String(n).padStart(4)} ${columns.map((column) => column.padStart(8)).join(' ')}`);
  }
}
if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify({ machine, results }, null, 2)}\n`);
