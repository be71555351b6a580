/** Trains one spec on one dataset, as the training thread does, and says what was found. */

import { chooseKernels, createTrainer, type FinalMetrics } from '../../src/engine/index.js';
import { describeData } from '../../src/findings/data-facts.js';
import { FindingWatch } from '../../src/findings/watch.js';
import { toRunError } from '../../src/run/run-error.js';
import { prepareTrainingData } from '../../src/run/training-data.js';
import { describeFinished } from '../../src/run/training-result.js';
import type { Finding } from '../../src/schemas/finding.js';
import { asPosted, type JobSpec, type ResolvedJobSpec } from '../../src/schemas/job-spec.js';
import { mergePatch, patchSpec } from '../../src/services/merge-patch.js';
import { planSpec } from '../../src/services/spec.js';
import type { RunSpec } from './specs.js';

export interface Diagnosis {
  spec: ResolvedJobSpec;
  findings: Finding[];
  /** null of a run that failed. */
  metrics: FinalMetrics | null;
}

const kernels = chooseKernels('wasm').factory;

/** The run of a seed; with a patch, its fork. */
export async function diagnose(
  run: Pick<RunSpec, 'load' | 'body'>,
  { seed, patch = {} }: { seed: number; patch?: object },
): Promise<Diagnosis> {
  const { name, stored, contents } = await run.load(seed);
  const { training, dataset, ...others } = run.body;
  const id = 'ds_00000000000000000000000000';
  const plan = (body: unknown) =>
    planSpec(body as JobSpec, {
      ...{ dataset: { name, contents }, freeBytes: 2 ** 31, gflops: null, dataMemoryBytes: 2 ** 31 },
      machine: { threads: 1, scratchBytes: kernels.scratchBytes },
    });
  const posted = plan({ ...others, dataset: { id, ...dataset }, training: { ...training, seed } }).spec;
  const { spec } = plan(mergePatch({}, patchSpec(asPosted(posted), patch)));
  const onProgress = () => undefined;
  const prepared = prepareTrainingData(stored, spec, { memoryBytes: 2 ** 31, folder: '', onProgress });
  const data = describeData({ ...prepared, stored, spec, onProgress });
  const trainer = await createTrainer({ ...prepared, spec, kernels });
  const watch = new FindingWatch({ ...trainer.plan, spec, data, history: new Map() });
  const findings = watch.start();
  const events = trainer.run();
  try {
    for (;;) {
      const { value, done } = events.next();
      if (!done) {
        findings.push(...watch.follow(value));
        continue;
      }
      if (value.reason === 'stopped') throw new Error('nothing stops these runs');
      const result = describeFinished(value, prepared.preparation, null);
      if (result.type !== 'finished') throw new Error(`expected a finished run, got ${result.type}`);
      findings.push(...watch.end(trainer.step, { error: null, reason: result.reason, metrics: result.metrics }));
      return { spec, findings, metrics: value.metrics };
    }
  } catch (error) {
    const runError = toRunError(error);
    if (runError.category !== 'numeric') throw error;
    findings.push(...watch.end(trainer.step, { error: runError, reason: 'failed', metrics: null }));
    return { spec, findings, metrics: null };
  }
}
