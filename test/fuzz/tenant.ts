/** What a tenant has before requests are drawn: a dataset, a job that has succeeded with its checkpoints and model, a sweep. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { projectRoot } from '../../src/paths.js';
import type { Job } from '../../src/schemas/job.js';
import { call } from '../support/call.js';

const patienceMs = 300_000;

/** Ends what earlier requests have left to train, makes all of it anew, and says what the tenant was answered. */
export async function prepare(base: string, key: string): Promise<string> {
  const authorization = `Bearer ${key}`;
  const ask = <T>(path: string, init: RequestInit = {}) =>
    call<T>(`${base}/v1${path}`, { ...init, headers: { authorization, ...init.headers } });
  const post = <T>(path: string, body: object = {}) =>
    ask<T>(path, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
  const list = async <T>(path: string) => (await ask<{ items: T[] }>(path)).items;

  // Whatever ends by itself meanwhile needs no cancelling.
  for (const { id } of await list<Job>('/sweeps?state=running&limit=200'))
    await post(`/sweeps/${id}/cancel`).catch(() => {});
  for (const state of ['running', 'queued', 'paused']) {
    const open = await list<Job>(`/jobs?state=${state}&limit=200`);
    for (const { id } of open) await post(`/jobs/${id}/cancel`).catch(() => {});
  }
  const form = new FormData();
  form.set('file', new Blob([await readFile(join(projectRoot, 'examples/data/penguins.csv'))]), 'penguins.csv');
  const { id } = await ask<{ id: string }>('/datasets', { method: 'POST', body: form });
  const spec = { dataset: { id, target: 'species' }, model: { type: 'mlp' }, training: { epochs: 2 } };
  const sweep = await post<{ id: string }>('/sweeps', {
    job: spec,
    parameters: { '/optimizer/learningRate': { type: 'choice', values: [0.1, 0.01] } },
    method: { type: 'grid' },
  });
  let job = await post<Job>('/jobs', { ...spec, priority: 100 });
  for (
    const deadline = performance.now() + patienceMs;
    job.finishedAt === null;
    job = await ask<Job>(`/jobs/${job.id}`)
  ) {
    if (performance.now() > deadline) throw new Error(`does not end: ${JSON.stringify(job)}`);
    await sleep(50);
  }
  const checkpoints = await list(`/jobs/${job.id}/checkpoints`);
  return JSON.stringify([id, sweep.id, checkpoints, job]);
}
