/**
 * `npm run chaos -- --kills 500 --seed 1 --queue redis --artifacts s3`: the real process tree under a load of jobs, while
 * processes of it are killed and frozen at random times and killed at named places, and the queue is emptied. In the end
 * every accepted job must have ended as if nothing had happened. Prints a summary as JSON; ends with 1 where something
 * does not hold. `--only killed|frozen|failpoint|wiped` draws faults of one type. `--no-fencing` is the control: stale
 * writes are let through (unfenced.ts), and it ends with 1 where the checks do not notice.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openArtifacts } from '../../src/artifacts/index.js';
import { loadConfig } from '../../src/config.js';
import { persist } from '../../src/run/transient.js';
import { TestRedis } from '../support/redis.js';
import { checkFiles, checkJob, type Trace, traceOf } from './checks.js';
import { Client, type Datasets } from './client.js';
import { buildEdited, type Edit } from './edited-build.js';
import { failpointEdits } from './failpoints.js';
import { describe, drawFaults, type Fault, inflict, type Target } from './faults.js';
import { type FileName, files, type Kind, kindNames } from './load.js';
import { artifacts, count, only, queue, seed, unfenced } from './options.js';
import { allProcesses } from './processes.js';
import { wipePostgres, wipeRedis } from './queue-hints.js';
import { S3Process } from './s3-process.js';
import { Tree } from './tree.js';
import { withoutFence } from './unfenced.js';

/** Kills are the weather here: no reason to wait longer and longer with a restart, or to give a job up. */
const robust: readonly Edit[] = [
  { file: 'src/supervisor/backoff.js', find: '2 ** this.#failures', put: '1' },
  {
    file: 'src/store/runs.js',
    find: 'const maxAttemptsWithoutProgress = 3;',
    put: 'const maxAttemptsWithoutProgress = 1000;',
  },
];
const leaseSeconds = 2;
const folder = await mkdtemp(join(tmpdir(), 'trainyard-chaos-'));
const failpoints = join(folder, 'failpoints');
const edits = [...robust, ...failpointEdits(failpoints), ...(unfenced ? withoutFence : [])];
const dist = await buildEdited(join(folder, 'program'), edits);
const redis = queue === 'redis' ? await TestRedis.start() : null;
const s3Folder = join(folder, 's3');
await mkdir(s3Folder);
const s3 = artifacts === 's3' ? await S3Process.start(s3Folder) : null;
Object.assign(process.env, s3?.environment);
const dataDir = join(folder, 'data');
const tree = new Tree(
  dataDir,
  {
    ...{ CONSUMERS: '2', CONSUMER_CONCURRENCY: '1', HEARTBEAT_SECONDS: '0.5', LEASE_SECONDS: `${leaseSeconds}` },
    ...{ LOG_LEVEL: 'info', ...(redis && { REDIS_URL: redis.url }) },
  },
  join(dist, 'src/main.js'),
);

/** What came of it, for the summary. */
const faults: Record<string, number> = {};
const jobIds: Record<Kind, string[]> = { mlp: [], cnn: [], gpt: [], guarded: [] };
let calm = false;

try {
  const startedAt = performance.now();
  const client = new Client(await tree.url());
  const violations = await rage(client);
  const jobs = await client.jobs();
  await tree.stop();
  violations.push(...(await leftovers()));
  const summary = {
    ...{ queue, artifacts, seed, fencing: !unfenced, faults },
    jobs: jobs.length,
    attempts: jobs.reduce((sum, { attempt }) => sum + attempt, 0),
    seconds: Math.round((performance.now() - startedAt) / 1000),
    violations,
  };
  process.stdout.write(`${JSON.stringify(summary, null, 2)}\n`);
  process.exitCode = violations.length > 0 === unfenced ? 0 : 1;
} finally {
  await tree.stop();
  await Promise.all([redis?.kill(), s3?.kill()]);
  await rm(folder, { recursive: true, force: true });
}

/** Whoever lost a parent on the way ends by himself, or was taken over and ends with the tree. */
async function leftovers(): Promise<string[]> {
  const deadline = performance.now() + 15_000;
  for (;;) {
    const left = (await allProcesses()).filter(({ args }) => args.includes(dist) || args.includes(dataDir));
    if (left.length === 0 || performance.now() > deadline) return left.map(({ args }) => `still running: ${args}`);
    await sleep(200);
  }
}

async function rage(client: Client): Promise<string[]> {
  const names = Object.keys(files) as FileName[];
  const uploads = await Promise.all(names.map(async (name) => [name, (await client.upload(name)).id]));
  const datasets = Object.fromEntries(uploads) as Datasets;
  const unkilled = kindNames.map(async (kind) => {
    const { id } = await client.submit(kind, datasets, `unkilled-${kind}`);
    const job = await client.untilEnded(id);
    if (job.state !== 'succeeded') throw new Error(`unkilled: ${JSON.stringify(job)}`);
    return [kind, await traceOf(client, job)] as const;
  });
  const expected = new Map<Kind, Trace>(await Promise.all(unkilled));

  const keptBusy = kindNames.map((kind) => keepBusy(client, kind, datasets));
  await inflictAll();
  calm = true;
  await Promise.all(keptBusy);

  const violations = await checkFiles(await openArtifacts(loadConfig({ ...process.env, DATA_DIR: dataDir })));
  for (const kind of kindNames) {
    for (const id of jobIds[kind]) violations.push(...(await checkJob(client, id, expected.get(kind)!)));
  }
  const accepted = new Set([...Object.values(jobIds).flat()]);
  const stored = (await client.jobs()).length - kindNames.length;
  if (stored !== accepted.size) violations.push(`${accepted.size} jobs were accepted, ${stored} are stored`);
  return violations;
}

/** Submits a job whenever its last has ended, until all is calm again, and waits for the last one. */
async function keepBusy(client: Client, kind: Kind, datasets: Datasets): Promise<void> {
  for (let count = 1; !calm; count++) {
    const { id } = await client.submit(kind, datasets, `${kind}-${count}`);
    jobIds[kind].push(id);
    await client.untilEnded(id);
  }
}

async function inflictAll(): Promise<void> {
  const targets: Target[] = ['supervisor', 'api', 'consumer', 'consumer', 'database'];
  if (redis) targets.push('redis');
  if (s3) targets.push('s3');
  const wipeQueue = () => (redis ? wipeRedis(redis.url) : wipeDatabaseQueue());
  const victims = { tree, redis, s3, wipeQueue, failpoints };
  for (const { pauseMs, ...drawn } of drawFaults({ count, seed, targets, only })) {
    await sleep(pauseMs);
    // What only the fence holds off is a consumer that was frozen past its lease, and for so long that another has its run:
    // that one waits its turn behind the load.
    const outlasting: Fault = { type: 'frozen', target: 'consumer', milliseconds: 4000 * leaseSeconds };
    const fault = unfenced ? outlasting : drawn;
    await inflict(fault, victims);
    const name = describe(fault);
    faults[name] = (faults[name] ?? 0) + 1;
  }
}

/** The database may just be starting again. */
async function wipeDatabaseQueue(): Promise<void> {
  await persist(async () => wipePostgres(await tree.databaseUrl()), AbortSignal.timeout(30_000));
}
