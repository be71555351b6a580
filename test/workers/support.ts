/** Training threads on the example tables, without database or queue. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { ingest } from '../../src/data/ingest.js';
import {
  type CheckpointMessage,
  Control,
  type MetricPoints,
  type TrainMessage,
  type TrainTask,
} from '../../src/run/protocol.js';
import { runThread } from '../../src/run/train-thread.js';
import type { Finding } from '../../src/schemas/finding.js';
import type { JobResult } from '../../src/schemas/job.js';
import type { ResolvedJobSpec } from '../../src/schemas/job-spec.js';
import { type Body, examplePath, inMemory, resolveBody, temporaryFolder } from '../run/fixtures.js';

export interface Example extends Awaited<ReturnType<typeof ingest>> {
  columnsPath: string;
}

export async function prepareExample(name: string): Promise<Example> {
  const columnsPath = join(await temporaryFolder(), 'columns');
  return { ...(await ingest({ path: examplePath(name), output: columnsPath })), columnsPath };
}

export const specOf = (example: Example, target: string, body: Body): ResolvedJobSpec =>
  resolveBody({ id: 'ds_00000000000000000000000000', name: 'example', ...example }, target, body).spec;

const kernels = 'auto' as const;

type Points = MetricPoints extends Map<string, infer Each> ? Each : never;

export interface Told {
  metrics: MetricPoints;
  /** With the series up to each, along the line that survived. */
  checkpoints: (CheckpointMessage & { sha256: string; history: MetricPoints })[];
  findings: Finding[];
  messages: number;
}

/** Runs a spec on a thread; `onMessage` may set the stop flag. */
export async function train(
  { columnsPath }: Example,
  spec: ResolvedJobSpec,
  {
    resume = null,
    threads = 1,
    rowStore = inMemory,
    stopAt,
    history = new Map(),
    onMessage,
  }: {
    resume?: { path: string; step: number } | null;
    threads?: number;
    rowStore?: TrainTask['rowStore'];
    stopAt?: TrainTask['stopAt'];
    history?: MetricPoints;
    onMessage?: (message: TrainMessage, control: Control) => void;
  } = {},
) {
  const control = new Control();
  const told: Told = { metrics: new Map(), checkpoints: [], findings: [], messages: 0 };
  const line = structuredClone(history);
  const secondsLeft = spec.limits.maxSeconds;
  const task = {
    spec,
    datasetPath: columnsPath,
    resume,
    inherit: null,
    anyKernels: false,
    kernels,
    threads,
    rowStore,
    ...(stopAt && { stopAt }),
    history,
    secondsLeft,
    control: control.buffer,
  };
  const result = await runThread(task, {
    signal: new AbortController().signal,
    async onMessage(message) {
      told.messages++;
      if (message.type === 'checkpoint') {
        const sha256 = createHash('sha256').update(message.bytes).digest('hex');
        told.checkpoints.push({ ...message, sha256, history: structuredClone(line) });
        control.release();
      } else if (message.type === 'report') {
        append(told.metrics, message.metrics);
        append(line, message.metrics);
        told.findings.push(...message.findings);
      } else {
        for (const [name, points] of line) line.set(name, upTo(points, message.to));
      }
      onMessage?.(message, control);
    },
  });
  return { result, ...told };
}

function append(series: MetricPoints, more: MetricPoints): void {
  for (const [name, { steps, values }] of more) {
    const points = series.get(name) ?? { steps: [], values: [] };
    points.steps.push(...steps);
    points.values.push(...values);
    series.set(name, points);
  }
}

export function upTo({ steps, values }: Points, step: number): Points {
  const count = steps.filter((at) => at <= step).length;
  return { steps: steps.slice(0, count), values: values.slice(0, count) };
}

/** Each code as it was first found: what is stored, whoever finds it again. */
export const firstFound = (findings: readonly Finding[]): Finding[] =>
  findings.filter(({ code }, index) => findings.findIndex((other) => other.code === code) === index);

export function metricsOf({ result }: Awaited<ReturnType<typeof train>>): JobResult['metrics'] {
  assert.equal(result.type, 'finished', JSON.stringify(result));
  return (result as { metrics: JobResult['metrics'] }).metrics;
}
