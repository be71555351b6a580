/** Balanced classes: how often each row comes, and how many rows a plan counts. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { balancedCount, balanceRows } from '../../src/data/balance.js';
import { resolveDatasetSpec } from '../../src/data/resolve.js';
import { splitRows } from '../../src/data/split.js';
import { readClasses } from '../../src/data/target.js';
import { assertRefused, columnsSpec, readContent } from './support.js';

const classesOf = (values: readonly number[]) => ({ classes: ['a', 'b', 'c'], values: Float64Array.from(values) });
const labels = fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 100 });

/** How often each row is among the given ones. */
function timesOf(rows: Int32Array): Map<number, number> {
  const times = new Map<number, number>();
  for (const row of rows) times.set(row, (times.get(row) ?? 0) + 1);
  return times;
}

test('every class gets as many rows as the largest or the smallest has; its own rows come equally often, to one', () => {
  fc.assert(
    fc.property(labels, fc.constantFrom('oversample', 'undersample'), fc.maxSafeNat(), (values, type, seed) => {
      const rows = Int32Array.from(values.keys()).filter((row) => row % 5 !== 4 || values.length < 5);
      const balanced = balanceRows(rows, classesOf(values), { type }, seed);
      assert.deepEqual(balanced, balanced.toSorted());
      assert.deepEqual(balanceRows(rows, classesOf(values), { type }, seed), balanced);
      const times = timesOf(balanced);
      const sizes = [0, 1, 2].map((label) => rows.filter((row) => values[row] === label).length).filter((n) => n > 0);
      const size = type === 'oversample' ? Math.max(...sizes) : Math.min(...sizes);
      for (const label of [0, 1, 2]) {
        const own = rows.filter((row) => values[row] === label);
        const often = Array.from(own, (row) => times.get(row) ?? 0);
        if (own.length === 0) continue;
        assert.equal(
          often.reduce((sum, n) => sum + n, 0),
          size,
        );
        assert.ok(Math.max(...often) - Math.min(...often) <= 1);
      }
      assert.ok([...times.keys()].every((row) => rows.includes(row)));
    }),
  );
});

test('which rows are drawn depends on the seed', () => {
  const values = Array.from({ length: 60 }, (_, row) => (row < 50 ? 0 : 1));
  const draw = (seed: number) =>
    balanceRows(Int32Array.from(values.keys()), classesOf(values), { type: 'undersample' }, seed);
  assert.equal(draw(1).length, 20);
  assert.notDeepEqual(draw(1), draw(2));
});

test('a plan counts the rows that train exactly where classes are split by share, and at least those elsewhere', async () => {
  const lines = Array.from(
    { length: 200 },
    (_, row) => `${row % 17},${row % 10 < 7 ? 'a' : row % 10 < 9 ? 'b' : 'c'},${row}`,
  );
  const { table } = await readContent(['x,y,g', ...lines].join('\n'));
  const splits = [
    { type: 'random' },
    { type: 'random', stratify: false },
    { type: 'grouped', column: 'x' },
    { type: 'time', column: 'g' },
  ] as const;
  for (const type of ['oversample', 'undersample'] as const) {
    for (const split of splits) {
      const spec = columnsSpec({ target: 'y', split, balance: { type } });
      const planned = resolveDatasetSpec(table.info, table.rowCount, spec, 'auto').rows.train;
      const { train } = splitRows(table, { dataset: spec, task: 'classification', seed: 3 });
      const rows = balanceRows(train, readClasses(table, 'y'), spec.balance, 3).length;
      const isExact = split.type === 'random' && !('stratify' in split);
      if (isExact) assert.equal(planned, rows);
      else assert.ok(planned >= rows && planned <= 3 * 140, `${split.type}: ${planned} for ${rows}`);
    }
  }
});

test('without counts of the classes, a plan takes each for as large as the whole', () => {
  const split = { type: 'random', folds: null, validation: 0.2, test: 0.2, stratify: true } as const;
  const facts = { split, rows: 60, counts: undefined, classes: 3 };
  assert.equal(balancedCount({ type: 'oversample' }, facts), 180);
  assert.equal(balancedCount({ type: 'none' }, facts), 60);
});

test('quantities are not balanced', async () => {
  const { table } = await readContent(['x,y', ...Array.from({ length: 40 }, (_, row) => `${row},${row}.5`)].join('\n'));
  const spec = columnsSpec({ target: 'y', balance: { type: 'oversample' } });
  await assertRefused(async () => resolveDatasetSpec(table.info, 40, spec, 'auto'), 'unsuitable_field', {
    ...{ path: '/dataset/balance/type', expected: 'none', got: 'oversample' },
  });
});
