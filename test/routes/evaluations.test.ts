/** Models measured on other datasets over HTTP: held to what training measured on the same rows, and to what predict says. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { Dataset } from '../../src/schemas/dataset.js';
import type { Evaluation } from '../../src/schemas/evaluation.js';
import type { Job } from '../../src/schemas/job.js';
import type { Prediction } from '../../src/schemas/run.js';
import { bars } from '../data/images/support.js';
import type { Problem } from './problem-body.js';
import { exampleLines, finished, learnt, linesOf, rowsOf } from './split-tables.js';
import { csv, type FormPart, startApi, type TestApi } from './support.js';
import { upload } from './training.js';

let api: TestApi;
/** Each of a job that was trained on some rows, and of a dataset of the rows that it was tested on. */
let species: { job: Job; tested: Dataset };
let mpg: { job: Job; tested: Dataset };

async function learntAndTested(name: 'penguins' | 'mpg', target: string) {
  const lines = await exampleLines(name);
  const job = await learnt(api, lines, target);
  const tested = await upload(api, csv([lines[0], ...linesOf(lines, 'test')].join('\n'), 'tested.csv'));
  return { job, tested };
}

before(async () => {
  api = await startApi();
  species = await learntAndTested('penguins', 'species');
  mpg = await learntAndTested('mpg', 'mpg');
});

const ask = ({ result }: Job, payload: object) =>
  api.inject({ method: 'POST', url: `/v1/models/${result!.modelId}/evaluate`, payload });
async function evaluate(job: Job, payload: object): Promise<Evaluation> {
  const response = await ask(job, payload);
  assert.equal(response.statusCode, 200, response.body);
  return response.json<Evaluation>();
}
function assertNear(got: unknown, expected: unknown, what: string): void {
  const bound = 1e-5 * Math.max(1, Math.abs(Number(expected)));
  assert.ok(Math.abs(Number(got) - Number(expected)) <= bound, `${what}: ${got}, expected ${expected}`);
}

test('on the rows that training tested on, all metrics are those that training found, within 1e-5', async () => {
  for (const { job, tested } of [species, mpg]) {
    const { metrics } = await evaluate(job, { datasetId: tested.id });
    const { loss: _, ...expected } = job.result!.metrics.test!.values;
    assert.deepEqual(Object.keys(metrics.values).sort(), Object.keys(expected).sort());
    for (const [name, value] of Object.entries(metrics.values)) assertNear(value, expected[name], name);
    assert.deepEqual(metrics.confusion, job.result!.metrics.test!.confusion);
    assert.equal(metrics.rows, job.result!.metrics.test!.rows);
  }
});

test('curves, calibration and the worst rows are those of the probabilities that predict tells', async () => {
  const { job, tested } = species;
  const { curves, calibration, worst, metrics } = await evaluate(job, { datasetId: tested.id });
  const rows = rowsOf(await exampleLines('penguins'), 'test');
  assert.equal(rows.length, metrics.rows);
  const asked = { rows: rows.map(({ species: _, ...row }) => row) };
  const url = `/v1/models/${job.result!.modelId}/predict`;
  const { predictions } = (await api.inject({ method: 'POST', url, payload: asked })).json<{
    predictions: Prediction[];
  }>();
  const told = predictions.map(({ probabilities }, row) => {
    const actual = String(rows[row]!['species']);
    return {
      row,
      actual,
      probability: Number(probabilities![actual]),
      likeliest: Math.max(...Object.values(probabilities!).map(Number)),
      predicted: predictions[row]!.class!,
    };
  });
  const least = [...told].sort((a, b) => a.probability - b.probability).slice(0, 20);
  assert.deepEqual(worst.map(({ row }) => row).slice(0, 5), least.map(({ row }) => row).slice(0, 5));
  worst.forEach(({ row, probability, actual, predicted, loss, values }) => {
    assertNear(probability, told[row]!.probability, 'probability');
    assertNear(loss, -Math.log(told[row]!.probability), 'loss');
    assert.deepEqual([actual, predicted, values], [told[row]!.actual, told[row]!.predicted, rows[row]]);
  });
  assert.deepEqual(
    curves.map((curve) => curve.class),
    ['Adelie', 'Chinstrap', 'Gentoo'],
  );
  for (const { class: name, positives, truePositiveRate, falsePositiveRate } of curves) {
    assert.equal(positives, told.filter(({ actual }) => actual === name).length);
    assert.deepEqual([truePositiveRate.at(-1), falsePositiveRate.at(-1)], [1, 1]);
  }
  assert.equal(calibration?.of, 'likeliestClass');
  const last = told.filter(({ likeliest }) => likeliest > 0.9);
  const bin = calibration!.bins.at(-1)!;
  assert.deepEqual([bin.from, bin.to, bin.rows], [0.9, 1, last.length]);
  assertNear(bin.probability, last.reduce((sum, { likeliest }) => sum + likeliest, 0) / last.length, 'mean');
  assertNear(bin.frequency, last.filter(({ actual, predicted }) => actual === predicted).length / last.length, 'hits');
});

test('slices by a category, and by quarters of a number, have the rows and the metrics of each', async () => {
  const byIsland = await evaluate(species.job, { datasetId: species.tested.id, sliceBy: 'island' });
  const tested = rowsOf(await exampleLines('penguins'), 'test');
  const { items } = byIsland.slices!;
  assert.deepEqual(
    items.map(({ value }) => value),
    ['Biscoe', 'Dream', 'Torgersen', undefined],
  );
  for (const { value, rows } of items)
    assert.equal(rows, tested.filter(({ island }) => island === value).length, value);
  const right = items.reduce((sum, { rows, values }) => sum + rows * Number(values['accuracy']), 0);
  assertNear(right / byIsland.metrics.rows, byIsland.metrics.values['accuracy'], 'accuracy');

  const byWeight = await evaluate(mpg.job, { datasetId: mpg.tested.id, sliceBy: 'weight' });
  const quarters = byWeight.slices!.items;
  assert.equal(quarters.length, 5);
  const rows = quarters.map((quarter) => quarter.rows);
  assert.equal(rows.at(-1), 0, 'none misses its weight');
  for (const count of rows.slice(0, 4)) assert.ok(Math.abs(count - byWeight.metrics.rows / 4) <= 2, String(rows));
  const squares = quarters.slice(0, 4).reduce((sum, quarter) => sum + quarter.rows * Number(quarter.values['mse']), 0);
  assertNear(squares / byWeight.metrics.rows, byWeight.metrics.values['mse'], 'mse');
});

test('rows without a target or of a class that training did not know are counted, and count nothing', async () => {
  const [header = '', ...lines] = await exampleLines('penguins');
  const at = header.split(',').indexOf('species');
  const named = (line: string, name: string) =>
    line
      .split(',')
      .map((cell, index) => (index === at ? name : cell))
      .join(',');
  const odd = [named(lines[3]!, ''), named(lines[3]!, 'Emperor'), named(lines[7]!, 'Emperor')];
  const { id } = await upload(api, csv([header, ...linesOf([header, ...lines], 'test'), ...odd].join('\n'), 'odd.csv'));
  const whole = await evaluate(species.job, { datasetId: species.tested.id });
  const { rows, metrics } = await evaluate(species.job, { datasetId: id });
  assert.deepEqual(rows, { total: whole.rows.total + 3, withoutTarget: 1, unknownClass: 2, incomplete: 0 });
  assert.deepEqual(metrics, whole.metrics);
});

test('of two classes, the threshold is what the second is chosen from, and its curves alone are told', async () => {
  const [header = '', ...lines] = await exampleLines('penguins');
  const two = lines.filter((line) => !line.startsWith('Gentoo'));
  const { id } = await upload(api, csv([header, ...two].join('\n'), 'two.csv'));
  const pair = await finished(api, {
    dataset: { id, target: 'species' },
    model: { type: 'mlp' },
    training: { epochs: 2 },
  });
  const choices = await Promise.all([0, 1].map((threshold) => evaluate(pair, { datasetId: id, threshold })));
  const chosen = choices.map(({ metrics }) => metrics.confusion!.map((counts) => counts[1]! > 0));
  assert.deepEqual(chosen, [
    [true, true],
    [false, false],
  ]);
  assert.deepEqual(
    choices[0]!.curves.map((curve) => curve.class),
    ['Chinstrap'],
  );
  assert.equal(choices[0]!.calibration?.of, 'secondClass');
});

test('a language model is measured on a text as training validates, and images as they were tested', async () => {
  const text = 'the quick brown fox jumps over the lazy dog; '.repeat(40);
  const language = await finished(api, {
    dataset: { id: (await upload(api, file(text))).id, split: { type: 'contiguous', validation: 0.2, test: 0 } },
    model: { type: 'gpt', layers: 1, heads: 2, width: 16, context: 8 },
    training: { steps: 30, batchSize: 8 },
  });
  const validated = await upload(api, file(text.slice(Math.floor(text.length * 0.8))));
  const { metrics, curves, calibration } = await evaluate(language, { datasetId: validated.id });
  for (const [name, value] of Object.entries(metrics.values))
    assertNear(value, language.result!.metrics.validation!.values[name], name);
  assert.deepEqual(
    [Object.keys(metrics.values).sort(), curves, calibration],
    [['accuracy', 'loss', 'perplexity'], [], null],
  );
  const other = await ask(language, { datasetId: species.tested.id });
  assert.deepEqual([other.statusCode, other.json<Problem>().code], [422, 'unsuitable_dataset']);

  const [learnt, shown] = [bars(60), bars(20)];
  const part = (name: string, content: Buffer): FormPart => ({ name, content, fileName: name });
  const given = [part('images', learnt.images), part('labels', learnt.labels)];
  const tested = [part('testImages', shown.images), part('testLabels', shown.labels)];
  const pictures = await finished(api, {
    ...{ dataset: { id: (await upload(api, ...given, ...tested)).id }, model: { type: 'mlp', hidden: [8] } },
    training: { epochs: 3 },
  });
  const alone = await upload(api, part('images', shown.images), part('labels', shown.labels));
  const measured = await evaluate(pictures, { datasetId: alone.id });
  const expected = pictures.result!.metrics.test!;
  assert.deepEqual([measured.metrics.rows, measured.metrics.confusion], [20, expected.confusion]);
  assertNear(measured.metrics.values['logLoss'], expected.values['logLoss'], 'logLoss');
  assert.equal(measured.worst[0]!.values, null);
});

const file = (content: string): FormPart => ({ name: 'file', content, fileName: 'text.txt' });

const absent = `ds_${'0'.repeat(26)}`;
const bad: Record<string, [body: () => object, status: number, path?: string]> = {
  'no dataset': [() => ({}), 400, '/datasetId'],
  'a dataset that is not there': [() => ({ datasetId: absent }), 404],
  'a threshold of three classes': [() => ({ datasetId: species.tested.id, threshold: 0.5 }), 409, '/threshold'],
  'a threshold above 1': [() => ({ datasetId: species.tested.id, threshold: 2 }), 400, '/threshold'],
  'slices by a column that is none': [() => ({ datasetId: species.tested.id, sliceBy: 'beak' }), 422, '/sliceBy'],
  'a dataset of other columns': [() => ({ datasetId: mpg.tested.id }), 422, '/datasetId'],
  'a field that is none': [() => ({ datasetId: absent, metrics: [] }), 400, '/metrics'],
};
for (const [title, [body, status, path]] of Object.entries(bad)) {
  test(`evaluating with ${title} is ${status}${path ? ` at ${path}` : ''}`, async () => {
    const response = await ask(species.job, body());
    assert.deepEqual([response.statusCode, response.json<Problem>().errors?.[0]?.path], [status, path], response.body);
  });
}

test('slices by texts are refused, and a column that changed its type is named', async () => {
  const [header = '', ...lines] = await exampleLines('penguins');
  const flippers = header.split(',').indexOf('flipper_length_mm');
  const worded = linesOf([header, ...lines], 'test').map((line) =>
    line
      .split(',')
      .map((cell, at) => (at === flippers ? 'long' : cell))
      .join(','),
  );
  const { id } = await upload(api, csv([header, ...worded].join('\n'), 'worded.csv'));
  const refused = (await ask(species.job, { datasetId: id })).json<Problem>();
  assert.deepEqual([refused.code, refused.errors?.[0]?.column], ['unsuitable_dataset', 'flipper_length_mm']);
  const named = await ask(mpg.job, { datasetId: mpg.tested.id, sliceBy: 'name' });
  assert.deepEqual([named.statusCode, named.json<Problem>().errors?.[0]?.path], [422, '/sliceBy']);
});
