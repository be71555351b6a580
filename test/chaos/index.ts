/**
 * `npm run chaos -- --kills 500 --seed 1 --queue redis`: the real process tree under a load of jobs, while processes of it
 * are killed and frozen at random times. In the end every accepted job must have ended as if nothing had happened. Prints
 * a summary as JSON; ends with 1 where something does not hold. `--no-fencing` is the control: stale writes are let
 * through (unfenced.ts), and it ends with 1 where the checks do not notice.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { TestRedis } from '../support/redis.js';
import { Service } from '../support/service.js';
import { checkFiles, checkJob, type Trace, traceOf } from './checks.js';
import { Client } from './client.js';
import { drawFaults, inflict, type Target } from './faults.js';
import { type Kind, kindNames } from './load.js';
import { buildUnfenced } from './unfenced.js';

const { values: options } = parseArgs({
  options: {
    kills: { type: 'string', default: '12' },
    seed: { type: 'string', default: '1' },
    queue: { type: 'string', default: 'postgres' },
    'no-fencing': { type: 'boolean', default: false },
  },
});
const [kills, seed, unfenced] = [Number(options.kills), Number(options.seed), options['no-fencing']];
if (!Number.isInteger(kills) || !Number.isInteger(seed) || !/^(postgres|redis)$/.test(options.queue)) {
  throw new Error('usage: npm run chaos -- [--kills N] [--seed S] [--queue postgres|redis] [--no-fencing]');
}

const leaseSeconds = 2;
const dataDir = await mkdtemp(join(tmpdir(), 'trainyard-chaos-'));
const redis = options.queue === 'redis' ? await TestRedis.start() : null;
const program = unfenced ? await buildUnfenced(join(dataDir, 'unfenced')) : undefined;
const service = new Service(
  dataDir,
  {
    ...{
      CONSUMERS: '2',
      CONSUMER_CONCURRENCY: '1',
      HEARTBEAT_SECONDS: '0.5',
      LEASE_SECONDS: `${leaseSeconds}`,
      LOG_LEVEL: 'info',
    },
    ...(redis && { REDIS_URL: redis.url }),
  },
  program,
);

/** What came of it, for the summary. */
const faults: Record<string, number> = {};
const jobIds: Record<Kind, string[]> = { mlp: [], cnn: [], attention: [] };
let calm = false;

try {
  const startedAt = performance.now();
  const client = new Client((await service.api()).url);
  const violations = await rage(client);
  const jobs = await client.jobs();
  const attempts = jobs.reduce((sum, { attempt }) => sum + attempt, 0);
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  const summary = {
    queue: options.queue,
    seed,
    fencing: !unfenced,
    faults,
    jobs: jobs.length,
    attempts,
    seconds,
    violations,
  };
  process.stdout.write(`${JSON.stringify(summary, null, 2)}\n`);
  process.exitCode = violations.length > 0 === unfenced ? 0 : 1;
} finally {
  await service.stop();
  await redis?.kill();
  await rm(dataDir, { recursive: true, force: true });
}

async function rage(client: Client): Promise<string[]> {
  const { id: datasetId } = await client.upload();
  const expected = new Map<Kind, Trace>();
  for (const kind of kindNames) {
    const { id } = await client.submit(kind, datasetId, `unkilled-${kind}`);
    const job = await client.untilEnded(id);
    if (job.state !== 'succeeded') throw new Error(`unkilled: ${JSON.stringify(job)}`);
    expected.set(kind, await traceOf(client, job));
  }

  const keptBusy = kindNames.map((kind) => keepBusy(client, kind, datasetId));
  await inflictAll();
  calm = true;
  await Promise.all(keptBusy);

  const violations = await checkFiles(join(dataDir, 'artifacts'));
  for (const kind of kindNames) {
    for (const id of jobIds[kind]) violations.push(...(await checkJob(client, id, expected.get(kind)!)));
  }
  const accepted = new Set([...Object.values(jobIds).flat()]);
  const stored = (await client.jobs()).length - kindNames.length;
  if (stored !== accepted.size) violations.push(`${accepted.size} jobs were accepted, ${stored} are stored`);
  return violations;
}

/** Submits a job whenever its last has ended, until all is calm again, and waits for the last one. */
async function keepBusy(client: Client, kind: Kind, datasetId: string): Promise<void> {
  for (let count = 1; !calm; count++) {
    const { id } = await client.submit(kind, datasetId, `${kind}-${count}`);
    jobIds[kind].push(id);
    await client.untilEnded(id);
  }
}

async function inflictAll(): Promise<void> {
  const all: Target[] = ['api', 'consumer', 'consumer', 'database', ...(redis ? (['queue'] as const) : [])];
  for (const { pauseMs, ...drawn } of drawFaults(kills, seed, all)) {
    await sleep(pauseMs);
    // What only the fence holds off is a consumer that was frozen past its lease.
    const fault = unfenced ? ({ target: 'consumer', frozenMs: 2000 * leaseSeconds } as const) : drawn;
    const victims = { supervisorPid: service.process.pid!, dataDir, redis };
    let done = await inflict(fault, victims);
    while (done === null) {
      await sleep(100); // it is being started again
      done = await inflict(fault, victims);
    }
    const name = `${done.target} ${done.frozenMs === null ? 'killed' : 'frozen'}`;
    faults[name] = (faults[name] ?? 0) + 1;
  }
}
