/** Splits by groups, times and a column, and the proportions of scikit-learn's. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Column, Columns } from '../../../src/data/columns.js';
import { splitRows } from '../../../src/data/split.js';
import { strataShares } from '../../../src/data/splits/random.js';
import type { SplitRows } from '../../../src/data/splits/splitting.js';
import { projectRoot } from '../../../src/paths.js';
import type { TableSplit } from '../../../src/schemas/dataset-spec.js';
import { readContent } from '../support.js';

const share = fc.integer({ min: 0, max: 45 }).map((percent) => percent / 100);
const parts = ({ train, validation, test }: SplitRows) => [train, validation, test];
/** NaN: the row has no target. */
const targets = fc.array(fc.constantFrom(1, 2, Number.NaN), { minLength: 1, maxLength: 200 });

function tableOf(y: readonly number[], by: Column): Columns {
  const target: Column = { type: 'number', values: Float64Array.from(y) };
  return { rowCount: y.length, info: [], column: (name) => (name === 'y' ? target : by), slice: () => by };
}
const splitTable = (table: Columns, split: TableSplit, seed = 1) =>
  splitRows(table, { dataset: { target: 'y', split }, task: 'regression', seed });

test('no group is in two parts; the parts have their shares of the groups, and every row with a target is in one', () => {
  fc.assert(
    fc.property(
      targets,
      fc.integer({ min: 1, max: 30 }),
      share,
      share,
      fc.maxSafeNat(),
      (y, most, validation, tests, seed) => {
        const groups = y.map((_, row) => (7 * row * row) % most);
        const split = { type: 'grouped', folds: null, column: 'by', validation, test: tests } as const;
        const table = tableOf(y, { type: 'number', values: Float64Array.from(groups) });
        const rows = splitTable(table, split, seed);
        const groupsOf = parts(rows).map((part) => new Set(Array.from(part, (row) => groups[row]!)));
        const all = new Set(y.flatMap((value, row) => (Number.isNaN(value) ? [] : [groups[row]!])));
        assert.equal(
          groupsOf.reduce((sum, { size }) => sum + size, 0),
          all.size,
        );
        assert.deepEqual(
          [groupsOf[1]!.size, groupsOf[2]!.size],
          [validation, tests].map((part) => Math.round(part * all.size)),
        );
        const used = parts(rows).flatMap((part) => [...part]);
        assert.deepEqual(
          used.toSorted((a, b) => a - b),
          [...y.keys()].filter((row) => !Number.isNaN(y[row]!)),
        );
        assert.equal(rows.dropped, y.length - used.length);
        assert.deepEqual(splitTable(table, split, seed), rows);
      },
    ),
  );
});

test('groups may be texts, dates, categories and booleans alike', async () => {
  const lines = Array.from({ length: 60 }, (_, row) => {
    const group = row % 40;
    const date = `2024-0${1 + Math.floor(group / 20)}-${10 + (group % 20)}`;
    return `who am I but number ${group} of them,${date},k${row % 6},${row}`;
  });
  const { table } = await readContent(['text,date,kind,y', ...lines].join('\n'));
  assert.deepEqual(
    table.info.map(({ type }) => type),
    ['text', 'date', 'category', 'number'],
  );
  const [byText, byDate, byKind] = ['text', 'date', 'kind'].map((column) =>
    splitTable(table, { type: 'grouped', folds: null, column, validation: 0.25, test: 0.25 }),
  );
  assert.deepEqual(byDate, byText);
  for (const part of parts(byText!)) assert.ok(part.length >= 10);
  for (const part of parts(byKind!))
    assert.equal(new Set(part.map((row) => row % 6)).size, part === byKind!.train ? 2 : 2);
});

test('by time, every row that trains is before those that validate, and they before those that test', () => {
  fc.assert(
    fc.property(targets, share, share, (y, validation, tests) => {
      const times = y.map((_, row) => (13 * row) % 50);
      const table = tableOf(y, { type: 'date', values: Float64Array.from(times) });
      const rows = splitTable(table, { type: 'time', column: 'by', validation, test: tests });
      const total = y.filter((value) => !Number.isNaN(value)).length;
      assert.deepEqual(
        [rows.validation.length, rows.test.length],
        [Math.round(validation * total), Math.round(tests * total)],
      );
      const bounds = parts(rows).map((part) => Array.from(part, (row) => times[row]!));
      for (const [before, after] of [
        [bounds[0]!, bounds[1]!],
        [bounds[1]!, bounds[2]!],
        [bounds[0]!, bounds[2]!],
      ] as const)
        assert.ok(Math.max(...before) <= Math.min(...after));
    }),
  );
});

test('a column of parts puts each row with a target where it says', async () => {
  const { table } = await readContent('part,y\ntest,1\ntrain,2\nvalidation,3\ntrain,\ntrain,5\ntest,6\n');
  const split = { type: 'column', column: 'part' } as const;
  const rows = splitRows(table, { dataset: { target: 'y', split }, task: 'regression', seed: 1 });
  assert.deepEqual(
    parts(rows).map((part) => [...part]),
    [[1, 4], [2], [0, 5]],
  );
  assert.equal(rows.dropped, 1);
});

test('rows that miss a value that each must have are in no part', async () => {
  const { table } = await readContent('n,k,y\n1,a,1\n,b,2\n3,,3\n4,d,4\n5,e,5\n');
  const split = { type: 'random', folds: null, validation: 0.25, test: 0.25, stratify: true } as const;
  const of = (complete: string[]) =>
    parts(splitRows(table, { dataset: { target: 'y', split }, complete, task: 'regression', seed: 1 }))
      .flatMap((part) => [...part])
      .toSorted((a, b) => a - b);
  assert.deepEqual(of(['n']), [0, 2, 3, 4]);
  assert.deepEqual(of(['n', 'k']), [0, 3, 4]);
});

test('proportions are those of scikit-learn to a row of each class, and to a group', () => {
  const file = readFileSync(join(projectRoot, 'test/fixtures/golden/splits.json'), 'utf8');
  const golden: {
    stratified: { sizes: number[]; share: number; test: number[] }[];
    grouped: { groups: number; share: number; test: number }[];
  } = JSON.parse(file);
  for (const { sizes, share, test: expected } of golden.stratified) {
    const ours = strataShares(sizes, { validation: 0, test: share });
    ours.forEach((part, stratum) => {
      assert.ok(Math.abs(part.test - expected[stratum]!) <= 1, `${sizes}, ${share}: ${part.test} of class ${stratum}`);
    });
  }
  for (const { groups, share, test: expected } of golden.grouped) {
    const y = Array.from({ length: 3 * groups }, () => 1);
    const values = Float64Array.from(y.keys(), (row) => row % groups);
    const rows = splitTable(tableOf(y, { type: 'number', values }), {
      type: 'grouped',
      folds: null,
      column: 'by',
      validation: 0,
      test: share,
    });
    assert.ok(Math.abs(rows.test.length / 3 - expected) <= 1, `${groups}, ${share}: ${rows.test.length / 3}`);
  }
  assert.deepEqual([golden.stratified.length, golden.grouped.length], [20, 12]);
});
