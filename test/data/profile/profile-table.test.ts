/** The profile of tables: what each column tells of the target, what is there twice, and which problems are seen. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { profileTable, type TableRequest } from '../../../src/data/profile/profile-table.js';
import type { TableProfile } from '../../../src/schemas/profile.js';
import { readContent } from '../support.js';
import { openExample, profileFacts } from './support.js';

const facts = await profileFacts();
const random = { type: 'random', folds: null, validation: 0.2, test: 0.2, stratify: true } as const;
const asked: TableRequest = {
  ...{ target: null, ignore: [], complete: [], dropsDuplicates: false, seed: 1 },
  split: random,
};
type Profiled = Omit<TableProfile, 'datasetId'>;

async function profileOf(lines: readonly string[], request: Partial<TableRequest> = {}): Promise<Profiled> {
  const { table } = await readContent(`${lines.join('\n')}\n`, { format: 'csv' });
  return profileTable(table, { ...asked, ...request });
}

const codesOf = ({ problems }: Profiled) =>
  problems.map(({ code, column }) => (column === null ? code : `${code} ${column}`));

test('mutual information is scikit-learn’s and correlation SciPy’s, to 1e-12', async () => {
  for (const [table, target] of [
    ['penguins', 'species'],
    ['mpg', 'mpg'],
  ] as const) {
    const { columns } = profileTable(await openExample(table), { ...asked, target });
    for (const [name, expected] of Object.entries(facts.information[table])) {
      const { mutualInformation } = columns.find((column) => column.name === name)!.target!;
      assert.ok(
        Math.abs(mutualInformation - expected) < 1e-12,
        `${name}: expected ${expected}, got ${mutualInformation}`,
      );
    }
    if (table === 'penguins') continue;
    for (const [name, expected] of Object.entries(facts.correlation)) {
      const { correlation } = columns.find((column) => column.name === name)!.target!;
      assert.ok(Math.abs(correlation! - expected) < 1e-12, `${name}: expected ${expected}, got ${correlation}`);
    }
  }
});

test('the example tables have no grave problem, and their classes are counted', async () => {
  const penguins = profileTable(await openExample('penguins'), { ...asked, target: 'species' });
  assert.deepEqual(
    penguins.target!.classes!.map(({ count }) => count),
    [152, 68, 124],
  );
  const { entropy } = penguins.columns.find(({ name }) => name === 'species')!.categories!;
  assert.ok(Math.abs(entropy - facts.entropy['species']!) < 1e-12);
  const mpg = profileTable(await openExample('mpg'), { ...asked, target: 'mpg' });
  for (const { problems } of [penguins, mpg]) {
    const grave = problems.filter(({ severity, code }) => severity !== 'info' && code !== 'duplicate_rows');
    assert.deepEqual(grave, []);
  }
});

/** Noise that a sine gives: the same everywhere. */
const noise = (row: number, salt: number) => Math.abs(Math.sin(1000 * salt + 12.9898 * row) * 43758.5453) % 1;
const rows = 400;
const table = (columns: Record<string, (row: number) => string | number>): string[] => [
  Object.keys(columns).join(','),
  ...Array.from({ length: rows }, (_, row) =>
    Object.values(columns)
      .map((cellOf) => cellOf(row))
      .join(','),
  ),
];
const label = (row: number) => (noise(row, 1) < 0.5 ? 'no' : 'yes');
const healthy = {
  x: (row: number) => noise(row, 2).toFixed(6),
  kind: (row: number) => `k${Math.floor(4 * noise(row, 3))}`,
  label,
};

test('a table without problems has none', async () => {
  assert.deepEqual(codesOf(await profileOf(table(healthy), { target: 'label' })), []);
});

test('each problem of a column is told by its name, with the rows it concerns and a patch where one helps', async () => {
  const sick = {
    ...healthy,
    constant: () => 7,
    customer_id: (row: number) => row + 1000,
    code: (row: number) => `c${row}`,
    gaps: (row: number) => (noise(row, 4) < 0.5 ? '' : noise(row, 5)),
    far: (row: number) => (row === 17 ? 1e6 : noise(row, 6)),
    flat: (row: number) => (row === 3 ? 'odd' : 'usual'),
    town: (row: number) => `town${Math.floor(60 * noise(row, 7))}`,
    spelling: (row: number) => ['red', 'Red ', 'blue'][row % 3]!,
    leak: (row: number) => (label(row) === 'yes' ? 10 : 20) + noise(row, 8),
  };
  const profile = await profileOf(table(sick), { target: 'label', ignore: ['kind'] });
  assert.deepEqual(
    new Set(codesOf(profile)),
    new Set([
      ...[
        'constant_column constant',
        'identifier customer_id',
        'identifier code',
        'missing_values gaps',
        'outliers far',
      ],
      ...['near_constant_column flat', 'many_categories town', 'category_variants spelling', 'leakage leak'],
    ]),
  );
  const problem = (code: string) => profile.problems.find((found) => found.code === code)!;
  assert.equal(profile.problems[0]!.severity, 'error', 'the gravest first');
  assert.deepEqual(problem('outliers').rows, { count: 1, first: [17] });
  assert.deepEqual(problem('leakage').patch, { ignore: ['kind', 'leak'] });
  assert.deepEqual(problem('constant_column').patch, { ignore: ['kind', 'constant'] });
  const { score } = profile.columns.find(({ name }) => name === 'leak')!.target!;
  assert.ok(score > 0.99, `${score}`);
  const byChance = profile.columns.find(({ name }) => name === 'x')!.target!.score;
  assert.ok(byChance < 0.2, `${byChance}`);
});

test('rows that equal an earlier one, contradict one, or stand on both sides of the split are counted', async () => {
  const twice = [...table(healthy), ...table(healthy).slice(1, 101)]; // the first hundred again
  const contradicted = twice.map((line, index) => (index > rows && index <= rows + 10 ? flipped(line) : line));
  const { duplicates, overlap, problems } = await profileOf(contradicted, { target: 'label' });
  assert.deepEqual([duplicates.rows.count, duplicates.conflicting?.count], [90, 10]);
  assert.deepEqual(
    duplicates.conflicting?.first,
    Array.from({ length: 10 }, (_, index) => rows + index),
  );
  assert.equal(overlap!.train + overlap!.validation + overlap!.test, 500);
  const { count } = overlap!.testInTrain;
  assert.ok(count > 5 && count < 60, `${count} of ${overlap!.test}`);
  const codes = problems.map(({ code }) => code);
  for (const code of ['duplicate_rows', 'conflicting_labels', 'split_overlap'])
    assert.ok(codes.includes(code as never), code);
  assert.equal((await profileOf(contradicted)).duplicates.conflicting, null, 'without a target nothing contradicts');
  const dropped = (await profileOf(twice, { target: 'label', dropsDuplicates: true })).overlap!;
  assert.deepEqual([dropped.train + dropped.validation + dropped.test, dropped.testInTrain.count], [rows, 0]);
});

const flipped = (line: string) => (line.endsWith('yes') ? line.replace(/yes$/, 'no') : line.replace(/no$/, 'yes'));

test('rare classes, imbalance, missing targets and few rows are told', async () => {
  const rare = table({ ...healthy, label: (row) => (row < 5 ? 'rare' : row % 20 === 0 ? '' : 'usual') });
  const codes = codesOf(await profileOf(rare, { target: 'label' }));
  assert.deepEqual(new Set(codes), new Set(['class_imbalance label', 'rare_class label', 'missing_target label']));
  const few = await profileOf(table(healthy).slice(0, 101), { target: 'label' });
  assert.deepEqual(codesOf(few), ['few_rows']);
  assert.deepEqual(few.problems[0]!.patch, { split: { type: 'random', folds: 5, validation: null } });
  const byTime = { type: 'time', column: 'x', validation: 0.2, test: 0.2 } as const;
  for (const [count, split] of [
    [101, byTime],
    [101, { ...random, folds: 3, validation: 0 }],
    [21, random],
  ] as const) {
    const { problems } = await profileOf(table(healthy).slice(0, count), { target: 'label', split });
    assert.equal(problems.find(({ code }) => code === 'few_rows')?.patch, null, `${count} ${split.type}`);
  }
});

test('texts are measured', async () => {
  const reviews = table({
    review: (row) => (row === 0 ? '"Good, très good"' : `review number ${row}`),
    stars: (row) => row % 5,
  });
  const { columns } = await profileOf(reviews);
  const { characters, words, vocabulary, topWords } = columns[0]!.texts ?? assert.fail(JSON.stringify(columns[0]));
  assert.deepEqual([characters.min, characters.max, words.max, vocabulary], [15, 17, 3, rows + 3]);
  assert.deepEqual(topWords.slice(0, 3), [
    { value: 'review', count: rows - 1 },
    { value: 'number', count: rows - 1 },
    { value: 'good', count: 2 },
  ]);
});
