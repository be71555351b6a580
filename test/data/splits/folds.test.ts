/** Folds of a cross-validation: who validates where, and as many as scikit-learn has. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Column, Columns } from '../../../src/data/columns.js';
import { describeImages } from '../../../src/data/images/image-file.js';
import { splitImages } from '../../../src/data/images/prepare-images.js';
import { foldParts } from '../../../src/data/resolve-folds.js';
import { splitRows } from '../../../src/data/split.js';
import type { SplitRows } from '../../../src/data/splits/splitting.js';
import { projectRoot } from '../../../src/paths.js';
import type { TableSplit } from '../../../src/schemas/dataset-spec.js';
import { assertRefused } from '../support.js';

/** A table of classes and of what groups its rows; class −1 is missing. */
function tableOf(codes: readonly number[], groups: readonly number[] = []): Columns {
  const classes = Math.max(...codes) + 1;
  const values = Array.from({ length: classes }, (_, code) => `class ${code}`);
  const y: Column = { type: 'category', codes: Int32Array.from(codes), values };
  const by: Column = { type: 'number', values: Float64Array.from(groups) };
  const info = { name: 'y', type: 'category', missing: 0, distinct: classes, values } as const;
  return {
    rowCount: codes.length,
    info: [{ ...info, values: [...values] }],
    column: (name) => (name === 'y' ? y : by),
    slice: () => y,
  };
}

const random = (folds: number, { test = 0, stratify = true } = {}) =>
  ({ type: 'random', folds, validation: 0, test, stratify }) as const;
const partsOf = (table: Columns, split: TableSplit, fold: number | null, seed = 1): SplitRows =>
  splitRows(table, { dataset: { target: 'y', split }, task: 'classification', seed, fold });
const runsOf = (table: Columns, split: TableSplit & { folds: number }, seed?: number) =>
  Array.from({ length: split.folds }, (_, fold) => partsOf(table, split, fold, seed));
const ascending = (rows: readonly number[]) => rows.toSorted((a, b) => a - b);

/** What holds of any folds; answers the runs. */
function checkRuns(table: Columns, split: TableSplit & { folds: number }, seed: number): SplitRows[] {
  const { train, validation, dropped } = partsOf(table, split, null, seed);
  assert.equal(validation.length, 0);
  const runs = runsOf(table, split, seed);
  assert.deepEqual(ascending(runs.flatMap((run) => [...run.validation])), [...train]);
  for (const run of runs) {
    assert.deepEqual(ascending([...run.train, ...run.validation]), [...train]);
    assert.deepEqual([...run.train], ascending([...run.train]));
    assert.equal(run.test.length, 0);
    assert.equal(run.dropped, dropped);
  }
  assert.deepEqual(runsOf(table, split, seed), runs);
  return runs;
}

test('a row that does not test validates in one run and trains in all others; runs are as large as was planned', () => {
  const request = fc.record({
    codes: fc.array(fc.integer({ min: -1, max: 1 }), { minLength: 1, maxLength: 200 }),
    folds: fc.integer({ min: 2, max: 5 }),
    seed: fc.maxSafeNat(),
  });
  fc.assert(
    fc.property(request, ({ codes, folds, seed }) => {
      const table = tableOf([0, 1, 0, 1, 0, 1, ...codes]); // 2 of each train, so that no run lacks one
      const split = random(folds, { test: 0.2 });
      const train = partsOf(table, split, null, seed).train.length;
      const most = foldParts({ train, validation: 0, test: 0 }, folds);
      for (const run of checkRuns(table, split, seed)) {
        assert.ok(run.train.length <= most.train && run.validation.length <= most.validation);
      }
    }),
  );
});

test('no group is in both parts of a run, and folds differ by one group at most', () => {
  const request = fc.record({
    of: fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 40, maxLength: 200 }),
    folds: fc.integer({ min: 2, max: 4 }),
    seed: fc.maxSafeNat(),
  });
  fc.assert(
    fc.property(request, ({ of, folds, seed }) => {
      const groups = [...Array(8).keys(), ...of];
      const split = { type: 'grouped', column: 'by', folds, validation: 0, test: 0.25 } as const;
      const table = tableOf(
        groups.map((_, row) => row % 2),
        groups,
      );
      const counts = checkRuns(table, split, seed).map(({ train, validation }) => {
        const [learnt, held] = [train, validation].map((part) => new Set([...part].map((row) => groups[row])));
        for (const group of held!) assert.ok(!learnt!.has(group));
        return held!.size;
      });
      assert.ok(Math.max(...counts) - Math.min(...counts) <= 1, `${counts}`);
    }),
  );
});

test('folds are as large as scikit-learn’s, and have as many rows of each class', () => {
  const file = readFileSync(join(projectRoot, 'test/fixtures/golden/splits.json'), 'utf8');
  const golden: { folds: { sizes: number[]; count: number; parts: number[][] }[] } = JSON.parse(file);
  for (const { sizes, count, parts } of golden.folds) {
    const codes = sizes.flatMap((size, code) => Array<number>(size).fill(code));
    const runs = runsOf(tableOf(codes), random(count, { stratify: sizes.length > 1 }));
    const counts = runs.map(({ validation }) =>
      sizes.map((_, code) => validation.filter((row) => codes[row] === code).length),
    );
    // Which fold has one more of a class follows from the order of classes, which is theirs only of first appearances.
    const sorted = (folds: number[][]) => sizes.map((_, code) => folds.map((fold) => fold[code]!).toSorted());
    assert.deepEqual(sorted(counts), sorted(parts), `${sizes} in ${count}`);
    const total = (folds: number[][]) => folds.map((fold) => fold.reduce((sum, rows) => sum + rows, 0));
    assert.deepEqual(total(counts), total(parts), `${sizes} in ${count}`);
  }
  assert.equal(golden.folds.length, 18);
});

test('a class of one row stays in training, and an image that is given to test is in no fold', () => {
  const lone = runsOf(tableOf([0, 0, 0, 0, 0, 0, 1]), random(3, { stratify: false }));
  for (const { train } of lone) assert.ok([...train].includes(6));

  const labels = Uint8Array.from({ length: 20 }, (_, row) => row % 2);
  const contents = describeImages({ shape: [1, 1, 1], classes: ['a', 'b'], labels, testRowCount: 8 });
  const images = { contents, labels, pixels: new Uint8Array(20) };
  const split = { type: 'given', folds: 3, validation: 0, stratify: true } as const;
  const held = [0, 1, 2].map((fold) => [...splitImages(images, { split, seed: 1, fold }).validation]);
  const { train, test: tested } = splitImages(images, { split, seed: 1 });
  assert.equal(tested.length, 8);
  assert.deepEqual(ascending(held.flat()), [...train]);
});

test('too few rows for a fold that only the run can see are refused as such', async () => {
  await assertRefused(async () => runsOf(tableOf([0, 1, -1, -1, -1]), random(2)), 'too_few_rows', {
    path: '/dataset/split/folds',
  });
});
