/** The training thread on real data, from columnar file to result, without database or queue. */
import assert from 'node:assert/strict';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { Control, type TrainMessage } from '../../src/run/protocol.js';
import { runThread } from '../../src/run/train-thread.js';
import { type Body, inMemory, temporaryFolder } from '../run/fixtures.js';
import { type Example, firstFound, metricsOf, prepareExample, specOf, train } from './support.js';

describe('training thread', () => {
  let penguins: Example;
  let mpg: Example;
  before(async () => {
    [penguins, mpg] = await Promise.all([prepareExample('penguins'), prepareExample('mpg')]);
  });

  it('reaches a test accuracy of at least 0.98 on penguins with a spec of target and model', async () => {
    const metrics = metricsOf(await train(penguins, specOf(penguins, 'species', { model: { type: 'mlp' } })));
    const { accuracy } = metrics.test?.values ?? {};
    assert.ok(Number(accuracy) >= 0.98, JSON.stringify(metrics.test));
    assert.deepEqual(
      metrics.test?.classes?.map(({ name }) => name),
      ['Adelie', 'Chinstrap', 'Gentoo'],
    );
  });

  it('reaches a test R² of at least 0.85 on mpg, in miles per gallon, with a spec of target and model', async () => {
    const metrics = metricsOf(await train(mpg, specOf(mpg, 'mpg', { model: { type: 'mlp' } })));
    const { r2, mae } = metrics.test?.values ?? {};
    assert.ok(Number(r2) >= 0.85, JSON.stringify(metrics.test));
    assert.ok(Number(mae) > 1, 'errors are in units of the target');
  });

  it('trains a stack of layers with normalisation, a schedule and averaged weights, on two threads as on one', async () => {
    const spec = specOf(penguins, 'species', {
      model: {
        type: 'sequential',
        layers: [{ type: 'dense', units: 32 }, { type: 'batchNorm' }, { type: 'gelu' }, { type: 'dropout', rate: 0.1 }],
      },
      optimizer: { type: 'adamw', learningRate: 0.01 },
      schedule: { type: 'cosine', warmup: 10 },
      training: { epochs: 40, emaDecay: 0.9 },
    });
    const [one, two] = [await train(penguins, spec), await train(penguins, spec, { threads: 2 })];
    assert.ok(Number(metricsOf(one).test?.values['accuracy']) >= 0.95, JSON.stringify(metricsOf(one).test));
    assert.equal(two.checkpoints.at(-1)?.sha256, one.checkpoints.at(-1)?.sha256);
  });

  it('gives the same checkpoint bytes and metric rows when stopped twice and resumed, with at most 5 messages a second', async () => {
    const spec = specOf(mpg, 'mpg', {
      model: { type: 'mlp', hidden: [128, 128] },
      training: { epochs: 1500 },
      earlyStopping: { type: 'none' },
    });
    const startedAt = performance.now();
    const whole = await train(mpg, spec);
    const seconds = (performance.now() - startedAt) / 1000;
    const { checkpoints } = whole;
    assert.ok(
      whole.messages - checkpoints.length <= 5 * seconds + checkpoints.length + 1,
      `${whole.messages} messages`,
    );

    const pieces: Awaited<ReturnType<typeof train>>[] = [];
    let resume: { path: string; step: number } | null = null;
    for (const stops of [true, true, false]) {
      const stopAtFirstReport = (message: TrainMessage, control: Control) => {
        if (stops && message.type === 'report') control.requestStop('checkpoint');
      };
      const piece = await train(mpg, spec, { resume, onMessage: stopAtFirstReport });
      const last = piece.checkpoints.at(-1);
      assert.ok(last);
      assert.deepEqual([piece.result.type, last.kind], stops ? ['stopped', 'stop'] : ['finished', 'final']);
      resume = { path: join(await temporaryFolder(), 'checkpoint'), step: last.step };
      await writeFile(resume.path, last.bytes);
      pieces.push(piece);
    }

    assert.equal(pieces[2]?.checkpoints.at(-1)?.sha256, checkpoints.at(-1)?.sha256);
    assert.deepEqual(metricsOf(pieces[2]!), metricsOf(whole));
    for (const [name, { steps, values }] of whole.metrics) {
      assert.deepEqual(
        pieces.flatMap(({ metrics }) => metrics.get(name)?.steps ?? []),
        steps,
        name,
      );
      assert.deepEqual(
        pieces.flatMap(({ metrics }) => metrics.get(name)?.values ?? []),
        values,
        name,
      );
    }
  });

  it('ends a run whose numbers overflow as failed, category numeric, naming the step; its metrics up to there are kept', async () => {
    const spec = specOf(mpg, 'mpg', { model: { type: 'mlp' }, optimizer: { type: 'sgd', learningRate: 1e30 } });
    const { result, metrics } = await train(mpg, spec);
    assert.ok(result.type === 'failed');
    assert.deepEqual([result.error.code, result.error.category], ['non_finite', 'numeric']);
    const { step = 0 } = result.error;
    assert.deepEqual(
      metrics.get('train.loss')?.steps,
      Array.from({ length: step - 1 }, (_, index) => index + 1),
    );
  });

  it('finds the same when stopped and resumed, on either side of its rollbacks: of steps that were undone nothing', async () => {
    const spec = specOf(mpg, 'mpg', {
      model: { type: 'mlp', hidden: [16, 16], activation: 'leakyRelu' },
      optimizer: { type: 'sgd', learningRate: 100 },
      schedule: { type: 'constant', warmup: 60 },
      training: { steps: 60 },
      evaluation: { everySteps: 2 },
      logging: { everySteps: 1 },
      guard: { onNonFinite: 'rollback', learningRateFactor: 0.5, maxRollbacks: 2 },
    });
    const rollbacks: string[] = [];
    const onMessage = (message: TrainMessage) => {
      if (message.type === 'rollback') rollbacks.push(`${message.step} to ${message.to}`);
    };
    const whole = await train(mpg, spec, { onMessage });
    assert.deepEqual(rollbacks, ['4 to 2', '6 to 4']);
    const { evidence } = whole.findings.find(({ code }) => code === 'nonFiniteLoss')!;
    assert.deepEqual(
      evidence.filter(({ name }) => name === 'train.gradientNorm').map(({ step }) => step),
      [1, 2, 7],
    );
    for (const step of [2, 4, 5, 7]) {
      const stopped = await train(mpg, spec, { stopAt: { step, request: 'checkpoint' } });
      const { bytes, history } = stopped.checkpoints.at(-1)!;
      const path = join(await temporaryFolder(), 'checkpoint');
      await writeFile(path, bytes);
      const rest = await train(mpg, spec, { resume: { path, step }, history });
      assert.deepEqual(firstFound([...stopped.findings, ...rest.findings]), whole.findings, `stopped at ${step}`);
    }
  });

  it('finishes at the end of its time, with a final checkpoint and metrics of every split', async () => {
    const spec = specOf(mpg, 'mpg', {
      model: { type: 'mlp' },
      training: { steps: 100_000_000 },
      earlyStopping: { type: 'none' },
      limits: { maxSeconds: 0.2 },
    });
    const { result, checkpoints } = await train(mpg, spec);
    assert.ok(result.type === 'finished');
    assert.equal(result.reason, 'timeLimit');
    assert.equal(typeof result.metrics.test?.values['r2'], 'number'); // how good depends on the machine
    assert.equal(checkpoints.at(-1)?.kind, 'final');
  });

  it('is killed by its signal in the middle of training', async () => {
    const spec = specOf(mpg, 'mpg', {
      model: { type: 'mlp' },
      training: { steps: 100_000_000 },
      earlyStopping: { type: 'none' },
    });
    const kill = new AbortController();
    const control = new Control();
    const onMessage = async () => kill.abort();
    await assert.rejects(
      runThread(
        {
          spec,
          datasetPath: mpg.columnsPath,
          resume: null,
          inherit: null,
          anyKernels: false,
          kernels: 'auto',
          threads: 1,
          rowStore: inMemory,
          secondsLeft: null,
          control: control.buffer,
        },
        { signal: kill.signal, onMessage },
      ),
      { name: 'AbortError' },
    );
  });
});

describe('a table that is larger than what may stand in memory', () => {
  const body: Body = { model: { type: 'mlp', hidden: [8] }, training: { steps: 60, batchSize: 16 } };
  const targets = { penguins: 'species', mpg: 'mpg' } as const;

  for (const name of ['penguins', 'mpg'] as const) {
    it(`${name}: from a file it gives the rows and bytes of memory, stopped and resumed too, and leaves no file`, async () => {
      const example = await prepareExample(name);
      const spec = specOf(example, targets[name], { ...body, evaluation: { everySteps: 20 } });
      const folder = await temporaryFolder();
      const rowStore = { memoryBytes: 0, folder };
      const [fromFile, fromMemory] = [await train(example, spec, { rowStore }), await train(example, spec)];
      assert.deepEqual(fromFile.result, fromMemory.result);
      assert.deepEqual(fromFile.metrics, fromMemory.metrics);
      assert.equal(fromFile.checkpoints.at(-1)!.sha256, fromMemory.checkpoints.at(-1)!.sha256);

      const stopped = await train(example, spec, { rowStore, stopAt: { step: 33, request: 'checkpoint' } });
      const path = join(folder, 'checkpoint');
      await writeFile(path, stopped.checkpoints.at(-1)!.bytes);
      const resumed = await train(example, spec, { rowStore, resume: { path, step: 33 } });
      assert.equal(resumed.checkpoints.at(-1)!.sha256, fromMemory.checkpoints.at(-1)!.sha256);
      assert.deepEqual(await readdir(folder), ['checkpoint']);
    });
  }

  it('is augmented as one in memory is', async () => {
    const example = await prepareExample('penguins');
    const spec = specOf(example, 'species', { ...body, augmentation: [{ type: 'noise' }, { type: 'mixup' }] });
    const rowStore = { memoryBytes: 0, folder: await temporaryFolder() };
    const [fromFile, fromMemory] = [await train(example, spec, { rowStore }), await train(example, spec)];
    assert.equal(fromFile.checkpoints.at(-1)!.sha256, fromMemory.checkpoints.at(-1)!.sha256);
  });
});
