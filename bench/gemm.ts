/**
 * Matrix products: our backends against tfjs-backend-wasm, one thread each, in turns in one run. Prints GFLOP/s.
 *
 *     node dist/bench/gemm.js [--json file]
 */
import { parseArgs } from 'node:util';
import * as tf from '@tensorflow/tfjs';
import { blasNames, findBlas } from '../src/engine/kernels/blas/library.js';
import { chooseKernels } from '../src/engine/kernels/choose.js';
import type { KernelsFactory } from '../src/engine/kernels/kernels.js';
import { fmaKernelsRun } from '../src/engine/kernels/wasm/index.js';
import { createMemory, Layout } from '../src/engine/memory.js';
import { type Contender, machine, measureInTurns, secondsOf, writeJson } from './harness.js';
import { startTfjs, tfjsVersion } from './peers/tfjs.js';

/** 16 is where the blas backend begins to leave products to WebAssembly. */
const SIZES = [8, 16, 24, 64, 256, 1024];
const LARGEST = 1024;
/** Plain loops would take seconds beyond it. */
const LARGEST_REFERENCE = 256;
const TRANSPOSES = ['NN', 'TN', 'NT'] as const;
type Transpose = (typeof TRANSPOSES)[number];
const BOUNDS = { rounds: 15, seconds: 5 };

const values = Float32Array.from({ length: LARGEST ** 2 }, (_, index) => Math.sin(index));

/** The products of one backend, on a memory of its own. */
async function ours(factory: KernelsFactory): Promise<(transpose: Transpose, n: number) => Contender> {
  const layout = new Layout();
  const scratch = layout.reserve('scratch', factory.scratchBytes);
  const [a, b, c] = ['a', 'b', 'c'].map((name) => layout.reserve(name, 4 * LARGEST ** 2)) as [number, number, number];
  const memory = createMemory(layout.bytes);
  memory.f32.set(values, a / 4);
  memory.f32.set(values, b / 4);
  const kernels = await factory.create(memory.memory, scratch);
  return (transpose, n) => {
    const gemm = kernels[`gemm${transpose}`];
    return repeated(() => gemm(n, n, n, a, n, b, n, c, n, 0));
  };
}

function tfjs(transpose: Transpose, n: number): Contender {
  const [left, right] = [tf.tensor2d(values.slice(0, n * n), [n, n]), tf.tensor2d(values.slice(0, n * n), [n, n])];
  return {
    ...repeated(() => tf.matMul(left, right, transpose === 'TN', transpose === 'NT').dispose()),
    close: () => tf.dispose([left, right]),
  };
}

const repeated = (product: () => void): Contender => ({
  run: (steps) =>
    secondsOf(() => {
      for (let step = 0; step < steps; step++) product();
    }),
});

const { values: options } = parseArgs({ options: { json: { type: 'string' } } });
await startTfjs();
const libraries = blasNames.flatMap((id) => {
  const found = findBlas(id);
  return 'missing' in found ? [] : [{ id, name: found.library.name }];
});
const fused = fmaKernelsRun() ? (['wasm-fma'] as const) : [];
const names = ['wasm', ...fused, ...libraries.map(({ id }) => id), 'reference'] as const;
const backends = await Promise.all(
  names.map(async (name) => ({ name, contender: await ours(chooseKernels(name).factory) })),
);

console.log(`${machine.cpu}, ${machine.cores} cores, Node ${machine.node}, tfjs-backend-wasm ${tfjsVersion}; GFLOP/s`);
console.log(`BLAS: ${libraries.map(({ name }) => name).join(', ') || 'none'}`);
console.log(`          ${[...names, 'tfjs'].map((name) => name.padStart(10)).join('')}`);
const results = [];
for (const n of SIZES) {
  for (const transpose of TRANSPOSES) {
    const contenders: Record<string, Contender> = { tfjs: tfjs(transpose, n) };
    for (const { name, contender } of backends) {
      if (name !== 'reference' || n <= LARGEST_REFERENCE) contenders[name] = contender(transpose, n);
    }
    const seconds = await measureInTurns(contenders, BOUNDS);
    for (const contender of Object.values(contenders)) contender.close?.();
    const gflops = Object.fromEntries(Object.entries(seconds).map(([name, time]) => [name, (2 * n ** 3) / time / 1e9]));
    results.push({ transpose, n, ...gflops });
    const columns = [...names, 'tfjs'].map((name) => (gflops[name]?.toFixed(1) ?? '–').padStart(10));
    console.log(`${transpose} ${String(n).padStart(6)} ${columns.join('')}`);
  }
}
writeJson(options.json, { machine: { ...machine, libraries, tfjs: tfjsVersion }, results });
