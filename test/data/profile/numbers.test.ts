import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { binNumbers, describeNumbers } from '../../../src/data/profile/numbers.js';
import { quantilesOf, selectRanks } from '../../../src/data/quantiles.js';
import { openExample, profileFacts } from './support.js';

const facts = await profileFacts();

test('moments, quantiles, histograms and fences are those of NumPy and SciPy, to 1e-12', async () => {
  for (const table of ['penguins', 'mpg'] as const) {
    const columns = await openExample(table);
    for (const { name } of columns.info) {
      const expected = facts.numbers[name];
      const column = columns.column(name);
      if (!expected || column.type !== 'number') continue;
      assertNear(describeNumbers(column.values)!.profile, expected, name);
    }
  }
});

test('selected ranks hold what sorting puts there', () => {
  const values = fc.array(fc.oneof(fc.double({ noNaN: true }), fc.integer({ min: 0, max: 3 })), {
    minLength: 1,
    maxLength: 300,
  });
  fc.assert(
    fc.property(values, fc.array(fc.nat(), { maxLength: 8 }), (list, places) => {
      const ranks = [...new Set(places.map((place) => place % list.length))].sort((a, b) => a - b);
      const selected = Float64Array.from(list);
      selectRanks(selected, ranks);
      const sorted = Float64Array.from(list).sort();
      for (const rank of ranks) assert.ok(selected[rank] === sorted[rank], `rank ${rank}`);
      assert.deepEqual(selected.sort(), sorted, 'nothing is lost');
    }),
  );
});

test('a million equal, rising, falling or alternating values are selected from in a bounded number of passes', () => {
  const rows = 1_000_000;
  for (const [name, at] of Object.entries({
    equal: () => 1,
    rising: (row: number) => row,
    falling: (row: number) => -row,
    alternating: (row: number) => row % 2,
  })) {
    const values = Float64Array.from({ length: rows }, (_, row) => at(row));
    const expected = values.slice().sort()[((rows - 1) / 4) | 0];
    assert.ok(Math.abs(quantilesOf(values, [0.25])[0]! - expected!) <= 1, name);
  }
});

test('a value is in the first bin whose edge it does not pass, a missing one in none', () => {
  const finite = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 });
  fc.assert(
    fc.property(
      fc.array(finite, { maxLength: 19 }),
      fc.array(fc.option(finite, { nil: Number.NaN })),
      (unsorted, values) => {
        const edges = [...new Set(unsorted)].sort((a, b) => a - b);
        const expected = values.map((value) => {
          const bin = edges.findIndex((edge) => value <= edge);
          return Number.isNaN(value) ? -1 : bin < 0 ? edges.length : bin;
        });
        assert.deepEqual(
          [...binNumbers(Float64Array.from([...values, ...edges]), edges)],
          [...expected, ...edges.keys()],
        );
      },
    ),
  );
});

test('a column without values has no profile; one value is all of its quantiles', () => {
  assert.equal(describeNumbers(Float64Array.of(Number.NaN, Number.NaN)), null);
  const { profile } = describeNumbers(Float64Array.of(Number.NaN, 3))!;
  assert.deepEqual([...new Set(Object.values(profile.quantiles))], [3]);
  assert.deepEqual([profile.skewness, profile.outliers.count, profile.histogram.counts[0]], [0, 0, 1]);
});

/** Every number within 1e-12 of the expected one, relatively. */
function assertNear(got: unknown, expected: unknown, path: string): void {
  if (typeof expected === 'number') {
    const bound = 1e-12 * Math.max(1, Math.abs(expected));
    assert.ok(
      typeof got === 'number' && Math.abs(got - expected) <= bound,
      `${path}: expected ${expected}, got ${got}`,
    );
    return;
  }
  for (const [key, value] of Object.entries(expected as object)) {
    assertNear((got as Record<string, unknown>)[key], value, `${path}.${key}`);
  }
}
