/**
 * The whole API over real parts: PostgreSQL, the queue on it, artifacts on disk, the ingest and predict processes. Every
 * answer is held to the OpenAPI document: its status and content type are described there, and its body fits the schema.
 */
import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import { pino } from 'pino';
import { buildApp } from '../../src/app.js';
import { openArtifacts } from '../../src/artifacts/index.js';
import { requireSameStore } from '../../src/artifacts/same-store.js';
import { type Config, loadConfig } from '../../src/config.js';
import { projectRoot } from '../../src/paths.js';
import { openQueue } from '../../src/queue/index.js';
import type { App } from '../../src/routes/app.js';
import { createPredictionHost } from '../../src/run/prediction-host.js';
import type { Dataset } from '../../src/schemas/dataset.js';
import type { Job } from '../../src/schemas/job.js';
import { removeStaleUploads } from '../../src/services/datasets.js';
import { createServices, type Parts } from '../../src/services/index.js';
import type { Db } from '../../src/store/database.js';
import { createEventListener } from '../../src/store/event-listener.js';
import { freshDatabase } from '../support/database.js';
import { describedAnswers } from './described.js';

export interface TestApi {
  app: App;
  db: Db;
  config: Config;
  parts: Parts;
  /** Like app.inject; fails the test when the answer is not as the document describes it. */
  inject(options: InjectOptions): Promise<LightMyRequestResponse>;
  /** Every file and folder below the data directory, and the number of rows of each table. */
  traces(): Promise<{ files: string[]; rows: object[] }>;
}

const closers: (() => Promise<void>)[] = [];
after(async () => {
  for (const close of closers) await close();
});

export async function startApi(env: Record<string, string> = {}): Promise<TestApi> {
  const { url, schema, db } = await freshDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'trainyard-api-'));
  const config = loadConfig({
    DATA_DIR: dataDir,
    DATABASE_URL: url,
    NAMESPACE: schema,
    LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'silent',
    ...env,
  });
  const log = pino({ level: config.logLevel });
  await removeStaleUploads(config);
  const artifacts = await openArtifacts(config);
  await requireSameStore(db, artifacts);
  const queue = await openQueue({ redisUrl: config.redisUrl, databaseUrl: url, schema, prefix: schema, log });
  const predictions = createPredictionHost({ config, log });
  const eventListener = createEventListener({ url, log });
  const parts = { db, artifacts, queue, predictions, eventListener, config, log };
  const app = buildApp({ config, services: createServices(parts), log });
  await app.ready();
  // On a busy machine, compiling the routes alone makes the event loop late enough to shed load.
  while ((await app.inject({ url: '/v1/jobs' })).statusCode === 503) await sleep(100);
  closers.push(async () => {
    await app.close();
    await Promise.all([predictions.close(), queue.close(), eventListener.close()]);
    await rm(dataDir, { recursive: true, force: true });
  });
  const check = describedAnswers(app.swagger());
  return {
    ...{ app, db, config, parts },
    async inject(options) {
      let response = await app.inject(options);
      // A machine that is busy with other tests lags, and the API sheds load, as it should.
      for (; response.body.includes('The server is overloaded'); response = await app.inject(options)) await sleep(100);
      check(options, response);
      return response;
    },
    async traces() {
      const tables = ['datasets', 'jobs', 'events', 'idempotencyKeys', 'sweeps', 'races', 'apiKeys'] as const;
      const files = await filesBelow(dataDir);
      const count = (table: (typeof tables)[number]) =>
        db
          .selectFrom(table)
          .select(({ fn }) => fn.countAll<number>().as('rows'))
          .executeTakeFirstOrThrow();
      return { files: files.sort(), rows: await Promise.all(tables.map(count)) };
    },
  };
}

/** One part of a form: text, or a file where there is a file name. */
export interface FormPart {
  name: string;
  content: string | Buffer;
  fileName?: string;
  type?: string;
}

const boundary = 'trainyard-boundary';

/** A multipart POST of datasets, byte by byte as given. */
export function uploadRequest(...parts: FormPart[]): InjectOptions & { method: 'POST'; url: string; payload: Buffer } {
  const chunks = parts.flatMap(({ name, content, fileName, type }) => [
    `--${boundary}\r\ncontent-disposition: form-data; name="${name}"${fileName === undefined ? '' : `; filename="${fileName}"`}\r\n`,
    `${type ? `content-type: ${type}\r\n` : ''}\r\n`,
    content,
    '\r\n',
  ]);
  return {
    method: 'POST',
    url: '/v1/datasets',
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    payload: Buffer.concat([...chunks, `--${boundary}--\r\n`].map((chunk) => Buffer.from(chunk as string))),
  };
}

export const csv = (content: string | Buffer, fileName = 'table.csv'): FormPart => ({
  name: 'file',
  content,
  fileName,
  type: 'text/csv',
});

export const penguins = (): Promise<Buffer> => readFile(join(projectRoot, 'examples/data/penguins.csv'));

export async function uploadPenguins({ inject }: TestApi): Promise<Dataset> {
  const response = await inject(uploadRequest(csv(await penguins(), 'penguins.csv')));
  assert.ok([200, 201].includes(response.statusCode), response.body);
  return response.json<Dataset>();
}

export function specOf(dataset: { id: string }, more: object = {}) {
  return { dataset: { id: dataset.id, target: 'species' }, model: { type: 'mlp' }, ...more };
}

export async function submit({ inject }: TestApi, spec: object, headers: Record<string, string> = {}): Promise<Job> {
  const response = await inject({ method: 'POST', url: '/v1/jobs', payload: spec, headers });
  assert.equal(response.statusCode, 202, response.body);
  return response.json<Job>();
}

/** Paths of what is in a folder. Where one inside goes away while it is read, it is read again. */
async function filesBelow(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries.map((entry) => join(entry.parentPath, entry.name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return filesBelow(folder);
  }
}
