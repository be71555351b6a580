/** Features under every setting: held to scikit-learn, and the same from columns as from raw rows. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeRawRows, encodeRows } from '../../../src/data/encode.js';
import { settingsOf } from '../../../src/data/features/choose.js';
import { embeddedInputs, mostEmbedded } from '../../../src/data/features/embedded.js';
import { mostInputs, widthOf } from '../../../src/data/features/index.js';
import { fitPreparation } from '../../../src/data/prepare.js';
import type { RawRow } from '../../../src/data/raw-rows.js';
import { assertClose } from '../../engine/golden.js';
import { assertRefused, columnsSpec, readContent } from '../support.js';
import { allRows, choices, content, golden, rawRows, trainRows, variants } from './variants.js';

test('clipping, imputing, scaling, encoding and dates are scikit-learn’s, to single precision', async () => {
  const { table } = await readContent(content);
  for (const { column, settings, x } of golden.cases) {
    const ignore = ['number', 'kind', 'date', 'flag'].filter((name) => name !== column);
    const dataset = columnsSpec({ target: 'y', ignore, ...settings });
    const preparation = fitPreparation({ columns: table, dataset, task: 'regression', rows: trainRows });
    const what = `${column} ${JSON.stringify(settings)}`;
    assert.equal(preparation.inputs, x[0]!.length, what);
    assertClose(encodeRows(preparation, table, allRows).x, x.flat(), what);
  }
  assert.equal(golden.cases.length, 64);
});

test('rows encode to the same bits from the columns and from raw JSON under every setting, in no more inputs than planned', async () => {
  const { table } = await readContent(content);
  const scales = Object.keys(choices.scale).map((type) => ({ scale: { type } }));
  for (const variant of variants) {
    for (const scale of scales) {
      const dataset = columnsSpec({ target: 'y', ...scale, ...variant });
      const drops = dataset.missing.type === 'drop';
      const rows = allRows.filter((row) => !drops || !Object.values(rawRows[row]!).includes(null));
      const train = rows.filter((row) => row < golden.train);
      const preparation = fitPreparation({ columns: table, dataset, task: 'regression', rows: train });
      const { x } = encodeRows(preparation, table, rows);
      const stored = JSON.parse(JSON.stringify(preparation));
      const what = JSON.stringify({ ...scale, ...variant });
      assert.deepEqual(
        encodeRawRows(
          stored,
          Array.from(rows, (row) => rawRows[row]!),
        ),
        x,
        what,
      );
      assert.equal(x.length, rows.length * preparation.inputs, what);
      assert.ok(x.every(Number.isFinite), what);
      const features = table.info.filter(({ name }) => name !== 'y');
      const { embedded = [] } = embeddedInputs(preparation.features);
      const planned = mostEmbedded(features, dataset).embedded ?? [];
      assert.deepEqual(
        embedded.map(({ width }) => width),
        planned.map(({ width }) => width),
        what,
      );
      embedded.forEach(({ column, vocabulary }, index) => {
        assert.ok(vocabulary <= planned[index]!.vocabulary, what);
        const codes = Float32Array.from(rows, (_, at) => x[at * preparation.inputs + column]!);
        assert.ok(
          codes.every((code) => Number.isInteger(code) && code >= 0 && code < vocabulary),
          what,
        );
      });
      for (const feature of preparation.features) {
        const info = table.info.find(({ name }) => name === feature.name)!;
        assert.ok(widthOf(feature) <= mostInputs(info, settingsOf(dataset, feature.name)), `${what}, ${feature.name}`);
      }
    }
  }
});

test('a column’s own settings stand for those of the dataset, and leave the other columns as they are', async () => {
  const { table } = await readContent(content);
  const fit = (more: object) => {
    const dataset = columnsSpec({ target: 'y', scale: { type: 'robust' }, ...more });
    return fitPreparation({ columns: table, dataset, task: 'regression', rows: trainRows }).features;
  };
  const [number, kind, date, flag] = fit({});
  const [ownNumber, ownKind, ...others] = fit({
    columns: { number: { scale: { type: 'none' } }, kind: { categories: { type: 'ordinal' } } },
  });
  assert.deepEqual(ownNumber, { ...number, scale: { centre: 0, width: 1 } });
  assert.ok(ownKind?.type === 'category' && ownKind.encoding.type === 'ordinal');
  assert.deepEqual({ ...ownKind, encoding: { type: 'oneHot' } }, kind);
  assert.deepEqual(others, [date, flag]);
});

test('what was dropped in training is refused by predict, named by row and field', async () => {
  const { table } = await readContent(content);
  const dataset = columnsSpec({ target: 'y', columns: { date: { missing: { type: 'drop' } } } });
  const rows = trainRows.filter((row) => rawRows[row]!.date !== null);
  const preparation = fitPreparation({ columns: table, dataset, task: 'regression', rows });
  const row: RawRow = { ...rawRows[0]!, date: 'NA' };
  const expected = 'an ISO 8601 date in a string';
  await assertRefused(async () => encodeRawRows(preparation, [rawRows[0]!, row]), 'invalid_row', {
    ...{ path: '/rows/1/date', column: 'date', expected, got: '"NA"' },
  });
  encodeRawRows(preparation, [{ ...row, date: '2024-02-29', number: null, kind: null, flag: null }]);
});
