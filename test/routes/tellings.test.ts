/** How predictions are told: calibrated, with intervals, explained; held to what predict itself says of the validation split. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { intervalOf, residualQuantiles } from '../../src/run/baseline/residuals.js';
import { fitTemperature } from '../../src/run/baseline/temperature.js';
import type { Job } from '../../src/schemas/job.js';
import type { Prediction } from '../../src/schemas/run.js';
import type { Problem } from './problem-body.js';
import { exampleLines, finished, learnt, rowsOf } from './split-tables.js';
import { startApi, type TestApi, uploadPenguins } from './support.js';
import { ask } from './training.js';

let api: TestApi;
let species: Job;
let mpg: Job;

before(async () => {
  api = await startApi();
  species = await learnt(api, await exampleLines('penguins'), 'species');
  mpg = await learnt(api, await exampleLines('mpg'), 'mpg');
});

async function predict(job: Job, rows: object[], more: object = {}): Promise<Prediction[]> {
  const features = rows.map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => name !== 'part')));
  const response = await ask(api, job, 'predict', { rows: features, ...more });
  assert.equal(response.statusCode, 200, response.body);
  return response.json<{ predictions: Prediction[] }>().predictions;
}
function assertNear(got: unknown, expected: number, what: string): void {
  const bound = 2e-5 * Math.max(1, Math.abs(expected));
  assert.ok(Math.abs(Number(got) - expected) <= bound, `${what}: ${got}, expected ${expected}`);
}

test('calibrated probabilities are those at the temperature that fits the validation split, of the same classes', async () => {
  const lines = await exampleLines('penguins');
  const validated = rowsOf(lines, 'validation');
  const classes = ['Adelie', 'Chinstrap', 'Gentoo'];
  const logits = (await predict(species, validated)).flatMap(({ probabilities }) =>
    classes.map((name) => Math.log(Number(probabilities![name]))),
  );
  const temperature = fitTemperature(
    Float32Array.from(logits),
    validated.map((row) => classes.indexOf(String(row['species']))),
  );
  assert.ok(Math.abs(temperature - 1) > 0.05, `${temperature} would show nothing`);
  const rows = rowsOf(lines, 'test').slice(0, 20);
  const [raw, calibrated] = await Promise.all([predict(species, rows), predict(species, rows, { calibrated: true })]);
  raw.forEach(({ class: chosen, probabilities }, row) => {
    const powers = classes.map((name) => Number(probabilities![name]) ** (1 / temperature));
    const sum = powers.reduce((total, power) => total + power, 0);
    assert.equal(calibrated[row]!.class, chosen);
    classes.forEach((name, at) => {
      assertNear(calibrated[row]!.probabilities![name], powers[at]! / sum, `row ${row}, ${name}`);
    });
  });
});

test('an interval is the value and the quantiles of what it was off by on the validation split', async () => {
  const lines = await exampleLines('mpg');
  const validated = rowsOf(lines, 'validation');
  const told = await predict(mpg, validated);
  const residuals = Float64Array.from(told, ({ value }, row) => Number(validated[row]!['mpg']) - Number(value));
  const quantiles = residualQuantiles(residuals);
  for (const share of [0.5, 0.9]) {
    const predictions = await predict(mpg, rowsOf(lines, 'test').slice(0, 10), { interval: share });
    const [low, high] = intervalOf(quantiles, share);
    for (const { value, interval } of predictions) {
      assertNear(interval!.low, Number(value) + low, `low of ${share}`);
      assertNear(interval!.high, Number(value) + high, `high of ${share}`);
    }
  }
});

test('contributions are of every feature, and with the baseline sum to the answer, calibrated or not', async () => {
  const rows = rowsOf(await exampleLines('penguins'), 'test').slice(0, 5);
  for (const more of [{ explain: true }, { explain: true, calibrated: true }]) {
    for (const { class: chosen, probabilities, explanation } of await predict(species, rows, more)) {
      const { of, baseline, contributions } = explanation!;
      assert.equal(of, chosen);
      const names = ['bill_depth_mm', 'bill_length_mm', 'body_mass_g', 'flipper_length_mm', 'island', 'sex'];
      assert.deepEqual(Object.keys(contributions).sort(), names);
      const sum = Object.values(contributions).reduce<number>(
        (total, value) => total + Number(value),
        Number(baseline),
      );
      assertNear(sum, Number(probabilities![chosen!]), 'sum');
    }
  }
  const cars = rowsOf(await exampleLines('mpg'), 'test').slice(0, 5);
  const [first] = await predict(mpg, cars, { explain: true });
  const { of, baseline, contributions } = first!.explanation!;
  assert.equal(of, undefined);
  assertNear(
    Object.values(contributions).reduce<number>((total, value) => total + Number(value), Number(baseline)),
    Number(first!.value),
    'sum',
  );
});

test('a model’s baseline is measured once and kept with it', async () => {
  const { count } = await api.db
    .selectFrom('modelBaselines')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  assert.equal(count, 2);
});

test('without rows to validate on nothing is calibrated: 409 at the field', async () => {
  const { id } = await uploadPenguins(api);
  const split = { type: 'random', validation: 0, test: 0 };
  const model = { type: 'mlp' };
  const blind = await finished(api, { dataset: { id, target: 'species', split }, model, training: { epochs: 1 } });
  const response = await ask(api, blind, 'predict', { rows: [{}], calibrated: true });
  assert.deepEqual([response.statusCode, response.json<Problem>().errors?.[0]?.path], [409, '/calibrated']);
});

const bad: Record<string, [job: () => Job, choice: object, status: number, path: string]> = {
  'calibration of a regression': [() => mpg, { calibrated: true }, 409, '/calibrated'],
  'an interval of classes': [() => species, { interval: 0.9 }, 409, '/interval'],
  'an interval of all': [() => mpg, { interval: 1 }, 400, '/interval'],
  'an interval of none': [() => mpg, { interval: 0 }, 400, '/interval'],
  'an interval in words': [() => mpg, { interval: '90%' }, 400, '/interval'],
  'an explanation in words': [() => mpg, { explain: 'yes' }, 400, '/explain'],
};
for (const [title, [job, choice, status, path]] of Object.entries(bad)) {
  test(`asking for ${title} is ${status} at ${path}`, async () => {
    const response = await ask(api, job(), 'predict', { rows: [{}], ...choice });
    assert.deepEqual([response.statusCode, response.json<Problem>().errors?.[0]?.path], [status, path], response.body);
  });
}

test('more rows than can be explained at once are 413, with how many can', async () => {
  const rows = Array.from({ length: 3000 }, () => ({}));
  const response = await ask(api, species, 'predict', { rows, explain: true });
  assert.equal(response.statusCode, 413);
  assert.match(response.json<Problem>().detail, /at most 2083 rows/);
});
