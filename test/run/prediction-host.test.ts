/** The predict process, with models trained for the occasion. */
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pino } from 'pino';
import { loadConfig } from '../../src/config.js';
import { ingest } from '../../src/data/ingest.js';
import { Problem } from '../../src/errors.js';
import { createPredictionHost, type PredictionHost } from '../../src/run/prediction-host.js';
import type { ModelFile, RawRow } from '../../src/run/prediction-protocol.js';
import { Control } from '../../src/run/protocol.js';
import { runThread } from '../../src/run/train-thread.js';
import type { Prediction } from '../../src/schemas/run.js';
import { examplePath, inMemory, resolveBody, temporaryFolder } from './fixtures.js';

/** Trains the default model on an example; its final checkpoint. */
async function trainModel(example: string, target: string): Promise<ModelFile> {
  const folder = await temporaryFolder();
  const datasetPath = join(folder, 'columns');
  const dataset = await ingest({ path: examplePath(example), output: datasetPath });
  const described = { id: 'ds_00000000000000000000000000', name: example, ...dataset };
  const { spec } = resolveBody(described, target, { model: { type: 'mlp' } });
  const model = { id: `mdl_${example}`, path: join(folder, 'checkpoint'), weights: 'best' } as const;
  const control = new Control();
  await runThread(
    {
      spec,
      datasetPath,
      resume: null,
      inherit: null,
      anyKernels: false,
      kernels: 'auto',
      threads: 1,
      rowStore: inMemory,
      secondsLeft: null,
      control: control.buffer,
    },
    {
      signal: new AbortController().signal,
      async onMessage(message) {
        if (message.type === 'checkpoint') await writeFile(model.path, message.bytes);
      },
    },
  );
  return model;
}

/** The rows of an example as a client would send them: its numbers are numbers, its blanks are missing fields. */
async function rawRows(example: string): Promise<RawRow[]> {
  const [header = '', ...lines] = (await readFile(examplePath(example), 'utf8')).trim().split('\n');
  const names = header.trim().split(',');
  return lines.map((line) => {
    const cells = line.trim().split(',');
    return Object.fromEntries(
      names.flatMap((name, index) => {
        const cell = cells[index] ?? '';
        if (cell === '') return [];
        return [[name, Number.isNaN(Number(cell)) ? cell : Number(cell)]];
      }),
    );
  });
}

const problem = (code: string, path?: string) => (error: unknown) => {
  assert.ok(error instanceof Problem);
  assert.equal(error.code, code);
  if (path !== undefined) assert.equal(error.details.errors?.[0]?.path, path);
  return true;
};

describe('prediction host', () => {
  let host: PredictionHost;
  let penguins: ModelFile;
  let mpg: ModelFile;
  before(async () => {
    host = createPredictionHost({ config: loadConfig({}), log: pino({ level: 'silent' }) });
    [penguins, mpg] = await Promise.all([trainModel('penguins', 'species'), trainModel('mpg', 'mpg')]);
  });
  after(() => host.close());

  it('names the species of at least 98 % of all penguins from raw rows, with probabilities that sum to 1 within 1e-5', async () => {
    const rows = await rawRows('penguins');
    const predictions = await host.predict(penguins, rows);
    assert.equal(predictions.length, rows.length);
    const species = rows.map(({ species }) => species);
    const right = predictions.filter((prediction, row) => prediction.class === species[row]);
    assert.ok(right.length >= 0.98 * rows.length, `${right.length} of ${rows.length}`);
    for (const { probabilities = {} } of predictions) {
      const sum = Object.values(probabilities).reduce<number>((total, share) => total + Number(share), 0);
      assert.ok(Math.abs(sum - 1) < 1e-5, `${sum}`);
    }
  });

  it('answers a regression in units of its target, within 5 mpg for at least 90 % of the cars', async () => {
    const rows = await rawRows('mpg');
    const predictions = await host.predict(mpg, rows);
    const actual = rows.map(({ mpg }) => Number(mpg));
    const near = predictions.filter(({ value }, row) => Math.abs(Number(value) - actual[row]!) < 5);
    assert.ok(near.length >= 0.9 * rows.length, `${near.length} of ${rows.length}`);
  });

  it('takes missing fields and unseen categories', async () => {
    const [prediction] = await host.predict(penguins, [{ island: 'Atlantis', bill_length_mm: null }]);
    assert.ok(prediction?.class);
  });

  it('refuses a row that does not fit by row and field, without failing the requests computed with it', async () => {
    const [row = {}] = await rawRows('penguins');
    const [good, wrong, unknown] = await Promise.allSettled([
      host.predict(penguins, [row]),
      host.predict(penguins, [row, { ...row, body_mass_g: 'heavy' }]),
      host.predict(penguins, [{ ...row, body_mass: 1 }]),
    ]);
    assert.equal(good.status, 'fulfilled');
    assert.ok(wrong.status === 'rejected' && problem('invalid_row', '/rows/1/body_mass_g')(wrong.reason));
    assert.ok(unknown.status === 'rejected' && problem('invalid_row', '/rows/0/body_mass')(unknown.reason));
    assert.match(unknown.reason.details.hint, /body_mass_g/);
  });

  it('gives a row the same probabilities alone, in a batch and among concurrent requests, within 1e-6 + 1e-5·|p|', async () => {
    // Not the same bits: a single row takes another kernel than a batch does, which adds in another order.
    const rows = (await rawRows('penguins')).slice(0, 64);
    const together = await host.predict(penguins, rows);
    const concurrent = (await Promise.all(rows.map((row) => host.predict(penguins, [row])))).flat();
    const alone: Prediction[] = [];
    for (const row of rows) alone.push(...(await host.predict(penguins, [row])));
    for (const others of [concurrent, alone]) {
      assert.equal(others.length, together.length);
      for (const [row, { probabilities = {} }] of together.entries()) {
        for (const [name, share] of Object.entries(probabilities)) {
          const difference = Math.abs(Number(others[row]?.probabilities?.[name]) - Number(share));
          assert.ok(difference <= 1e-6 + 1e-5 * Number(share), `row ${row}, ${name}: ${difference}`);
        }
      }
    }
  });

  it('answers unavailable for what a killed process was computing, and starts another for the next request', async () => {
    const [row = {}] = await rawRows('penguins');
    const { pid } = host;
    assert.ok(pid);
    const inFlight = host.predict(
      mpg,
      Array.from({ length: 10_000 }, () => ({})),
    );
    process.kill(pid, 'SIGKILL');
    await assert.rejects(inFlight, problem('unavailable'));
    assert.equal((await host.predict(penguins, [row])).length, 1);
    assert.notEqual(host.pid, pid);
  });
});
