/** Which values a sweep tries: ranges and choices, grids, draws that depend on nothing but seed and trial, and TPE's. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ResolvedMethod, SweepParameter, SweepParameters } from '../../src/schemas/sweep.js';
import { configurationOf, configured, type Ended } from '../../src/sweeps/configuration.js';
import { gridOf, placeOf, valueAt } from '../../src/sweeps/parameters.js';

const evenly = (count: number): number[] => Array.from({ length: count }, (_, index) => (index + 0.5) / count);

test('an integer takes each of its values as often as the scale says, both ends among them', () => {
  const linear: SweepParameter = { type: 'int', min: 3, max: 12, step: 3 };
  const counts = (parameter: SweepParameter, n: number) => {
    const values = evenly(n).map((u) => valueAt(parameter, u) as number);
    return Object.fromEntries(
      [...new Set(values)].map((value) => [value, values.filter((one) => one === value).length]),
    );
  };
  assert.deepEqual(counts(linear, 400), { 3: 100, 6: 100, 9: 100, 12: 100 });
  const logarithmic = counts({ type: 'int', min: 1, max: 7, scale: 'log' }, 3000);
  for (let value = 1; value <= 7; value++) {
    const share = Math.log((value + 1) / value) / Math.log(8);
    assert.ok(Math.abs(logarithmic[value]! / 3000 - share) < 0.001, `${value}: ${logarithmic[value]}`);
  }
});

test('a float on a logarithmic scale has its middle at the geometric mean; a place and its value are inverse', () => {
  const rate: SweepParameter = { type: 'float', min: 1e-4, max: 1, scale: 'log' };
  assert.ok(Math.abs((valueAt(rate, 0.5) as number) - 0.01) < 1e-15);
  const parameters: SweepParameter[] = [
    rate,
    { type: 'float', min: -2, max: 3 },
    { type: 'int', min: 2, max: 40, scale: 'log' },
    { type: 'int', min: -5, max: 30, step: 4 },
    { type: 'choice', values: ['adam', { type: 'sgd' }, null, [1]] },
  ];
  for (const parameter of parameters) {
    for (const u of evenly(97)) {
      const value = valueAt(parameter, u);
      const again = valueAt(parameter, placeOf(parameter, value));
      if (parameter.type !== 'float') assert.deepEqual(again, value, JSON.stringify(parameter));
      else assert.ok(Math.abs((again as number) / (value as number) - 1) < 1e-12, `${again} vs ${value}`);
    }
  }
});

test('grids: points evenly on the scale with both ends, every step of an integer, none of a bare range', () => {
  const rounded = gridOf({ type: 'float', min: 1e-3, max: 1, scale: 'log', points: 4 })!.map((value) =>
    Number((value as number).toPrecision(6)),
  );
  assert.deepEqual(rounded, [0.001, 0.01, 0.1, 1]);
  assert.deepEqual(gridOf({ type: 'int', min: 1, max: 4, scale: 'log', points: 9 }), [1, 2, 3, 4]);
  assert.deepEqual(gridOf({ type: 'int', min: 1, max: 8, step: 3 }), [1, 4, 7]);
  assert.equal(gridOf({ type: 'float', min: 0, max: 1 }), null);
  assert.equal(gridOf({ type: 'int', min: 1, max: 8, scale: 'log' }), null);
});

const square: SweepParameters = { '/a': { type: 'float', min: 0, max: 1 }, '/b': { type: 'float', min: 0, max: 1 } };
const configurations = (
  plan: { parameters?: SweepParameters; method?: ResolvedMethod; seed?: number },
  count: number,
) =>
  Array.from({ length: count }, (_, trial) => {
    const { parameters = square, method = { type: 'random' }, seed = 1 } = plan;
    return configurationOf({ parameters, method, seed }, trial, [])!;
  });

test('random draws are those of seed and trial, fill the square, and asha’s are the same', () => {
  const all = configurations({}, 400);
  assert.deepEqual(configurationOf({ parameters: square, method: { type: 'random' }, seed: 1 }, 17, []), all[17]);
  assert.deepEqual(configurations({ method: { type: 'asha', minSteps: 1, eta: 3 } }, 400), all);
  assert.notDeepEqual(configurations({ seed: 2 }, 400), all);
  // 4 × 4 cells with 25 expected in each: χ² with 15 degrees of freedom is below 37.7 in 999 of 1000 cases
  const counts = new Array<number>(16).fill(0);
  for (const values of all) {
    counts[4 * Math.floor((values['/a'] as number) * 4) + Math.floor((values['/b'] as number) * 4)]!++;
  }
  const chi2 = counts.reduce((sum, count) => sum + (count - 25) ** 2 / 25, 0);
  assert.ok(chi2 < 37.7, String(chi2));
});

/** The least of a function over the trials of a sweep that asks for it one by one. */
function leastOf(
  f: (values: Readonly<Record<string, unknown>>) => number,
  {
    parameters,
    method,
    seed,
    trials,
  }: { parameters: SweepParameters; method: ResolvedMethod; seed: number; trials: number },
): number {
  const ended: Ended[] = [];
  for (let trial = 0; trial < trials; trial++) {
    const values = configurationOf({ parameters, method, seed }, trial, ended)!;
    ended.push({ parameters: values, cost: f(values) });
  }
  return Math.min(...ended.map(({ cost }) => cost));
}

test('TPE comes nearer than random draws to the least of Branin’s function, and of one with a choice and a logarithm', () => {
  // Branin (1972): three minima of 0.397887 on [−5, 10] × [0, 15]
  const branin = ({ '/x': x, '/y': y }: Readonly<Record<string, unknown>>): number => {
    const [a, b] = [x as number, y as number];
    const bend = b - (5.1 / (4 * Math.PI ** 2)) * a ** 2 + (5 / Math.PI) * a - 6;
    return bend ** 2 + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(a) + 10;
  };
  const plane: SweepParameters = {
    '/x': { type: 'float', min: -5, max: 10 },
    '/y': { type: 'float', min: 0, max: 15 },
  };
  const mixed: SweepParameters = {
    '/rate': { type: 'float', min: 1e-6, max: 1, scale: 'log' },
    '/size': { type: 'int', min: 1, max: 64, scale: 'log' },
    '/kind': { type: 'choice', values: ['a', 'b', 'c', 'd'] },
  };
  const bowl = (values: Readonly<Record<string, unknown>>): number =>
    Math.log10((values['/rate'] as number) / 1e-3) ** 2 +
    Math.log2((values['/size'] as number) / 16) ** 2 +
    (values['/kind'] === 'c' ? 0 : 2);
  const seeds = Array.from({ length: 10 }, (_, seed) => seed);
  const median = (method: ResolvedMethod, f: typeof bowl, parameters: SweepParameters) =>
    seeds.map((seed) => leastOf(f, { parameters, method, seed, trials: 60 })).sort((a, b) => a - b)[5]!;
  const tpe: ResolvedMethod = { type: 'tpe', startTrials: 10 };
  const regret = {
    branin: median(tpe, branin, plane) - 0.397887,
    random: median({ type: 'random' }, branin, plane) - 0.397887,
  };
  assert.ok(regret.branin < regret.random / 2, JSON.stringify(regret));
  const [learnt, drawn] = [median(tpe, bowl, mixed), median({ type: 'random' }, bowl, mixed)];
  assert.ok(learnt < drawn / 2, `${learnt} vs ${drawn}`);
});

test('values are put at their pointers: lists by index, missing objects made, another type drops the fields of the former', () => {
  const spec = { optimizer: { type: 'adam', beta1: 0.9 }, model: { layers: [{ units: 1 }, { units: 2 }] } };
  assert.deepEqual(
    configured(spec, {
      '/optimizer/momentum': 0.5,
      '/optimizer/type': 'sgd',
      '/model/layers/1/units': 9,
      '/training/steps': 3,
    }),
    {
      optimizer: { type: 'sgd', momentum: 0.5 },
      model: { layers: [{ units: 1 }, { units: 9 }] },
      training: { steps: 3 },
    },
  );
  assert.deepEqual(configured({ a: { 'b/c~d': 1 } }, { '/a/b~1c~0d': null }), { a: { 'b/c~d': null } });
  for (const path of ['/model/layers/2/units', '/model/layers/-/units', '/optimizer/type/of']) {
    assert.equal(configured(spec, { [path]: 1 }), null, path);
  }
});
