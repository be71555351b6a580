/** Real datasets and real consumers for the tests of runs. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type Artifacts, openArtifacts } from '../../src/artifacts/index.js';
import { type Config, environmentOf, loadConfig } from '../../src/config.js';
import { ingest } from '../../src/data/ingest.js';
import { projectRoot } from '../../src/paths.js';
import type { JobSpec } from '../../src/schemas/job-spec.js';
import { newJob } from '../../src/services/forks.js';
import { planSpec } from '../../src/services/spec.js';
import type { Db } from '../../src/store/database.js';
import { type DatasetRow, insertDataset } from '../../src/store/datasets.js';
import { newId } from '../../src/store/ids.js';
import { insertJob } from '../../src/store/jobs.js';

export const tenantId = 'local';

const folders: string[] = [];
const consumers: ChildProcess[] = [];

after(async () => {
  await killConsumers();
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

/** Ends what a test has left running; their suspects' processes end with them. */
export async function killConsumers(): Promise<void> {
  for (const consumer of consumers.splice(0).filter(isRunning)) {
    consumer.kill('SIGKILL');
    await once(consumer, 'exit');
  }
}

const isRunning = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode === null && signalCode === null;

/** A folder that is gone after the file's tests. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'trainyard-run-'));
  folders.push(folder);
  return folder;
}

export const examplePath = (name: string): string => join(projectRoot, 'examples/data', `${name}.csv`);

/** Everything stands in memory. */
export const inMemory = { memoryBytes: 2 ** 30, folder: '/nowhere' };

/** What a job is without: dataset and target are given. */
export type Body = Omit<JobSpec, 'dataset'> & { dataset?: Partial<JobSpec['dataset']> };

/** A body as stored: defaults filled in and planned. */
export function resolveBody(dataset: Pick<DatasetRow, 'id' | 'name' | 'contents'>, target: string, body: Body) {
  const posted = { ...body, dataset: { id: dataset.id, target, ...body.dataset } };
  const machine = { threads: 1, scratchBytes: 0 };
  return planSpec(posted, {
    dataset,
    freeBytes: 2 ** 32,
    gflops: null,
    machine,
    dataMemoryBytes: inMemory.memoryBytes,
  });
}

/** One service's worth of storage: artifacts in a folder, rows in a database, and what consumers need to find them. */
export class Yard {
  readonly db: Db;
  readonly artifacts: Artifacts;
  readonly config: Config;

  constructor(db: Db, config: Config, artifacts: Artifacts) {
    this.db = db;
    this.config = config;
    this.artifacts = artifacts;
  }

  static async open(
    { db, url, schema }: { db: Db; url: string; schema: string },
    settings: NodeJS.ProcessEnv = {},
  ): Promise<Yard> {
    const folder = await temporaryFolder();
    const config = loadConfig({
      DATA_DIR: folder,
      DATABASE_URL: url,
      NAMESPACE: schema,
      ARTIFACTS_URL: pathToFileURL(join(folder, 'artifacts')).href,
      LOG_LEVEL: 'warn',
      HEARTBEAT_SECONDS: '0.2',
      LEASE_SECONDS: '1',
      ...settings,
    });
    return new Yard(db, config, await openArtifacts(config));
  }

  async addExample(name: string): Promise<DatasetRow> {
    const folder = await temporaryFolder();
    const output = join(folder, 'columns');
    const { format, contents } = await ingest({ path: examplePath(name), output });
    const id = newId('dataset');
    const artifactKey = `datasets/${id}.safetensors`;
    const stored = await this.artifacts.put(artifactKey, await readFile(output));
    const { dataset } = await insertDataset(this.db, {
      ...{ tenantId, id, name, format, bytes: 1, sha256: name, contents, artifactKey },
      ...{ artifactBytes: stored.bytes, artifactSha256: stored.sha256 },
    });
    return dataset;
  }

  async submit(dataset: DatasetRow, target: string, body: Body): Promise<string> {
    const job = await newJob(tenantId, { ...resolveBody(dataset, target, body), source: null });
    await insertJob(this.db, job);
    return job.id;
  }

  /** A consumer process, of another build if one is given; it is killed after the file's tests if it still runs. */
  startConsumer(consumerId: string, dist = fileURLToPath(new URL('../..', import.meta.url))): ChildProcess {
    const entry = join(dist, 'workers/consumer.js');
    const child = fork(entry, { env: environmentOf({ ...this.config, consumerId }) });
    consumers.push(child);
    return child;
  }
}
