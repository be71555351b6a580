/**
 * Whole training steps (forward, backward, Adam): our engine on each backend with 1 and 2 threads against PyTorch with as
 * many, where a Python with it is found, and tfjs-backend-wasm, in turns in one run.
 *
 *     node dist/bench/training.js [workload…] [--rounds n] [--seconds of a workload] [--kernels a,b] [--json file]
 */
import { parseArgs } from 'node:util';
import { findBlas } from '../src/engine/kernels/blas/library.js';
import { chooseKernels, type KernelsRequest } from '../src/engine/kernels/choose.js';
import { measureGflops } from '../src/engine/kernels/measure.js';
import { fmaKernelsRun } from '../src/engine/kernels/wasm/index.js';
import { type Contender, machine, measureInTurns, writeJson } from './harness.js';
import { startTfjs, tfjsMlp, tfjsVersion } from './peers/tfjs.js';
import { findTorch, torchContender } from './peers/torch.js';
import { ours, WORKLOADS, type Workload } from './workloads.js';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'string' },
    kernels: { type: 'string' }, // default: the best BLAS there is, and WebAssembly's
    rounds: { type: 'string', default: '40' },
    seconds: { type: 'string', default: '40' },
  },
});
const wanted = positionals.length > 0 ? positionals : Object.keys(WORKLOADS);
const unknown = wanted.filter((name) => !(name in WORKLOADS));
if (unknown.length > 0)
  throw new Error(`no workload ${unknown.join(', ')}; there are ${Object.keys(WORKLOADS).join(', ')}`);
const bounds = { rounds: Number(options.rounds), seconds: Number(options.seconds) };

await startTfjs();
const blas = findBlas();
const blasName = 'missing' in blas ? blas.missing : blas.library.name;
const python = findTorch();
const threadCounts = machine.cores > 1 ? [1, 2] : [1];
const backends =
  options.kernels?.split(',') ?? ['missing' in blas ? [] : blas.id, fmaKernelsRun() ? 'wasm-fma' : [], 'wasm'].flat();
const factories = backends.map((name) => chooseKernels(name as KernelsRequest).factory);

/** GFLOP/s in 256×256 products on one thread: what the share of the peak is taken of. */
const peaks: Record<string, number> = {};
for (const factory of factories) peaks[factory.name] = await measureGflops(factory);

/** Ours by backend and threads, and what each is compared with. */
async function contendersOf(workload: Workload) {
  const contenders: Record<string, Contender> = {};
  let flops = 0;
  for (const threads of threadCounts) {
    for (const factory of factories) {
      const contender = await ours(workload, factory, { threads });
      contenders[`${factory.name} ×${threads}`] = contender;
      flops = contender.flops;
    }
    if (python !== null) {
      const { batchSize, torch: model } = workload;
      contenders[`torch ×${threads}`] = await torchContender(python, { threads, batchSize, model });
    }
  }
  if (workload.mlp) contenders['tfjs ×1'] = tfjsMlp({ ...workload.mlp, batchSize: workload.batchSize });
  return { contenders, flops };
}

async function measure(workload: Workload) {
  const { batchSize, unit, inputs } = workload;
  const { contenders, flops } = await contendersOf(workload);
  const seconds = await measureInTurns(contenders, bounds);
  for (const contender of Object.values(contenders)) contender.close?.();
  const count = unit === 'tokens' ? batchSize * inputs : batchSize;
  return Object.entries(seconds).map(([contender, stepSeconds]) => {
    const [name, threads] = contender.split(' ×') as [string, string];
    /** How many times as fast as the fastest of some others, or null where none was there. */
    const over = (others: readonly string[]) => {
      const present = others.flatMap((other) => seconds[other] ?? []);
      return present.length === 0 ? null : Math.min(...present) / stepSeconds;
    };
    const gflops = flops / stepSeconds / 1e9;
    return {
      workload: workload.name,
      contender,
      perSecond: count / stepSeconds,
      unit,
      // At its best with as many threads or fewer.
      overTorch: over(threadCounts.filter((count) => count <= Number(threads)).map((count) => `torch ×${count}`)),
      overTfjs: over([`tfjs ×${threads}`]),
      overOneThread: threads === '1' ? null : over([`${name} ×1`]),
      gflops,
      shareOfPeak: name in peaks ? gflops / (peaks[name]! * Number(threads)) : null,
    };
  });
}

const ratio = (value: number | null) => (value === null ? '–' : value.toFixed(2)).padStart(9);

console.log(`${machine.cpu}, ${machine.cores} cores, Node ${machine.node}, tfjs-backend-wasm ${tfjsVersion}`);
console.log(`BLAS: ${blasName}; PyTorch: ${python ?? 'no Python that has it'}`);
const peakList = Object.entries(peaks).map(([name, peak]) => `${name} ${peak.toFixed(0)}`);
console.log(`GFLOP/s in 256×256 products on one thread: ${peakList.join(', ')}`);
const results = [];
for (const name of wanted) {
  const workload = WORKLOADS[name]!;
  const measured = await measure(workload);
  results.push(...measured);
  console.log(`\n${workload.name}`);
  console.log(`${`${workload.unit}/s`.padStart(20)}   × torch    × tfjs  × 1 thread  GFLOP/s  of its peak`);
  for (const { contender, perSecond, overTorch, overTfjs, overOneThread, gflops, shareOfPeak } of measured) {
    const share = shareOfPeak === null ? '–' : `${(100 * shareOfPeak).toFixed(0)} %`;
    const ratios = `${ratio(overTorch)} ${ratio(overTfjs)}   ${ratio(overOneThread)}`;
    console.log(
      `${contender.padEnd(8)} ${perSecond.toFixed(0).padStart(11)} ${ratios} ${gflops.toFixed(1).padStart(8)} ${share.padStart(12)}`,
    );
  }
}
writeJson(options.json, { machine: { ...machine, blas: blasName, tfjs: tfjsVersion, peaks }, results });
