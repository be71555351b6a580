/** Jobs run to their end by a real consumer, for the tests of what comes of them. */
import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { after } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { environmentOf } from '../../src/config.js';
import type { Dataset } from '../../src/schemas/dataset.js';
import type { Job } from '../../src/schemas/job.js';
import { type FormPart, submit, type TestApi, uploadRequest } from './support.js';

const consumers: ChildProcess[] = [];
after(async () => {
  for (const consumer of consumers) {
    const exited = once(consumer, 'exit');
    consumer.kill('SIGTERM');
    await exited;
  }
});

/** A consumer of this API's jobs, until the file's tests are over. */
export function startConsumer({ config }: TestApi): void {
  const entry = fileURLToPath(new URL('../../workers/consumer.js', import.meta.url));
  consumers.push(fork(entry, { env: environmentOf(config) }));
}

/** The job once it has succeeded. */
export async function train(api: TestApi, spec: object): Promise<Job> {
  const job = await end(api, spec);
  assert.equal(job.state, 'succeeded', JSON.stringify(job.error));
  return job;
}

/** The job once it has succeeded or failed. */
export async function end(api: TestApi, spec: object): Promise<Job> {
  let job = await submit(api, spec);
  const deadline = Date.now() + 60_000;
  while (!['succeeded', 'failed'].includes(job.state)) {
    assert.ok(Date.now() < deadline, `still ${job.state}`);
    await sleep(100);
    job = (await api.inject({ url: `/v1/jobs/${job.id}` })).json<Job>();
  }
  return job;
}

export async function upload({ inject }: TestApi, ...parts: FormPart[]): Promise<Dataset> {
  const response = await inject(uploadRequest(...parts));
  assert.equal(response.statusCode, 201, response.body);
  return response.json<Dataset>();
}

/** POST to what a job's model does. */
export const ask = ({ inject }: TestApi, { result }: Job, use: 'predict' | 'generate', payload: object) =>
  inject({ method: 'POST', url: `/v1/models/${result?.modelId}/${use}`, payload });
