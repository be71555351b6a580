/** Distances of samples against SciPy and NumPy (fixtures/golden/drift.py), and what is kept of columns. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { projectRoot } from '../../src/paths.js';
import { kolmogorovSmirnov, stabilityIndex, stabilityOfNumbers } from '../../src/run/drift/measures.js';
import { columnStatistics, fieldOf, merged } from '../../src/run/drift/statistics.js';
import { assertClose } from '../engine/golden.js';

interface Golden {
  numbers: { name: string; before: number[]; now: number[]; ks: number; psi: number }[];
  counts: { before: number[]; now: number[]; psi: number }[];
}
const golden = JSON.parse(readFileSync(join(projectRoot, 'test/fixtures/golden/drift.json'), 'utf8')) as Golden;

test('the statistic of Kolmogorov and Smirnov is SciPy’s, ties included', () => {
  for (const { name, before, now, ks } of golden.numbers) assertClose([kolmogorovSmirnov(before, now)], [ks], name);
});

test('the stability index is that of NumPy’s histograms between tenths, and of counts', () => {
  for (const { name, before, now, psi } of golden.numbers) assertClose([stabilityOfNumbers(before, now)], [psi], name);
  for (const { before, now, psi } of golden.counts) assertClose([stabilityIndex(before, now)], [psi], 'counts');
});

test('a field is a number, a time, a category without space around it and cut, or missing', () => {
  const long = `${'x'.repeat(99)}😀`;
  const fields: [string, unknown, unknown][] = [
    ['number', 1.5, 1.5],
    ['date', '1970-01-02', 86_400_000],
    ['boolean', true, 'true'],
    ['category', ' Dream\t', 'Dream'],
    ['category', 'a\0b', 'a\uFFFDb'],
    ['category', long, `${'x'.repeat(99)}\uFFFD`],
    ['category', 'NA', null],
    ['number', null, null],
    ['number', undefined, null],
  ];
  for (const [type, value, expected] of fields)
    assert.equal(fieldOf(type, value), expected, `${type} ${String(value)}`);
});

test('columns counted apart are as if they had been counted together, and numbers are thinned at equal steps', () => {
  const [some, more] = [
    [3, null, 1],
    [2, 2],
  ];
  assert.deepEqual(merged([columnStatistics(some), columnStatistics(more)]), columnStatistics([...some, ...more]));
  const words = merged([columnStatistics(['a', 'b', null]), columnStatistics(['b'])]);
  assert.deepEqual(words, {
    missing: 1,
    present: 3,
    values: [
      ['a', 1],
      ['b', 2],
    ],
  });
  const { numbers } = columnStatistics(
    Array.from({ length: 101 }, (_, at) => 100 - at),
    11,
  );
  assert.deepEqual(numbers, [0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100]);
});
