/** What a run learns from: fitted to the training split as it is, balanced afterwards, and refused where nothing is left. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeRawRows } from '../../src/data/preparation.js';
import { resolveDataset } from '../../src/data/resolve-dataset.js';
import { fillDefaults, ModelSpec, type ResolvedModelSpec, type TrainingData } from '../../src/engine/index.js';
import { prepareTrainingData } from '../../src/run/training-data.js';
import type { ResolvedJobSpec } from '../../src/schemas/job-spec.js';
import { assertRefused, readContent } from '../data/support.js';

const lines = Array.from(
  { length: 80 },
  (_, row) => `${row % 9},words of row ${row} that differ,${row % 4 ? 'often' : 'seldom'}`,
);
const content = ['n,text,y', ...lines].join('\n');

const inMemory = { memoryBytes: Number.POSITIVE_INFINITY, folder: '', onProgress: () => undefined };

/** As the service resolves a job, and its thread then prepares the data. */
async function prepare(content: string, dataset: object, model: object = { type: 'mlp' }) {
  const { table, rowCount, columns } = await readContent(content);
  const request = {
    dataset: { id: 'ds_00000000000000000000000000', target: 'y', ...dataset },
    task: 'auto',
    model: fillDefaults(ModelSpec, model) as ResolvedModelSpec,
  } as const;
  const resolved = resolveDataset({ kind: 'table', rowCount, columns }, request);
  const spec = { ...resolved, model: request.model, augmentation: [], training: { seed: 5 } };
  const stored = { kind: 'table', columns: table, close: () => undefined } as const;
  const prepared = prepareTrainingData(stored, spec as unknown as ResolvedJobSpec, inMemory);
  return { planned: resolved.shape, ...prepared, data: prepared.data as TrainingData };
}

test('balance repeats rows of the training split alone, in no other preparation than without', async () => {
  for (const model of [{ type: 'mlp' }, { type: 'bert', context: 12 }]) {
    const plain = await prepare(content, {}, model);
    const over = await prepare(content, { balance: { type: 'oversample' } }, model);
    const under = await prepare(content, { balance: { type: 'undersample' } }, model);
    assert.deepEqual(
      [plain, over, under].map(({ data }) => data.train.rows),
      [48, 72, 24],
    );
    for (const { data, preparation, planned, shape } of [over, under]) {
      assert.deepEqual(preparation, plain.preparation);
      assert.deepEqual([data.validation, data.test], [plain.data.validation, plain.data.test]);
      assert.deepEqual(shape.rows, planned.rows);
      assert.equal(data.train.y.filter((label) => label === 0).length, data.train.rows / 2);
    }
  }
});

test('rows that lack a value are dropped from every part, and predict encodes the others to the same bits', async () => {
  const missing = lines.map((line, row) => (row % 10 === 3 ? `,${line.split(',').slice(1).join(',')}` : line));
  const { data, planned, shape, preparation } = await prepare(['n,text,y', ...missing].join('\n'), {
    ...{ missing: { type: 'drop' }, split: { type: 'random', validation: 0.25, test: 0 } },
  });
  assert.deepEqual([data.train.rows, data.validation.rows], [54, 18]);
  assert.deepEqual(shape.rows, planned.rows);
  assert.ok(preparation.kind === 'columns');
  const encoded = new Set(
    encodeRawRows(
      preparation,
      Array.from({ length: 9 }, (_, n) => ({ n })),
    ),
  );
  assert.deepEqual(new Set(data.train.x), encoded);
});

test('where dropping leaves no row to train on, the run says so', async () => {
  // a row has either n or m
  const halves = lines.map((line, row) => (row % 2 ? `${line},` : `${line.replace(/^\d+/, '')},${row}.5`));
  const dropped = prepare(['n,text,y,m', ...halves].join('\n'), { missing: { type: 'drop' } });
  await assertRefused(dropped, 'too_few_rows', { path: '/dataset/split', got: '80 left out' });
});

test('rows that equal an earlier one are dropped before the split where the job says so; one that contradicts it stays', async () => {
  const contradiction = lines[1]!.replace('often', 'seldom');
  const twice = ['n,text,y', ...lines, ...lines.slice(0, 10), contradiction].join('\n');
  const rowsOf = ({ train, validation, test }: TrainingData) => train.rows + validation.rows + test.rows;
  for (const [dataset, model] of [
    [{ ignore: ['text'] }, { type: 'mlp' }], // of n and y: 9 numbers, each often and seldom
    [{}, { type: 'bert', context: 12 }],
  ] as const) {
    const kept = await prepare(twice, dataset, model);
    const dropped = await prepare(twice, { ...dataset, duplicates: { type: 'drop' } }, model);
    assert.equal(rowsOf(kept.data), 91);
    assert.deepEqual(dropped.planned.rows, kept.planned.rows, 'at most');
    assert.equal(rowsOf(dropped.data), model.type === 'mlp' ? 18 : 81);
  }
});
