import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DataErrorDetails } from '../../src/data/errors.js';
import { resolveDatasetSpec } from '../../src/data/resolve.js';
import type { ColumnInfo } from '../../src/schemas/dataset.js';
import { assertRefused, columnsSpec } from './support.js';

const rowCount = 100;
const column = (
  name: string,
  type: ColumnInfo['type'],
  distinct: number,
  more: Partial<ColumnInfo> = {},
): ColumnInfo => ({
  ...{ name, type, missing: 0, distinct },
  ...more,
});
const whole = { integer: true };
const real = { integer: false };

const columns = [
  column('species', 'category', 3),
  column('mass', 'number', 80, real),
  column('rings', 'number', 20, whole),
  column('year', 'number', 21, whole),
  column('alive', 'boolean', 2),
  column('born', 'date', 90),
  column('notes', 'text', 99),
  column('penguin_id', 'number', 100, whole),
];
const split = { type: 'random', validation: 0.2, test: 0.2, stratify: true } as const;

interface Request {
  target?: string;
  ignore?: string[];
  task?: 'auto' | 'classification' | 'regression';
  split?: Partial<typeof split> | { validation?: number; test?: number };
  columns?: ColumnInfo[];
  rowCount?: number;
  /** Other fields of the dataset's spec. */
  more?: object;
}

const resolve = (request: Request) =>
  resolveDatasetSpec(
    request.columns ?? columns,
    request.rowCount ?? rowCount,
    columnsSpec({
      target: request.target ?? 'species',
      ignore: request.ignore ?? [],
      split: { ...split, ...request.split },
      ...request.more,
    }),
    request.task ?? 'auto',
  );

test('auto classifies categories, booleans and integers with at most 20 values, and takes the rest for quantities', () => {
  const chosen = ['species', 'alive', 'rings', 'year', 'mass'].map((target) => {
    const { task, classes } = resolve({ target });
    return [target, task, classes];
  });
  assert.deepEqual(chosen, [
    ['species', 'classification', 3],
    ['alive', 'classification', 2],
    ['rings', 'classification', 20],
    ['year', 'regression', undefined],
    ['mass', 'regression', undefined],
  ]);
  assert.equal(resolve({ target: 'year', task: 'classification' }).classes, 21);
  assert.equal(resolve({ target: 'rings', task: 'regression' }).task, 'regression');
});

test('text and identifiers join the ignored columns; the inputs are counted from what is left', () => {
  const resolved = resolve({ target: 'mass', ignore: ['born'] });
  assert.deepEqual(resolved.ignore, ['born', 'notes', 'penguin_id']);
  assert.deepEqual(
    resolved.features.map(({ name }) => name),
    ['species', 'rings', 'year', 'alive'],
  );
  assert.equal(resolved.estimatedInputs, 3 + 1 + 1 + 1);
  assert.deepEqual(
    resolve({ target: 'mass', ignore: resolved.ignore }),
    { ...resolved, ignore: resolved.ignore },
    'resolved twice is the same',
  );
});

test('an integer column is an identifier only if its name says so and no two rows share a value', () => {
  const ignored = (name: string, distinct = rowCount) =>
    resolve({
      columns: [column('y', 'boolean', 2), column('x', 'number', 9, real), column(name, 'number', distinct, whole)],
      target: 'y',
    }).ignore;
  for (const name of ['id', 'ID', 'user_id', 'userId', 'row', 'rowid', 'Unnamed: 0', 'index'])
    assert.deepEqual(ignored(name), [name]);
  for (const name of ['x1', 'paid', 'grid', 'humid', 'day']) assert.deepEqual(ignored(name), []);
  assert.deepEqual(ignored('id', rowCount - 1), []);
});

const refused: [what: string, request: Request, code: string, details: DataErrorDetails][] = [
  [
    'an unknown target',
    { target: 'specie' },
    'unknown_column',
    { path: '/dataset/target', got: 'specie', hint: 'did you mean "species"?' },
  ],
  [
    'an unknown ignored column',
    { ignore: ['mass', 'Burn'] },
    'unknown_column',
    { path: '/dataset/ignore/1', hint: 'did you mean "born"?' },
  ],
  [
    'an ignored target',
    { ignore: ['mass', 'species'] },
    'target_ignored',
    { path: '/dataset/ignore/1', column: 'species' },
  ],
  ['a text target', { target: 'notes' }, 'unsuitable_target', { path: '/dataset/target', got: 'text' }],
  [
    'a text target for regression',
    { target: 'notes', task: 'regression' },
    'unsuitable_target',
    { path: '/dataset/target', got: 'text' },
  ],
  ['a date target', { target: 'born' }, 'unsuitable_target', { path: '/dataset/target', got: 'date' }],
  [
    'a category target for regression',
    { task: 'regression' },
    'unsuitable_target',
    { path: '/dataset/target', got: 'category' },
  ],
  [
    'classes of real numbers',
    { target: 'mass', task: 'classification' },
    'unsuitable_target',
    { path: '/dataset/target' },
  ],
  [
    'one class',
    { target: 'y', columns: [column('y', 'category', 1), column('x', 'number', 9, real)] },
    'single_class',
    { path: '/dataset/target', column: 'y' },
  ],
  [
    'a constant quantity',
    { target: 'y', columns: [column('y', 'number', 1, real), column('x', 'number', 9, real)] },
    'constant_target',
    { path: '/dataset/target', column: 'y' },
  ],
  [
    'a target without values',
    { target: 'y', columns: [column('y', 'text', 0, { missing: 100 }), column('x', 'number', 9, real)] },
    'unsuitable_target',
    { path: '/dataset/target' },
  ],
  [
    '1,001 classes',
    {
      target: 'y',
      task: 'classification',
      rowCount: 5000,
      columns: [column('y', 'number', 1001, whole), column('x', 'number', 9, real)],
    },
    'too_many_classes',
    { got: 1001, hint: 'set task to "regression"' },
  ],
  [
    'constant columns',
    {
      target: 'y',
      columns: [
        column('y', 'boolean', 2),
        column('k', 'number', 1, whole),
        column('void', 'text', 0),
        column('x', 'number', 9, real),
      ],
    },
    'constant_column',
    { path: '/dataset/ignore', column: 'k', hint: 'add "k", "void" to dataset.ignore' },
  ],
  [
    'nothing but text and identifiers',
    { target: 'y', columns: [column('y', 'boolean', 2), column('t', 'text', 99), column('id', 'number', 100, whole)] },
    'no_features',
    { path: '/dataset/ignore', got: 'ignored: t, id' },
  ],
  [
    'settings of an unknown column',
    { more: { columns: { 'mas/s': { scale: { type: 'none' } } } } },
    'unknown_column',
    { path: '/dataset/columns/mas~1s', got: 'mas/s', hint: 'did you mean "mass"?' },
  ],
  [
    'settings of the target',
    { more: { columns: { species: {} } } },
    'unsuitable_column',
    { path: '/dataset/columns/species', got: 'the target' },
  ],
  [
    'settings of an ignored column',
    { ignore: ['mass'], more: { columns: { mass: {} } } },
    'unsuitable_column',
    { path: '/dataset/columns/mass', got: 'ignored' },
  ],
  [
    'settings of a text',
    { more: { columns: { notes: {} } } },
    'unsuitable_column',
    { path: '/dataset/columns/notes', got: 'ignored' },
  ],
  [
    'categories of a number',
    { more: { columns: { mass: { categories: { type: 'ordinal' } } } } },
    'unsuitable_field',
    { path: '/dataset/columns/mass/categories', expected: ['missing', 'outliers', 'scale'], got: 'categories' },
  ],
  [
    'an order that lacks a value',
    {
      columns: [column('size', 'category', 2, { values: ['high', 'low'] }), ...columns],
      more: { columns: { size: { categories: { type: 'ordered', values: ['low', 'hihg'] } } } },
    },
    'incomplete_order',
    { path: '/dataset/columns/size/categories/values', column: 'size', got: 'high' },
  ],
  [
    'an order for all columns that is one’s alone',
    {
      columns: [column('size', 'category', 2, { values: ['high', 'low'] }), ...columns],
      more: { categories: { type: 'ordered', values: ['low', 'highs'] } },
    },
    'incomplete_order',
    { path: '/dataset/categories/values', hint: 'did you write it as "highs"?' },
  ],
  [
    'an unknown column to split by',
    { more: { split: { type: 'grouped', column: 'mases' } } },
    'unknown_column',
    { path: '/dataset/split/column', hint: 'did you mean "mass"?' },
  ],
  [
    'a split by the target',
    { more: { split: { type: 'grouped', column: 'species' } } },
    'unsuitable_column',
    { path: '/dataset/split/column', expected: 'another column' },
  ],
  [
    'fewer groups than parts',
    { more: { split: { type: 'grouped', column: 'alive', validation: 0.3 } } },
    'too_few_groups',
    { path: '/dataset/split', column: 'alive', got: 'train 1, validation 1, test 0' },
  ],
  [
    'groups that not every row has',
    {
      columns: [column('group', 'category', 9, { missing: 4 }), ...columns],
      more: { split: { type: 'grouped', column: 'group' } },
    },
    'missing_values',
    { path: '/dataset/split/column', column: 'group', got: 4 },
  ],
  [
    'times that are categories',
    { target: 'mass', more: { split: { type: 'time', column: 'species' } } },
    'unsuitable_column',
    { path: '/dataset/split/column', expected: 'a column of date or number', got: 'category' },
  ],
  [
    'parts that are none',
    {
      columns: [column('part', 'category', 2, { values: ['trainn', 'test'] }), ...columns],
      more: { split: { type: 'column', column: 'part' } },
    },
    'unknown_part',
    { path: '/dataset/split/column', got: 'trainn', hint: 'did you mean "train"?' },
  ],
  [
    'a column of parts without train',
    {
      columns: [column('part', 'category', 2, { values: ['test', 'validation'] }), ...columns],
      more: { split: { type: 'column', column: 'part' } },
    },
    'too_few_rows',
    { path: '/dataset/split/column', got: 'test, validation' },
  ],
  [
    'parts that leave nothing',
    { split: { validation: 0.6, test: 0.4 } },
    'invalid_split',
    { path: '/dataset/split', got: 1 },
  ],
  ['two rows', { rowCount: 2 }, 'too_few_rows', { path: '/dataset/split' }],
  [
    'more folds than rows',
    { rowCount: 20, target: 'mass', more: { split: { type: 'random', folds: 17, validation: 0 } } },
    'too_few_rows',
    { path: '/dataset/split/folds', expected: 'at least 17 rows beside those that test', got: 16 },
  ],
  [
    'more folds than groups',
    {
      columns: [column('group', 'category', 9), ...columns],
      more: { split: { type: 'grouped', column: 'group', folds: 8, validation: 0 } },
    },
    'too_few_groups',
    { path: '/dataset/split/folds', expected: 'at least 8 groups beside those that test', got: 7 },
  ],
  [
    'fewer train rows than classes',
    { rowCount: 40, columns: [column('y', 'category', 25), column('x', 'number', 9, real)], target: 'y' },
    'too_few_rows',
    { path: '/dataset/split', got: 'train 24, validation 8, test 8' },
  ],
];

test('each impossible spec is refused by code and place', async (t) => {
  for (const [what, request, code, details] of refused) {
    await t.test(what, () => assertRefused(async () => resolve(request), code, details));
  }
});

test('an ignored constant column is no obstacle', () => {
  const table = [column('y', 'boolean', 2), column('k', 'number', 1, whole), column('x', 'number', 9, real)];
  assert.deepEqual(
    resolve({ columns: table, target: 'y', ignore: ['k'] }).features.map(({ name }) => name),
    ['x'],
  );
});

test('a column that places rows is no feature, one of times is; rows are what the split and the missing values leave at most', () => {
  const part = column('part', 'category', 3, { values: ['test', 'train', 'validation'], counts: [20, 70, 10] });
  const table = [
    part,
    column('y', 'number', 50, { ...real, missing: 5 }),
    column('x', 'number', 9, { ...real, missing: 8 }),
  ];
  const of = (more: object) => {
    const { ignore, rows } = resolve({ target: 'y', columns: [...table, column('born', 'date', 90)], more });
    return { ignore, rows };
  };
  assert.deepEqual(of({ split: { type: 'column', column: 'part' } }), {
    ...{ ignore: ['part'], rows: { train: 65, validation: 10, test: 20 } },
  });
  assert.deepEqual(of({ split: { type: 'grouped', column: 'part', validation: 0.3, test: 0.3 } }), {
    ...{ ignore: ['part'], rows: { train: 95 - 29 - 29, validation: 29, test: 29 } },
  });
  assert.deepEqual(of({ split: { type: 'time', column: 'born' }, missing: { type: 'drop' } }), {
    ...{ ignore: [], rows: { train: 92 - 18 - 18, validation: 18, test: 18 } },
  });
});
