/** What the benchmarks of the service share: one on this machine, started and stopped here, with a table to train on. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { type Config, loadConfig } from '../src/config.js';
import { Draws } from '../src/engine/rng.js';
import type { Dataset } from '../src/schemas/dataset.js';
import type { Job } from '../src/schemas/job.js';
import { Supervisor } from '../src/supervisor/supervisor.js';

/** Runs `work` with the URL of a service of the shipped settings, but for `settings`. Its folder goes afterwards. */
export async function withService<T>(
  settings: NodeJS.ProcessEnv,
  work: (api: string, config: Config) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'trainyard-bench-'));
  const env = { ...process.env, HOST: '127.0.0.1', PORT: '0', DATA_DIR: folder, LOG_LEVEL: 'fatal', ...settings };
  const config = loadConfig(env);
  const supervisor = new Supervisor(config, pino({ level: config.logLevel }));
  try {
    return await work(await supervisor.start(), config);
  } finally {
    await supervisor.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The tabular workload of bench/mlp: 20 inputs, two classes. */
const FEATURES = 20;
export const ROWS = 8192;

/** A table whose classes a line separates, with noise. */
export function csvOf(rows: number): string {
  const draws = new Draws(1, 0);
  const lines = Array.from({ length: rows }, () => {
    const x = Array.from({ length: FEATURES }, () => draws.normal().toFixed(4));
    const isUp = x.reduce((sum, value, index) => sum + Number(value) * (index % 2 ? 1 : -1), draws.normal()) > 0;
    return [...x, isUp ? 'up' : 'down'].join(',');
  });
  return [[...Array.from({ length: FEATURES }, (_, index) => `x${index}`), 'label'].join(','), ...lines, ''].join('\n');
}

export async function call<T>(url: string, init: RequestInit = {}): Promise<T> {
  const response = await fetch(url, init);
  if (!response.ok) throw new Error(`${init.method ?? 'GET'} ${url}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

export const post = <T>(url: string, body: unknown): Promise<T> =>
  call(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

export async function upload(api: string, csv: string): Promise<Dataset> {
  const form = new FormData();
  form.set('file', new Blob([csv], { type: 'text/csv' }), 'bench.csv');
  return call(`${api}/v1/datasets`, { method: 'POST', body: form });
}

export const cancel = (api: string, id: string): Promise<Job> =>
  post(`${api}/v1/jobs/${id}/cancel`, { mode: 'immediate' });

/** The job, as soon as it is as `wanted`. */
export async function jobOnce(api: string, id: string, wanted: (job: Job) => boolean): Promise<Job> {
  for (;;) {
    const job = await call<Job>(`${api}/v1/jobs/${id}`);
    if (wanted(job)) return job;
    if (isOver(job)) throw new Error(`${id} ended as ${job.state}: ${JSON.stringify(job.error)}`);
    await sleep(50);
  }
}

export const isOver = ({ state }: Job): boolean => state === 'succeeded' || state === 'failed' || state === 'cancelled';

export const finished = (api: string, id: string): Promise<Job> =>
  jobOnce(api, id, ({ state }) => state === 'succeeded');

export const quantile = (values: number[], q: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(q * values.length))]!;

export const median = (values: number[]): number => quantile(values, 0.5);
