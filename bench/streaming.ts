/**
 * What reading rows from a file costs the step loop: steps a second of a workload of bench/training on a file of encoded
 * rows, beside those on 50,000 rows that stand in memory, in turns. Exits with 1 where it is less than 95 %, or 500 MB more
 * are resident. A row costs the feeder some 3 µs however long it is, so that a step of fewer microseconds a row waits for it:
 * `--workload tabular` shows that.
 *
 *     node dist/bench/streaming.js [--workload mlp] [--megabytes of the file] [--rounds n] [--steps timed at once] [--json file]
 */
import { fsyncSync, openSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { shared } from '../src/data/feed/arrays.js';
import { feedFrom } from '../src/data/feed/feed.js';
import { chooseKernels, type DataShape, Draws, resolveEngineSpec } from '../src/engine/index.js';
import { stepsOn, sustained } from './fed-steps.js';
import { machine, writeJson } from './harness.js';
import { WORKLOADS } from './workloads.js';

const { values: options } = parseArgs({
  options: {
    json: { type: 'string' },
    megabytes: { type: 'string', default: '400' },
    rounds: { type: 'string', default: '5' },
    steps: { type: 'string', default: '200' },
    workload: { type: 'string', default: 'mlp' },
  },
});
const workload = WORKLOADS[options.workload];
if (workload === undefined)
  throw new Error(`--workload: expected a workload of bench/training, got ${options.workload}`);
const leastShare = 0.95;
const mostResidentBytes = 500e6;
const { inputs, outputs, batchSize, model } = workload;
const record = inputs + 1; // with its target
const chunkRows = 10_000;
const chunks = Math.ceil((Number(options.megabytes) * 1e6) / (4 * record * chunkRows));
const kernels = chooseKernels('auto').factory;

function jobOf(rows: number) {
  const shape: DataShape = { task: 'classification', inputs, outputs, rows: { train: rows, validation: 0, test: 0 } };
  const spec = resolveEngineSpec({ model, training: { batchSize, epochs: 100_000 } }, shape);
  return { spec, shape, kernels };
}

const draws = new Draws(1, 0);
const normals = (count: number) => Float32Array.from({ length: count }, () => draws.normal());
const none = { rows: 0, x: new Float32Array(0), y: new Int32Array(0) };
const standing = 5 * chunkRows;
const train = { rows: standing, x: normals(standing * inputs), y: new Int32Array(standing) };
const inMemory = await stepsOn(jobOf(standing), { train, validation: none, test: none });
inMemory.take(100);

const before = process.memoryUsage().rss;
const path = join(tmpdir(), `trainyard-streaming-${process.pid}`);
const file = openSync(path, 'wx+');
unlinkSync(path);
const values = normals(chunkRows * record);
const classes = new Int32Array(values.buffer);
for (let row = 0; row < chunkRows; row++) classes[row * record + inputs] = 0;
const chunk = new Uint8Array(values.buffer);
for (let index = 0; index < chunks; index++) {
  for (let done = 0; done < chunk.length; ) done += writeSync(file, chunk, done);
}
fsyncSync(file); // the disk has nothing else to do while steps are timed
const rows = chunks * chunkRows;
const empty = shared(new Int32Array(0));
const records = { train: shared(Int32Array.from({ length: rows }, (_, row) => row)), validation: empty, test: empty };
const source = {
  rows: { kind: 'file', file, records },
  domain: { kind: 'table', features: [] },
  augmentations: [],
} as const;
const fromFile = await stepsOn(
  jobOf(rows),
  feedFrom(source, { classCounts: Array.from({ length: outputs }, () => 0) }),
);
fromFile.take(100);
const residentBytes = process.memoryUsage().rss - before;

const bounds = { rounds: Number(options.rounds), steps: Number(options.steps) };
const seconds = await sustained({ inMemory, fromFile }, bounds);
const share = seconds['inMemory']! / seconds['fromFile']!;
const bytes = rows * record * 4;
console.log(`${machine.cpu}, ${machine.cores} cores, Node ${machine.node}; ${kernels.name}, one thread`);
console.log(workload.name);
console.log(`${rows} rows, ${(bytes / 1e6).toFixed(0)} MB; ${(residentBytes / 1e6).toFixed(0)} MB resident for them`);
console.log(`from the file at ${(100 * share).toFixed(0)} % of the rate in memory`);
writeJson(options.json, { machine, bytes, residentBytes, seconds, share });
if (share < leastShare || residentBytes > mostResidentBytes) process.exitCode = 1;
