import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Columns } from '../../../src/data/columns.js';
import { splitRows } from '../../../src/data/split.js';
import type { SplitRows } from '../../../src/data/splits/splitting.js';

/** A table of one category column; code −1 is missing. */
function tableOf(codes: readonly number[], values: readonly string[]): Columns {
  const column = { type: 'category', codes: Int32Array.from(codes), values } as const;
  const info = { name: 'target', type: 'category', missing: 0, distinct: values.length, values: [...values] } as const;
  return {
    rowCount: codes.length,
    info: [{ ...info, values: [...values] }],
    column: () => column,
    slice: () => column,
  };
}

const split = (
  codes: readonly number[],
  classes: number,
  { validation = 0.2, test = 0.2, stratify = true, seed = 1 } = {},
) =>
  splitRows(
    tableOf(
      codes,
      Array.from({ length: classes }, (_, code) => `class ${code}`),
    ),
    {
      dataset: { target: 'target', split: { type: 'random', folds: null, validation, test, stratify } },
      task: 'classification',
      seed,
    },
  );

const parts = ({ train, validation, test }: SplitRows) => [train, validation, test];
const share = fc.integer({ min: 0, max: 45 }).map((percent) => percent / 100);
const request = fc.record({
  classes: fc.integer({ min: 2, max: 6 }),
  codes: fc.array(fc.integer({ min: -1, max: 5 }), { minLength: 1, maxLength: 300 }),
  validation: share,
  test: share,
  stratify: fc.boolean(),
  seed: fc.maxSafeNat(),
});

test('each row with a target is in exactly one part, in ascending order, and the same seed gives the same parts', () => {
  fc.assert(
    fc.property(request, ({ classes, codes, ...options }) => {
      const known = codes.map((code) => Math.min(code, classes - 1));
      const rows = split(known, classes, options);
      const all = parts(rows).flatMap((part) => [...part]);
      assert.deepEqual(
        all.toSorted((a, b) => a - b),
        known.flatMap((code, row) => (code < 0 ? [] : [row])),
      );
      assert.equal(rows.dropped, codes.length - all.length);
      for (const part of parts(rows)) assert.deepEqual(part, part.toSorted());
      assert.deepEqual(split(known, classes, options), rows);
    }),
  );
});

test('train has a row of every class that has one, stratified or not', () => {
  fc.assert(
    fc.property(request, ({ classes, codes, ...options }) => {
      const known = codes.map((code) => Math.min(code, classes - 1));
      const { train } = split(known, classes, options);
      const present = new Set(known.filter((code) => code >= 0));
      assert.deepEqual(new Set(Array.from(train, (row) => known[row]!)), present);
    }),
  );
});

test('stratified: train has every class; each class has floor or ceiling of its share, unless train would have none; the parts have theirs to a row', () => {
  fc.assert(
    fc.property(request, ({ classes, codes, validation, test, seed }) => {
      const known = codes.map((code) => Math.min(code, classes - 1));
      const rows = split(known, classes, { validation, test, seed });
      const count = (part: Int32Array, code: number) => part.filter((row) => known[row] === code).length;
      let roomy = true;
      for (let code = 0; code < classes; code++) {
        const size = known.filter((other) => other === code).length;
        if (size === 0) continue;
        const inTrain = count(rows.train, code);
        assert.ok(inTrain >= 1);
        roomy &&= inTrain > 1;
        for (const [part, wanted] of [
          [rows.validation, validation * size],
          [rows.test, test * size],
        ] as const) {
          const got = count(part, code);
          assert.ok(got <= Math.floor(wanted) + 1);
          if (inTrain > 1) assert.ok(got >= Math.floor(wanted));
        }
      }
      const total = known.filter((code) => code >= 0).length;
      if (roomy) {
        assert.equal(rows.validation.length, Math.round(validation * total));
        assert.equal(rows.test.length, Math.round(test * total));
      }
    }),
  );
});

test('without stratification the parts have exactly their rounded shares', () => {
  const codes = Array.from({ length: 103 }, (_, row) => row % 3);
  const rows = split(codes, 3, { stratify: false, validation: 0.2, test: 0.1 });
  assert.deepEqual(
    parts(rows).map(({ length }) => length),
    [72, 21, 10],
  );
});

test('each of 60 rows falls into a quarter for test about 100 times in 400 seeds: within 5 σ = 43', () => {
  const counts = new Array<number>(60).fill(0);
  for (let seed = 0; seed < 400; seed++) {
    for (const row of split(
      counts.map((_, row) => row % 2),
      2,
      { validation: 0, test: 0.25, seed },
    ).test)
      counts[row]!++;
  }
  for (const count of counts) assert.ok(Math.abs(count - 100) < 5 * Math.sqrt(400 * 0.25 * 0.75), String(counts));
});
