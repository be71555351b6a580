/** What must hold of every accepted job at the end; each violation as a line that names the job. */
import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Artifacts } from '../../src/artifacts/index.js';
import { clockSeries } from '../../src/run/clock.js';
import type { Finding } from '../../src/schemas/finding.js';
import type { Job } from '../../src/schemas/job.js';
import type { Event, Metrics } from '../../src/schemas/run.js';
import type { Client } from './client.js';

/** What a run leaves that may not depend on how it came to its end. */
export interface Trace {
  sha256: string | undefined;
  metrics: Metrics;
  result: object | undefined;
  findings: readonly Finding[];
}

export async function traceOf(client: Client, job: Job): Promise<Trace> {
  const final = (await client.checkpoints(job.id)).find(({ kind }) => kind === 'final');
  const { series } = await client.metrics(job.id);
  const metrics = { series: series.filter(({ name }) => name !== clockSeries) };
  return { sha256: final?.sha256, metrics, result: job.result?.metrics, findings: await client.findings(job.id) };
}

export async function checkJob(client: Client, id: string, expected: Trace): Promise<string[]> {
  const job = await client.job(id);
  if (job.state !== 'succeeded') return [`${id}: ${job.state}, ${JSON.stringify(job.error)}`];
  const trace = await traceOf(client, job);
  const violations: string[] = [];
  const expect = (holds: boolean, what: string) => void (holds || violations.push(`${id}: ${what}`));

  expect(trace.sha256 === expected.sha256, `final SHA-256 ${trace.sha256}, unkilled ${expected.sha256}`);
  expect(isDeepStrictEqual(trace.result, expected.result), 'other final metrics than the unkilled run');
  const losses = trace.metrics.series.filter(({ name }) => name === 'train.loss').flatMap(({ steps }) => steps);
  const isGapless = losses.length > 0 && losses.every((step, i) => step === i + 1);
  expect(isGapless, 'steps of train.loss are not 1, 2, 3, …');
  expect(isDeepStrictEqual(trace.metrics, expected.metrics), 'other metric rows than the unkilled run');
  expect(isDeepStrictEqual(trace.findings, expected.findings), 'other findings than the unkilled run');

  const events = await client.events(id);
  expect(
    events.every(({ seq }, i) => seq === i + 1),
    `events are not numbered 1, 2, 3, …: ${events.map(({ seq }) => seq)}`,
  );
  const epochs = events.filter(({ type }) => type === 'epoch').map(({ data }) => Number(data['step']));
  expect(isRising(epochs), `an epoch was told twice: ${epochs}`);
  const rollbacks = events.filter(({ type }) => type === 'rollback').map(({ data }) => Number(data['step']));
  expect(isRising(rollbacks), `a rollback was told twice: ${rollbacks}`);
  const segments = new Set(trace.metrics.series.map(({ segment }) => segment)).size;
  expect(segments === rollbacks.length + 1, `${segments} segments of metrics after ${rollbacks.length} rollbacks`);
  const last = events.at(-1);
  expect(last?.data['to'] === 'succeeded', `told after its end: ${JSON.stringify(last)}`);
  for (const steps of checkpointsOfAttempts(events)) {
    expect(isRising(steps), `two wrote as one attempt, checkpoints at ${steps}`);
  }
  const ends = job.transitions.filter(({ to }) => to === 'succeeded').length;
  expect(ends === 1, `succeeded ${ends} times`);

  const checkpoints = await client.checkpoints(id);
  expect(checkpoints.filter(({ kind }) => kind === 'final').length === 1, 'not one final checkpoint');
  for (const { id: checkpointId, sha256 } of checkpoints) {
    expect(hashOf(await client.file(checkpointId)) === sha256, `the file of ${checkpointId} has another SHA-256`);
  }
  return violations;
}

const isRising = (steps: number[]): boolean => steps.every((step, i) => i === 0 || step > steps[i - 1]!);

/** Steps of the checkpoints that the events tell of, from one entry into `running` to the next. */
function checkpointsOfAttempts(events: readonly Event[]): number[][] {
  const attempts: number[][] = [];
  for (const { type, data } of events) {
    if (data['to'] === 'running') attempts.push([]);
    if (type === 'checkpoint') attempts.at(-1)?.push(Number(data['step']));
  }
  return attempts;
}

/** Whatever can be seen of a checkpoint is whole: its key names the SHA-256 of its bytes. */
export async function checkFiles(artifacts: Artifacts): Promise<string[]> {
  const violations: string[] = [];
  for (const key of await artifacts.list('jobs')) {
    const sha256 = /\/\d+-([0-9a-f]{64})\.safetensors$/.exec(key)?.[1];
    if (sha256 === undefined) violations.push(`${key} is no checkpoint's key`);
    else await artifacts.localPath(key, sha256).catch((error: Error) => violations.push(error.message));
  }
  return violations;
}

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
