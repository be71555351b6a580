/**
 * The service on this machine, everything it needs started and stopped here: 200 jobs posted at once while their states
 * are polled, and the step rate of one job against the bare engine on the same data, alternated in one run.
 * `node dist/bench/service.js [--json file]`.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { loadConfig } from '../src/config.js';
import { ingest } from '../src/data/ingest.js';
import { openDataset } from '../src/data/stored-dataset.js';
import { chooseKernels, createTrainer } from '../src/engine/index.js';
import { Draws } from '../src/engine/rng.js';
import { prepareTrainingData } from '../src/run/training-data.js';
import type { Dataset } from '../src/schemas/dataset.js';
import type { Job } from '../src/schemas/job.js';
import type { ResolvedJobSpec } from '../src/schemas/job-spec.js';
import { Supervisor } from '../src/supervisor/supervisor.js';

const JOBS = 200;
const POLLS_AT_ONCE = 4;
const ROUNDS = 3;
/** The tabular workload of bench/mlp: 20 inputs, two classes. */
const FEATURES = 20;
const ROWS = 8192;

/** A table whose classes a line separates, with noise. */
function csvOf(rows: number): string {
  const draws = new Draws(1, 0);
  const lines = Array.from({ length: rows }, () => {
    const x = Array.from({ length: FEATURES }, () => draws.normal().toFixed(4));
    const isUp = x.reduce((sum, value, index) => sum + Number(value) * (index % 2 ? 1 : -1), draws.normal()) > 0;
    return [...x, isUp ? 'up' : 'down'].join(',');
  });
  return [[...Array.from({ length: FEATURES }, (_, index) => `x${index}`), 'label'].join(','), ...lines, ''].join('\n');
}

async function call<T>(url: string, init: RequestInit = {}): Promise<T> {
  const response = await fetch(url, init);
  if (!response.ok) throw new Error(`${init.method ?? 'GET'} ${url}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

const post = <T>(url: string, body: unknown): Promise<T> =>
  call(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

async function upload(api: string, csv: string): Promise<Dataset> {
  const form = new FormData();
  form.set('file', new Blob([csv], { type: 'text/csv' }), 'bench.csv');
  return call(`${api}/v1/datasets`, { method: 'POST', body: form });
}

const isOver = ({ state }: Job): boolean => state === 'succeeded' || state === 'failed' || state === 'cancelled';

async function finished(api: string, id: string): Promise<Job> {
  for (;;) {
    const job = await call<Job>(`${api}/v1/jobs/${id}`);
    if (job.state === 'succeeded') return job;
    if (isOver(job)) throw new Error(`${id} ended as ${job.state}: ${JSON.stringify(job.error)}`);
    await sleep(50);
  }
}

const quantile = (values: number[], q: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(q * values.length))]!;

/** Posts the jobs at once and polls them in turn until all are done. */
async function burst(api: string, datasetId: string) {
  const spec = {
    dataset: { id: datasetId, target: 'label' },
    model: { type: 'mlp', hidden: [16] },
    training: { epochs: 2 },
  };
  const begun = performance.now();
  const jobs = await Promise.all(Array.from({ length: JOBS }, () => post<Job>(`${api}/v1/jobs`, spec)));
  const acceptedMs = performance.now() - begun;

  const open = new Set(jobs.map(({ id }) => id));
  const attempts: number[] = [];
  const milliseconds: number[] = [];
  const poll = async () => {
    while (open.size > 0) {
      for (const id of [...open]) {
        const start = performance.now();
        const job = await call<Job>(`${api}/v1/jobs/${id}`);
        milliseconds.push(performance.now() - start);
        if (!isOver(job) || !open.delete(id)) continue;
        if (job.state !== 'succeeded') throw new Error(`${id} ended as ${job.state}: ${JSON.stringify(job.error)}`);
        attempts.push(job.attempt);
        await sleep(1);
      }
    }
  };
  await Promise.all(Array.from({ length: POLLS_AT_ONCE }, poll));
  const seconds = (performance.now() - begun) / 1000;
  return {
    ...{
      jobs: JOBS,
      acceptedMs,
      seconds,
      polls: milliseconds.length,
      onceEach: attempts.every((count) => count === 1),
    },
    ...{ pollP50Ms: quantile(milliseconds, 0.5), pollP99Ms: quantile(milliseconds, 0.99) },
  };
}

/** Steps/s of one run of the job's own spec in this process, with nothing around it. */
async function bare(spec: ResolvedJobSpec, columnsPath: string): Promise<number> {
  const prepared = prepareTrainingData(openDataset(columnsPath), spec, {
    ...{ memoryBytes: Number.POSITIVE_INFINITY, folder: '', onProgress: () => undefined },
  });
  const trainer = await createTrainer({ ...prepared, spec, kernels: chooseKernels('auto').factory });
  const start = performance.now();
  const events = trainer.run();
  while (!events.next().done);
  return trainer.plan.totalSteps / ((performance.now() - start) / 1000);
}

async function overhead(api: string, dataset: { id: string; columnsPath: string }) {
  const spec = {
    dataset: { id: dataset.id, target: 'label' },
    model: { type: 'mlp', hidden: [128, 64], activation: 'relu' },
    training: { epochs: 200, batchSize: 64 },
    evaluation: { everyEpochs: 10 },
    earlyStopping: { type: 'none' },
  };
  const rates: { bare: number; service: number }[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const { id } = await post<Job>(`${api}/v1/jobs`, spec);
    const job = await finished(api, id);
    const resolved = job.spec as unknown as ResolvedJobSpec;
    rates.push({ service: job.progress!.stepsPerSecond!, bare: await bare(resolved, dataset.columnsPath) });
  }
  const median = (values: number[]) => quantile(values, 0.5);
  return {
    bareStepsPerSecond: median(rates.map((rate) => rate.bare)),
    serviceStepsPerSecond: median(rates.map((rate) => rate.service)),
    ratio: median(rates.map((rate) => rate.service / rate.bare)),
  };
}

const { values: options } = parseArgs({ options: { json: { type: 'string' } } });
const folder = await mkdtemp(join(tmpdir(), 'trainyard-bench-'));
const env = { ...process.env, HOST: '127.0.0.1', PORT: '0', DATA_DIR: join(folder, 'data'), LOG_LEVEL: 'error' };
const config = loadConfig(env);
const supervisor = new Supervisor(config, pino({ level: config.logLevel }));
try {
  const api = await supervisor.start();
  const small = await upload(api, csvOf(256));
  const csv = csvOf(ROWS);
  const csvPath = join(folder, 'bench.csv');
  const columnsPath = join(folder, 'bench.columns');
  await writeFile(csvPath, csv);
  await ingest({ path: csvPath, output: columnsPath });
  const large = await upload(api, csv);

  const report = {
    machine: `${cpus()[0]?.model}, ${cpus().length} cores, Node ${process.version}`,
    burst: await burst(api, small.id),
    training: await overhead(api, { id: large.id, columnsPath }),
  };
  const { burst: b, training: t } = report;
  console.log(report.machine);
  console.log(
    `${b.jobs} jobs at once: accepted in ${b.acceptedMs.toFixed(0)} ms, all done in ${b.seconds.toFixed(1)} s, ` +
      `each run ${b.onceEach ? 'once' : 'NOT once'}; ${b.polls} polls, p50 ${b.pollP50Ms.toFixed(1)} ms, p99 ${b.pollP99Ms.toFixed(1)} ms`,
  );
  console.log(
    `training: ${t.serviceStepsPerSecond.toFixed(0)} steps/s through the service, ${t.bareStepsPerSecond.toFixed(0)} bare: ` +
      `ratio ${t.ratio.toFixed(3)} (median of ${ROUNDS} pairs)`,
  );
  if (options.json) await writeFile(options.json, `${JSON.stringify(report, null, 2)}\n`);
} finally {
  await supervisor.stop();
  await rm(folder, { recursive: true, force: true });
}
