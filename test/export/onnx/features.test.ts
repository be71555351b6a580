/** Columns prepared by ONNX: the bits that predict encodes from raw rows, under every setting, or a refusal that names the column. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Tensor } from 'onnxruntime-node';
import { encodeRawRows } from '../../../src/data/encode.js';
import { type ColumnsPreparation, fitPreparation } from '../../../src/data/prepare.js';
import { parseDate } from '../../../src/data/values.js';
import { writeColumns } from '../../../src/export/onnx/features.js';
import { OnnxGraph } from '../../../src/export/onnx/graph.js';
import { allRows, choices, content, golden, rawRows, variants } from '../../data/features/variants.js';
import { assertRefused, columnsSpec, readContent } from '../../data/support.js';
import { type Feeds, numbersOf, runOnnx } from './run.js';

type Row = (typeof rawRows)[number];

/** A row's value as the file takes it. */
const readers: Record<string, (row: Row) => number | string> = {
  number: ({ number }) => number ?? Number.NaN,
  flag: ({ flag }) => (flag === null ? Number.NaN : Number(flag)),
  date: ({ date }) => (date === null ? Number.NaN : parseDate(date)!),
  kind: ({ kind }) => kind ?? 'Nan',
};

function feedsOf({ features }: ColumnsPreparation, rows: readonly Row[]): Feeds {
  const columns = features.map(({ name, type }): [string, Tensor] => {
    const values = rows.map(readers[name]!);
    const tensor =
      type === 'category'
        ? new Tensor('string', values as string[], [rows.length, 1])
        : new Tensor('float64', Float64Array.from(values as number[]), [rows.length, 1]);
    return [name, tensor];
  });
  return Object.fromEntries(columns);
}

async function prepare(preparation: ColumnsPreparation, rows: readonly Row[]): Promise<number[]> {
  const graph = new OnnxGraph();
  graph.output('x', writeColumns(graph, preparation), { type: 'float', dims: ['rows', preparation.inputs] });
  return numbersOf((await runOnnx(graph.encode('columns', {}), feedsOf(preparation, rows)))['x']);
}

test('rows that ONNX prepares have the bits of those that predict encodes, under every setting but parts and cycles of dates', async () => {
  const { table } = await readContent(content);
  const strange = { ...rawRows[0]!, kind: 'never seen' };
  for (const variant of [...variants, { missing: { type: 'impute', indicator: true } }]) {
    for (const scale of Object.keys(choices.scale)) {
      const dataset = columnsSpec({ target: 'y', scale: { type: scale }, ...variant });
      const drops = dataset.missing.type === 'drop';
      const rows = allRows.filter((row) => !drops || !Object.values(rawRows[row]!).includes(null));
      const train = rows.filter((row) => row < golden.train);
      const preparation = fitPreparation({ columns: table, dataset, task: 'regression', rows: train });
      const what = JSON.stringify(dataset);
      if (dataset.dates.type !== 'timestamp') {
        await assertRefused(() => prepare(preparation, [strange]), 'inexpressible', { column: 'date' });
        continue;
      }
      const asked = [...Array.from(rows, (row) => rawRows[row]!), strange];
      assert.deepEqual(await prepare(preparation, asked), Array.from(encodeRawRows(preparation, asked)), what);
    }
  }
});

test('where training dropped rows without a value, one that misses it is NaN in its own inputs alone', async () => {
  const { table } = await readContent(content);
  const dataset = columnsSpec({ target: 'y', missing: { type: 'drop' } });
  const rows = allRows.filter((row) => !Object.values(rawRows[row]!).includes(null));
  const preparation = fitPreparation({ columns: table, dataset, task: 'regression', rows });
  const whole = rawRows[rows[0]!]!;
  const expected = Array.from(encodeRawRows(preparation, [whole]));
  const missing = await prepare(preparation, [{ ...whole, number: null, kind: null }]);
  const names = preparation.features.flatMap((feature) =>
    Array.from({ length: feature.type === 'category' ? feature.values.length : 1 }, () => feature.name),
  );
  assert.deepEqual(
    missing,
    expected.map((value, input) => (['number', 'kind'].includes(names[input]!) ? Number.NaN : value)),
  );
});

test('columns may be named as operators and outputs are', async () => {
  const { table } = await readContent('Concat,value,y\n1,a,3\n4,b,6\n7,a,9\n');
  const dataset = columnsSpec({ target: 'y' });
  const preparation = fitPreparation({ columns: table, dataset, task: 'regression', rows: Int32Array.of(0, 1, 2) });
  const graph = new OnnxGraph();
  graph.output('value', writeColumns(graph, preparation), { type: 'float', dims: ['rows', preparation.inputs] });
  const feeds = {
    Concat: new Tensor('float64', Float64Array.of(4), [1, 1]),
    value: new Tensor('string', ['b'], [1, 1]),
  };
  assert.deepEqual(numbersOf((await runOnnx(graph.encode('columns', {}), feeds))['value_1']), [0, 0, 1]);
});
