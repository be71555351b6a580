/** Temperatures and intervals against SciPy and NumPy (fixtures/golden/baseline.py); what features add, by hand. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { NumberFeature } from '../../src/data/features/number-features.js';
import { projectRoot } from '../../src/paths.js';
import { intervalOf, residualQuantiles } from '../../src/run/baseline/residuals.js';
import { fitTemperature, tempered } from '../../src/run/baseline/temperature.js';
import { explain } from '../../src/run/explain.js';
import { assertClose } from '../engine/golden.js';

interface Golden {
  temperatures: { classes: number; logits: number[]; target: number[]; temperature: number }[];
  residuals: number[];
  intervals: { share: number; ends: [number, number] }[];
  exact: { share: number; ends: [number, number] }[];
}
const golden = JSON.parse(readFileSync(join(projectRoot, 'test/fixtures/golden/baseline.json'), 'utf8')) as Golden;

test('a temperature is SciPy’s within 1e-5, whether the model is too sure, not sure enough, or neither', () => {
  for (const { classes, logits, target, temperature } of golden.temperatures) {
    assertClose([fitTemperature(Float32Array.from(logits), target)], [temperature], `of ${classes} classes`);
  }
});

test('a model that is always right, or knows nothing, has a temperature at the end of what is looked at', () => {
  assertClose([fitTemperature(Float32Array.of(1, 0, 0, 1), [0, 1])], [0.05], 'right');
  assertClose([fitTemperature(Float32Array.of(1, 0, 1, 0), [0, 1])], [20], 'right half of the time');
});

test('probabilities at a temperature are those of logits divided by it, and still tell what has none', () => {
  const logits = [2, -1, 0.5];
  const softmax = (values: number[]) => {
    const sum = values.reduce((total, value) => total + Math.exp(value), 0);
    return values.map((value) => Math.exp(value) / sum);
  };
  const [raw, expected] = [softmax(logits), softmax(logits.map((logit) => logit / 2.5))];
  assertClose(tempered(Float32Array.from(raw), 2.5), expected, 'tempered');
  assert.deepEqual([...tempered(Float32Array.of(1, 0), 3)], [1, 0]);
});

test('an interval is NumPy’s quantiles of the residuals, exactly at thousandths and linear between them', () => {
  const quantiles = residualQuantiles(Float64Array.from(golden.residuals));
  for (const { share, ends } of golden.intervals) assertClose(intervalOf(quantiles, share), ends, String(share));
  for (const { share, ends } of golden.exact) assertClose(intervalOf(quantiles, share), ends, String(share));
});

const feature = (name: string): NumberFeature => ({
  ...{ name, type: 'number', fill: 0, indicator: false, bounds: null },
  scale: { type: 'none' } as unknown as NumberFeature['scale'],
});
const features = ['a', 'b', 'c'].map(feature);
const explained = (answer: (a: number, b: number, c: number) => number, x: number[], means: number[]) => {
  const predict = (batch: Float32Array | Int32Array, rows: number) =>
    Float32Array.from({ length: rows }, (_, row) => answer(batch[row * 3]!, batch[row * 3 + 1]!, batch[row * 3 + 2]!));
  const of = {
    x: Float32Array.from(x),
    means: Float32Array.from(means),
    scoreOf: (outputs: Float32Array) => outputs[0]!,
  };
  return explain({ predict }, { features }, of);
};

test('of a linear model a feature adds its weight times how far it is from the mean', () => {
  const { baseline, contributions } = explained((a, b, c) => 2 * a - 3 * b + c + 5, [1, 2, 3], [0.5, 1, 3]);
  assertClose([baseline], [2 * 0.5 - 3 + 3 + 5], 'baseline');
  assert.deepEqual(
    [...contributions],
    [
      ['a', 1],
      ['b', -3],
      ['c', 0],
    ],
  );
});

test('two features that act together share alike, and contributions sum to the answer', () => {
  const { baseline, contributions } = explained((a, b, c) => a * b + c, [2, 3, 7], [0, 0, 1]);
  assert.deepEqual(
    [...contributions],
    [
      ['a', 3],
      ['b', 3],
      ['c', 6],
    ],
  );
  const odd = explained((a, b, c) => Math.exp(a * b) - c * a, [1, 0.5, 2], [0.1, 0.2, 0.3]);
  const sum = [...odd.contributions.values()].reduce((total, value) => total + value, odd.baseline);
  assertClose([sum], [Math.exp(0.5) - 2], 'sum');
  assert.notEqual(baseline, odd.baseline);
});
