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
import { ingest } from '../src/data/ingest.js';
import { openDataset } from '../src/data/stored-dataset.js';
import { chooseKernels, createTrainer } from '../src/engine/index.js';
import { prepareTrainingData } from '../src/run/training-data.js';
import type { Job } from '../src/schemas/job.js';
import type { ResolvedJobSpec } from '../src/schemas/job-spec.js';
import { call, csvOf, finished, isOver, median, post, quantile, ROWS, upload, withService } from './service-client.js';

const JOBS = 200;
const POLLS_AT_ONCE = 4;
const ROUNDS = 3;

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
  return {
    bareStepsPerSecond: median(rates.map((rate) => rate.bare)),
    serviceStepsPerSecond: median(rates.map((rate) => rate.service)),
    ratio: median(rates.map((rate) => rate.service / rate.bare)),
  };
}

const { values: options } = parseArgs({ options: { json: { type: 'string' } } });
const folder = await mkdtemp(join(tmpdir(), 'trainyard-bench-'));
try {
  const csv = csvOf(ROWS);
  const csvPath = join(folder, 'bench.csv');
  const columnsPath = join(folder, 'bench.columns');
  await writeFile(csvPath, csv);
  await ingest({ path: csvPath, output: columnsPath });
  const report = await withService({}, async (api) => ({
    machine: `${cpus()[0]?.model}, ${cpus().length} cores, Node ${process.version}`,
    burst: await burst(api, (await upload(api, csvOf(256))).id),
    training: await overhead(api, { id: (await upload(api, csv)).id, columnsPath }),
  }));
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
  await rm(folder, { recursive: true, force: true });
}
