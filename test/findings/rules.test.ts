/** What the rules owe to any run: an answer however long it was, and patches that fit whatever else the spec says. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readExample, storeTable, type Table } from '../../bench/findings/datasets.js';
import { diagnose } from '../../bench/findings/diagnose.js';
import { type Evidence, layersOf } from '../../src/findings/evidence.js';
import { findingsOf } from '../../src/findings/index.js';

const penguins = readExample('penguins');
const runOf = (table: Table, { dataset = {}, training = {}, ...body }: Record<string, object> = {}) => ({
  load: () => storeTable(table),
  body: {
    model: { type: 'mlp', hidden: [8] },
    ...body,
    dataset: { target: table.target, ...dataset },
    training: { epochs: 5, ...training },
  },
});
const withColumn = (name: string, cell: (row: readonly string[], at: number) => string): Table => ({
  ...penguins,
  columns: [name, ...penguins.columns],
  rows: penguins.rows.map((row, at) => [cell(row, at), ...row]),
});
const species = (row: readonly string[]) => row[penguins.columns.indexOf('species')]!;

test('a series of a million points is read by every rule', async () => {
  const { spec } = await diagnose(runOf(penguins), { seed: 1 });
  const steps = Array.from({ length: 1_000_000 }, (_, index) => index + 1);
  const points = { steps, values: steps.map((step) => 1 / step) };
  const series = new Map(['train.loss', 'train.gradientNorm', 'validation.loss'].map((name) => [name, points]));
  const none = { validation: 0, test: 0 };
  const data = {
    ...{ rows: { train: 100, validation: 100, test: 100 }, classes: null, columns: [] },
    ...{ targetShift: none, inTrain: none, baseline: { train: 1, validation: 1 } },
  };
  const evidence: Evidence = {
    ...{ spec, data, parameters: 10, layers: [], series },
    ...{ step: 1_000_000, totalSteps: 1_000_000, ending: null },
  };
  assert.deepEqual(findingsOf(evidence, new Set()), []);
});

test('layers stand in the order of computing, whatever the order of their series', () => {
  const points = { steps: [1], values: [1] };
  const series = new Map(['layers.10.weightNorm', 'layers.2.weightNorm'].map((name) => [name, points]));
  const names = layersOf({ layers: [{ name: '2' }, { name: '10' }], series }, 'weightNorm').map(({ name }) => name);
  assert.deepEqual(names, ['layers.2.weightNorm', 'layers.10.weightNorm']);
});

test('a run whose gradient is clipped by value is clipped by its norm instead, not as well', async () => {
  const run = runOf(penguins, { optimizer: { type: 'sgd', learningRate: 1e30 }, training: { clipValue: 0.5 } });
  const { findings } = await diagnose(run, { seed: 1 });
  const patch = findings.find(({ code }) => code === 'explodingGradients')?.patch;
  assert.ok(patch, `found ${findings.map(({ code }) => code)}`);
  const { spec } = await diagnose(run, { seed: 1, patch });
  assert.deepEqual([spec.training.clipNorm, spec.training.clipValue], [1, null]);
});

test('a leak that has settings of its own is left out together with them', async () => {
  const run = runOf(withColumn('leak', species), { dataset: { columns: { leak: { missing: { type: 'drop' } } } } });
  const { findings } = await diagnose(run, { seed: 1 });
  const patch = findings.find(({ code }) => code === 'leakingFeature')?.patch;
  assert.ok(patch, `found ${findings.map(({ code }) => code)}`);
  const { spec } = await diagnose(run, { seed: 1, patch });
  assert.ok('ignore' in spec.dataset && spec.dataset.ignore.includes('leak'));
});

test('a date is no number out of scale', async () => {
  const day = (at: number) => new Date(Date.UTC(at % 50 === 0 ? 1900 : 2020, 0, 1 + (at % 300))).toISOString();
  const run = runOf(withColumn('day', (_, at) => day(at).slice(0, 10)));
  const { findings } = await diagnose(run, { seed: 1 });
  const told = JSON.stringify(findings.filter(({ code }) => code === 'outliers' || code === 'unscaledFeatures'));
  assert.ok(!told.includes('day'), told);
});
