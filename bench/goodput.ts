/**
 * What a kill a minute costs: two equal jobs train side by side for some minutes, each on a consumer of its own with the
 * shipped settings, and whatever process runs the first is killed in the middle of each minute. Goodput is the steps that
 * it came forward over those of the other. `node dist/bench/goodput.js [--minutes n]` prints JSON.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Job } from '../src/schemas/job.js';
import { machine } from './harness.js';
import { killRunnerOf } from './runners.js';
import { call, csvOf, jobOnce, post, ROWS, upload, withService } from './service-client.js';

const spec = {
  model: { type: 'mlp', hidden: [256, 256] },
  training: { epochs: 1_000_000, batchSize: 64 },
  evaluation: { everyEpochs: 10 },
  earlyStopping: { type: 'none' },
};

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '1' } } });
const minutes = Number(values.minutes);

const report = await withService({ CONSUMERS: '2', CONSUMER_CONCURRENCY: '1' }, async (api, { dataDir }) => {
  const dataset = { id: (await upload(api, csvOf(ROWS))).id, target: 'label' };
  const submit = () => post<Job>(`${api}/v1/jobs`, { ...spec, dataset });
  const jobs = [await submit(), await submit()];
  const isUnderWay = ({ progress }: Job) => (progress?.step ?? 0) > 0;
  for (const { id } of jobs) await jobOnce(api, id, isUnderWay);
  const steps = () => Promise.all(jobs.map(async ({ id }) => (await jobOnce(api, id, isUnderWay)).progress!.step));

  const before = await steps();
  for (let minute = 0; minute < minutes; minute++) {
    await sleep(30_000);
    await killRunnerOf(await call<Job>(`${api}/v1/jobs/${jobs[0]!.id}`), dataDir);
    await sleep(30_000);
  }
  const [killed, unkilled] = (await steps()).map((step, i) => step - before[i]!) as [number, number];
  return { minutes, kills: minutes, steps: { killed, unkilled }, goodput: killed / unkilled };
});
process.stdout.write(`${JSON.stringify({ machine, ...report }, null, 2)}\n`);
