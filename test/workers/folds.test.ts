/** Cross-validation on a training thread: what the runs of the folds come to, and that a stop anywhere changes nothing. */
import assert from 'node:assert/strict';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { readHeader } from '../../src/engine/index.js';
import { readFolds } from '../../src/run/checkpoint-metadata.js';
import type { TrainTask } from '../../src/run/protocol.js';
import type { ResolvedJobSpec } from '../../src/schemas/job-spec.js';
import { type Body, temporaryFolder } from '../run/fixtures.js';
import { type Example, firstFound, prepareExample, specOf, train, upTo } from './support.js';

type Ran = Awaited<ReturnType<typeof train>>;

const folded = (folds: number): NonNullable<Body['dataset']> => ({ split: { type: 'random', folds } });

const last = ({ checkpoints }: Ran) => checkpoints.at(-1)!;

function resultOf({ result }: Ran) {
  assert.ok(result.type === 'finished', JSON.stringify(result));
  return result;
}

/** A second run, from the last checkpoint of the first. */
async function resumed(
  example: Example,
  spec: ResolvedJobSpec,
  { checkpoints }: Ran,
  options: Partial<TrainTask> = {},
) {
  const { bytes, step, history } = checkpoints.at(-1)!;
  const path = join(await temporaryFolder(), 'checkpoint');
  await writeFile(path, bytes);
  const { rowStore, threads } = options;
  return train(example, spec, {
    resume: { path, step },
    history,
    ...(rowStore && { rowStore }),
    ...(threads && { threads }),
  });
}

/** Rows of both runs, those of the first up to the step from which the second went on. */
function joined(first: Ran, second: Ran, step: number): Ran['metrics'] {
  const names = new Set([...first.metrics.keys(), ...second.metrics.keys()]);
  const kept = (name: string) => upTo(first.metrics.get(name) ?? { steps: [], values: [] }, step);
  return new Map(
    [...names].map((name) => {
      const [a, b] = [kept(name), second.metrics.get(name) ?? { steps: [], values: [] }];
      return [name, { steps: [...a.steps, ...b.steps], values: [...a.values, ...b.values] }] as const;
    }),
  );
}

/** What both found: of the first up to the step from which the second went on. */
const foundIn = (first: Ran, second: Ran, step: number) =>
  firstFound([...first.findings.filter((finding) => finding.step <= step), ...second.findings]);

const sorted = (metrics: Ran['metrics']) => [...metrics].filter(([, { steps }]) => steps.length > 0).sort();

describe('a cross-validated run', () => {
  let penguins: Example;
  let mpg: Example;
  before(async () => {
    [penguins, mpg] = await Promise.all([prepareExample('penguins'), prepareExample('mpg')]);
  });

  it('has a run a fold, whose best weights are measured on it, and a last one for as many steps as were best on average', async () => {
    const ran = await train(mpg, specOf(mpg, 'mpg', { model: { type: 'mlp', hidden: [32] }, dataset: folded(3) }));
    const { folds, metrics, reason } = resultOf(ran);
    assert.deepEqual([folds?.count, reason], [3, 'completed']);
    let firstStep = 0;
    const bestSteps: number[] = [];
    for (const fold of [1, 2, 3]) {
      const { steps, values } = ran.metrics.get(`fold${fold}.train.loss`)!;
      assert.deepEqual(
        steps,
        Array.from(values, (_, index) => firstStep + index + 1),
      );
      const loss = ran.metrics.get(`fold${fold}.validation.loss`)!;
      const best = Math.min(...loss.values);
      bestSteps.push(loss.steps[loss.values.indexOf(best)]! - firstStep);
      assert.equal(folds?.metrics['loss']?.values[fold - 1], best);
      firstStep = steps.at(-1)!;
    }
    assert.equal(ran.metrics.get('train.loss')?.steps[0], firstStep + 1);
    assert.equal(last(ran).step, firstStep + Math.round((bestSteps[0]! + bestSteps[1]! + bestSteps[2]!) / 3));
    assert.ok(bestSteps.some((step) => step !== bestSteps[0]) && !ran.metrics.has('validation.loss'));
    assert.deepEqual([metrics.train.rows, metrics.validation, metrics.test?.rows], [318, null, 80]);
    assert.ok(Number(metrics.test?.values['r2']) > 0.8 && Number(folds?.metrics['r2']?.mean) > 0.8);

    const kinds = ran.checkpoints.map(({ kind }) => kind);
    assert.deepEqual([kinds.indexOf('final'), kinds.includes('stop')], [kinds.length - 1, false]);
    const kept = readFolds(readHeader(last(ran).bytes).metadata);
    assert.deepEqual(
      kept.map(({ bestStep }) => bestStep),
      bestSteps,
    );
    assert.equal(Object.keys(last(ran).metrics).length, 0);
    assert.ok('fold1.validation.loss' in ran.checkpoints[0]!.metrics);
  });

  it('finds of its last fit what is so at that fit’s steps, told at the job’s, with a patch of the job’s own spec', async () => {
    const body: Body = { model: { type: 'mlp', hidden: [32] }, optimizer: { type: 'adam', learningRate: 0.01 } };
    const ran = await train(mpg, specOf(mpg, 'mpg', { ...body, training: { epochs: 3 }, dataset: folded(2) }));
    const tooShort = ran.findings.find(({ code }) => code === 'tooShort')!;
    assert.deepEqual([last(ran).step, tooShort.step, tooShort.evidence[0]!.step], [45, 45, 45]);
    assert.deepEqual(tooShort.patch, { training: { epochs: 12, steps: null } });
  });

  const tiny: Body = {
    model: { type: 'mlp', hidden: [8], dropout: 0.1 },
    training: { steps: 4, batchSize: 64 },
    evaluation: { everySteps: 2 },
    checkpoints: { everySteps: 3, minSeconds: 0 },
  };
  const ways: Record<string, { body?: Partial<Body>; threads?: number; fromFile?: boolean; steps?: number[] }> = {
    anywhere: {},
    'on two threads': { threads: 2, steps: [6] },
    'with rows from a file': { fromFile: true, steps: [4, 6] },
    'with augmented rows': { body: { augmentation: [{ type: 'noise' }, { type: 'mixup' }] }, steps: [4, 6, 11] },
  };
  for (const [way, { body = {}, threads = 1, fromFile = false, steps }] of Object.entries(ways)) {
    it(`stopped ${way} and resumed ends in the bytes, the rows and the result of one left alone`, async () => {
      const spec = specOf(penguins, 'species', { ...tiny, ...body, dataset: folded(3) });
      const folder = await temporaryFolder();
      const options = { threads, ...(fromFile && { rowStore: { memoryBytes: 0, folder } }) };
      const whole = await train(penguins, spec, options);
      const { step: end } = last(whole);
      assert.ok(end > 12 && end <= 16);
      assert.deepEqual(
        whole.checkpoints.map(({ step }) => step),
        [3, 4, 7, 8, 11, 12, ...(end > 15 ? [15] : []), end],
      );
      for (const step of steps ?? Array.from({ length: end - 1 }, (_, index) => index + 1)) {
        const stopped = await train(penguins, spec, { ...options, stopAt: { step, request: 'checkpoint' } });
        assert.deepEqual([stopped.result.type, last(stopped).step], ['stopped', step]);
        const rest = await resumed(penguins, spec, stopped, options);
        assert.equal(last(rest).sha256, last(whole).sha256, `stopped after step ${step}`);
        assert.deepEqual(sorted(joined(stopped, rest, step)), sorted(whole.metrics));
        assert.deepEqual(foundIn(stopped, rest, step), whole.findings);
        assert.deepEqual(rest.result, whole.result);
      }
      assert.deepEqual(await readdir(folder), []);
    });
  }

  it('killed in its second fold goes on from any checkpoint before', async () => {
    const spec = specOf(penguins, 'species', { ...tiny, dataset: folded(3) });
    const whole = await train(penguins, spec);
    for (const checkpoint of whole.checkpoints) {
      const rest = await resumed(penguins, spec, { ...whole, checkpoints: [checkpoint] });
      assert.equal(last(rest).sha256, last(whole).sha256, `from step ${checkpoint.step}`);
      assert.deepEqual(sorted(joined(whole, rest, checkpoint.step)), sorted(whole.metrics));
      assert.deepEqual(foundIn(whole, rest, checkpoint.step), whole.findings);
      assert.deepEqual(rest.result, whole.result);
    }
  });

  it('whose time is over in a fold ends with that fold’s model, and tells of the folds that were done', async () => {
    const spec = specOf(mpg, 'mpg', {
      model: { type: 'mlp', hidden: [8] },
      training: { steps: 100_000_000 },
      dataset: folded(5),
      earlyStopping: { type: 'none' },
      limits: { maxSeconds: 0.3 },
    });
    const ran = await train(mpg, spec);
    const { reason, metrics, folds } = resultOf(ran);
    assert.deepEqual([reason, folds, metrics.test], ['timeLimit', { count: 0, metrics: {} }, null]);
    assert.deepEqual([metrics.train.rows, metrics.validation?.rows, last(ran).kind], [254, 64, 'final']);
  });
});
