import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { fitPreparation } from '../../src/data/prepare.js';
import { columnsSpec, exampleFacts, exampleFile, readContent } from './support.js';

test('means and deviations of the given rows are within 1e-13 of exact sums; categories and fills are exact', async () => {
  const cases = [
    { name: 'penguins', target: 'species', task: 'classification', ignore: [] },
    { name: 'mpg', target: 'mpg', task: 'regression', ignore: ['name'] },
  ] as const;
  for (const { name, target, task, ignore } of cases) {
    const { table } = await readContent(await readFile(exampleFile(name)));
    const rows = Int32Array.from({ length: Math.ceil(table.rowCount / 2) }, (_, index) => 2 * index);
    const preparation = fitPreparation({ columns: table, dataset: columnsSpec({ target, ignore }), task, rows });
    const exact = new Map((await exampleFacts(name)).evenRows.map((fitted) => [fitted.name, fitted]));
    const near = (got: number, expected: number) =>
      assert.ok(Math.abs(got / expected - 1) < 1e-13, `${got} vs ${expected}`);
    for (const feature of preparation.features) {
      const fitted = exact.get(feature.name)!;
      if (feature.type === 'category') {
        assert.deepEqual(feature.values, fitted.values);
        assert.equal(feature.values[feature.fill!], fitted.mostFrequent);
      } else if (feature.type === 'number') {
        near(feature.fill!, fitted.mean!);
        near(feature.scale.centre, fitted.mean!);
        near(feature.scale.width, fitted.deviation!);
      } else assert.fail(`${feature.name} is a ${feature.type}`);
    }
    if (preparation.target.type === 'regression') {
      near(preparation.target.mean, exact.get(target)!.mean!);
      near(preparation.target.deviation, exact.get(target)!.deviation!);
    } else assert.deepEqual(preparation.target.classes, exact.get(target)!.values);
    assert.deepEqual(preparation.unused, [target, ...ignore]);
    assert.equal(preparation.inputs, 9);
    assert.deepEqual(JSON.parse(JSON.stringify(preparation)), preparation, 'plain JSON');
  }
});

test('only the given rows are looked at: constants, absent values and ties among them give finite, stated results', async () => {
  const { table } = await readContent('n,c,b,late,y\n0.1,b,false,,1\n0.1,a,true,,2\n0.1,,,,10\n99,z,true,5,3\n');
  const { features, target } = fitPreparation({
    columns: table,
    dataset: columnsSpec({ target: 'y' }),
    task: 'classification',
    rows: Int32Array.of(0, 1, 2),
  });
  const [n, c, b, late] = features;
  assert.ok(n?.type === 'number' && Math.abs(n.scale.centre - 0.1) < 1e-16 && n.scale.width === 1);
  const plain = { indicator: false };
  const encoding = { type: 'oneHot' };
  assert.deepEqual(c, { name: 'c', type: 'category', values: ['a', 'b'], others: -1, fill: 0, ...plain, encoding });
  assert.deepEqual(b, { name: 'b', type: 'boolean', fill: 0, ...plain });
  const scale = { centre: 0, width: 1 };
  assert.deepEqual(late, { name: 'late', type: 'number', bounds: null, fill: 0, ...plain, scale });
  assert.deepEqual(
    target,
    { type: 'classification', name: 'y', classes: ['1', '2', '10'] },
    'of the given rows, in the order of numbers',
  );
});
