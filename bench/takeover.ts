/**
 * How long a run stands still when its consumer is killed, from the kill to the next attempt, with the shipped settings:
 * below a supervisor, which releases what its consumer held; and where there is none, so that the lease must expire.
 * `node dist/bench/takeover.js [--trials n]` prints JSON.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Config, environmentOf } from '../src/config.js';
import type { Job } from '../src/schemas/job.js';
import { postgresUrl } from '../test/support/service.js';
import { machine } from './harness.js';
import { killRunnerOf, liveConsumers } from './runners.js';
import { cancel, csvOf, jobOnce, median, post, quantile, upload, withService } from './service-client.js';

const consumers = 2;
const spec = {
  model: { type: 'mlp', hidden: [64] },
  training: { epochs: 1_000_000 },
  earlyStopping: { type: 'none' },
};

const { values } = parseArgs({ options: { trials: { type: 'string', default: '5' } } });

/** Seconds of each trial. */
async function measure(api: string, { dataDir }: Pick<Config, 'dataDir'>): Promise<number[]> {
  const dataset = { id: (await upload(api, csvOf(256))).id, target: 'label' };
  const seconds: number[] = [];
  while (seconds.length < Number(values.trials)) {
    while ((await liveConsumers(dataDir)) < consumers) await sleep(100);
    const { id } = await post<Job>(`${api}/v1/jobs`, { ...spec, dataset });
    const running = await jobOnce(api, id, ({ state, progress }) => state === 'running' && progress !== null);
    const killedAt = await killRunnerOf(running, dataDir);
    const { transitions } = await jobOnce(api, id, ({ attempt, state }) => attempt === 2 && state === 'running');
    seconds.push((Date.parse(transitions.findLast(({ to }) => to === 'running')!.at) - killedAt) / 1000);
    await cancel(api, id);
  }
  return seconds;
}

/** Consumers that nobody releases; one that is killed has a successor at once. */
async function withLoneConsumers<T>(config: Config, work: () => Promise<T>): Promise<T> {
  const entry = fileURLToPath(new URL('../workers/consumer.js', import.meta.url));
  const databaseUrl = await postgresUrl(config.dataDir);
  const children = new Set<ChildProcess>();
  let isOver = false;
  function start(): void {
    const child = fork(entry, { env: environmentOf({ ...config, databaseUrl }) });
    children.add(child);
    child.once('exit', () => {
      children.delete(child);
      if (!isOver) start();
    });
  }
  for (let i = 0; i < consumers; i++) start();
  try {
    return await work();
  } finally {
    isOver = true;
    for (const child of children) child.kill('SIGKILL');
  }
}

const summary = (seconds: number[]) => ({
  ...{ trials: seconds.length, median: median(seconds), p95: quantile(seconds, 0.95), max: Math.max(...seconds) },
});

const supervised = await withService({ CONSUMERS: `${consumers}` }, measure);
const lone = await withService({ CONSUMERS: '0' }, (api, config) =>
  withLoneConsumers(config, () => measure(api, config)),
);
const report = { machine, supervised: summary(supervised), leaseExpired: summary(lone) };
process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
