/** What the program `trainyard` draws and reads, without a service. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chart } from '../../clients/typescript/src/cli/chart.js';
import { progressLine } from '../../clients/typescript/src/cli/progress-line.js';
import { batchesOf, rowsOfJson, rowsOfTable } from '../../clients/typescript/src/cli/rows.js';

test('a chart has the greatest value on top, steps from left to right, and a mark for each series', () => {
  const falling = [0, 1, 2, 3].map((step) => [step * 10, 3 - step] as const);
  const series = [
    { name: 'falling', points: falling },
    { name: 'level', points: [[0, 0] as const] },
  ];
  assert.deepEqual(chart(series, { width: 16, height: 4 }).split('\n'), [
    '3 │•',
    '2 │    •',
    '1 │        •',
    '0 │+           •',
    '  └─────────────',
    '   step 0     30',
    '   • falling   + level',
  ]);
});

test('a chart of one value is drawn', () => {
  assert.match(chart([{ name: 'once', points: [[5, 0.25]] }], { width: 20, height: 2 }), /^0\.25 │\n0\.25 │•\n/);
});

test('a progress line fits into 80 columns, and names the time left only while the job runs', () => {
  const progress = {
    percent: 50,
    epoch: 3,
    step: 500,
    totalSteps: 1000,
    stepsPerSecond: 5,
    etaSeconds: 3725,
    updatedAt: '',
  };
  const running = progressLine({ state: 'running', progress });
  assert.match(running, /^running (█+)░+ {2}50 % {2}epoch 3, step 500 of 1000, 1 h 2 min left$/);
  assert.ok(running.length <= 80);
  assert.doesNotMatch(progressLine({ state: 'paused', progress }), /left/);
  assert.equal(progressLine({ state: 'queued', progress: null }), 'queued');
});

const features = [
  { name: 'size', type: 'number' },
  { name: 'city', type: 'category' },
  { name: 'flat', type: 'boolean' },
];

test('rows of CSV: quotes, line ends, empty cells, and only the columns of the model', () => {
  const text =
    '\uFEFFcity,target,size,flat\r\n"Köln, ""am Rhein""",x,1.5,TRUE\r\n"two\nlines",y,,false\r\n\r\n7,z,?,n/a';
  assert.deepEqual(rowsOfTable('a.csv', text, features), [
    { size: 1.5, city: 'Köln, "am Rhein"', flat: true },
    { size: null, city: 'two\nlines', flat: false },
    { size: '?', city: '7', flat: 'n/a' },
  ]);
  assert.deepEqual(rowsOfTable('a.csv', 'size,city,flat\n', features), []);
});

test('rows of CSV that are none are refused where they are wrong', () => {
  const [size] = features;
  const read = (text: string) => rowsOfTable('a.csv', text, [size!]);
  assert.throws(() => read('size,city\n1\n'), /row 1: expected 2 fields, got 1/);
  assert.throws(() => read('size\n1"2\n'), /record 2: a quote/);
  assert.throws(() => read('size\n"1\n'), /record 2: a quote/);
  assert.throws(() => read('Size;city\n1;x\n'), /expected a column size, which the model reads; got Size, city/);
});

test('a table is read as its upload was: tabs of a TSV, semicolons where no comma is, blanks around names', () => {
  const rows = [{ size: 1, city: 'a, b', flat: true }];
  assert.deepEqual(rowsOfTable('a.TSV', 'size\tcity\tflat\n1\ta, b\ttrue\n', features), rows);
  assert.deepEqual(rowsOfTable('a.csv', '\n size; city ;flat\n1;a, b;true\n', features), rows);
});

test('batches hold so many rows or bytes of JSON, whichever is less, and every row once', () => {
  const rows = ['a', 'b', 'ü'.repeat(20), 'c'].map((city) => ({ city }));
  const sizes = (most: { rows: number; bytes: number }) => [...batchesOf(rows, most)].map((batch) => batch.length);
  assert.deepEqual(sizes({ rows: 3, bytes: 1000 }), [3, 1]);
  assert.deepEqual(sizes({ rows: 3, bytes: 60 }), [2, 1, 1]);
  assert.deepEqual([...batchesOf(rows, { rows: 3, bytes: 1 })].flat(), rows);
});

test('rows of JSON are an array, alone or as `rows`', () => {
  assert.deepEqual(rowsOfJson('[{"size":1}]'), [{ size: 1 }]);
  assert.deepEqual(rowsOfJson('{"rows":[{"size":1}]}'), [{ size: 1 }]);
  for (const text of ['{}', 'null', '1']) assert.throws(() => rowsOfJson(text), /expected an array of rows/);
});
