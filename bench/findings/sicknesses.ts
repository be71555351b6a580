/** What is done to a table to make a run of it sick. Each takes a seed, so that five runs of a spec are five sick tables. */
import { Draws } from '../../src/engine/index.js';
import type { Table } from './datasets.js';

type Change = (table: Table, seed: number) => Table;

const drawsOf = (seed: number) => new Draws(seed, 0x5ec);

function shuffled<T>(values: readonly T[], seed: number): T[] {
  const draws = drawsOf(seed);
  const order = [...values];
  for (let last = order.length - 1; last > 0; last--) {
    const other = draws.integer(last + 1);
    [order[last], order[other]] = [order[other]!, order[last]!];
  }
  return order;
}

const indexOf = ({ columns }: Table, name: string): number => columns.indexOf(name);
const without = (row: readonly string[], index: number, value: string) =>
  row.map((cell, at) => (at === index ? value : cell));
const isNumber = (table: Table, index: number) =>
  table.rows.every((row) => row[index] === '' || row[index] === 'NA' || Number.isFinite(Number(row[index])));
const numberColumns = (table: Table): number[] =>
  table.columns
    .map((_, index) => index)
    .filter((index) => index !== indexOf(table, table.target) && isNumber(table, index));
const addColumn = (table: Table, name: string, cell: (row: readonly string[], at: number) => string): Table => ({
  ...table,
  columns: [name, ...table.columns],
  rows: table.rows.map((row, at) => [cell(row, at), ...row]),
});

/** So many rows, at random. */
export const few =
  (rows: number): Change =>
  (table, seed) => ({ ...table, rows: shuffled(table.rows, seed).slice(0, rows) });

export const shuffledLabels: Change = (table, seed) => {
  const at = indexOf(table, table.target);
  const labels = shuffled(
    table.rows.map((row) => row[at]!),
    seed,
  );
  return { ...table, rows: table.rows.map((row, index) => without(row, at, labels[index]!)) };
};

/** Two classes: the most frequent, and every `rarity`-th as many rows of the others together. */
export const imbalanced =
  (rarity: number): Change =>
  (table, seed) => {
    const at = indexOf(table, table.target);
    const counts = new Map<string, number>();
    for (const row of table.rows) counts.set(row[at]!, (counts.get(row[at]!) ?? 0) + 1);
    const usual = [...counts].sort((a, b) => b[1] - a[1])[0]![0];
    const [many, others] = [true, false].map((is) => table.rows.filter((row) => (row[at] === usual) === is));
    const rare = shuffled(others!, seed).slice(0, Math.max(6, Math.round(many!.length / rarity)));
    return {
      ...table,
      rows: [...many!.map((row) => without(row, at, 'usual')), ...rare.map((row) => without(row, at, 'rare'))],
    };
  };

/** The first `columns` of numbers lose a share of their values. */
export const missing =
  (share: number, columns: number): Change =>
  (table, seed) => {
    const draws = drawsOf(seed);
    const at = new Set(numberColumns(table).slice(0, columns));
    return {
      ...table,
      rows: table.rows.map((row) => row.map((cell, index) => (at.has(index) && draws.uniform() < share ? '' : cell))),
    };
  };

/** One in `every` values of the first columns is `times` as large. */
export const farOut =
  (times: number, { every, columns }: { every: number; columns: number }): Change =>
  (table, seed) => {
    const draws = drawsOf(seed);
    const at = new Set(numberColumns(table).slice(0, columns));
    const change = (cell: string) => (cell === '' || cell === 'NA' ? cell : String(Number(cell) * times));
    return {
      ...table,
      rows: table.rows.map((row) =>
        row.map((cell, index) => (at.has(index) && draws.integer(every) === 0 ? change(cell) : cell)),
      ),
    };
  };

/** Columns that have one value in all but the last rows, which a split by `day` tests on. */
export const constant =
  (columns: number): Change =>
  (table, seed) => {
    const { length } = table.rows;
    const mixed = { ...table, rows: shuffled(table.rows, seed) };
    const isLate = (at: number) => at > 0.9 * length;
    const sick = Array.from({ length: columns }, (_, index) => index).reduce(
      (sick, index) =>
        addColumn(sick, `same${index}`, (_, at) => (index % 2 ? (isLate(at) ? 'y' : 'x') : isLate(at) ? '9' : '7')),
      mixed as Table,
    );
    return addColumn(sick, 'day', (_, at) => String(at));
  };

/** Numbers of the first columns in other units. */
export const inUnits =
  (factor: number, columns: number): Change =>
  (table) => {
    const at = new Set(numberColumns(table).slice(0, columns));
    const change = (cell: string) => (cell === '' || cell === 'NA' ? cell : String(Number(cell) * factor));
    return { ...table, rows: table.rows.map((row) => row.map((cell, index) => (at.has(index) ? change(cell) : cell))) };
  };

/** A share of the rows comes once more. */
export const repeated =
  (share: number): Change =>
  (table, seed) => ({
    ...table,
    rows: [...table.rows, ...shuffled(table.rows, seed).slice(0, Math.round(share * table.rows.length))],
  });

/** A column made from the target: a code for each class, or the value with a little noise; wrong in a share of the rows. */
export const leak =
  (wrong: number): Change =>
  (table, seed) => {
    const draws = drawsOf(seed);
    const at = indexOf(table, table.target);
    const values = [...new Set(table.rows.map((row) => row[at]!))].sort();
    return addColumn(table, 'leak', (row) => {
      if (table.task === 'regression') return (Number(row[at]) * (1 + wrong * draws.normal())).toFixed(3);
      const label = values.indexOf(row[at]!);
      return `code${draws.uniform() < wrong ? draws.integer(values.length) : label}`;
    });
  };

/** In a random order; the last fifth is to test with, the fifth before it to validate. */
const partOf = (at: number, rows: number) => (at < 0.6 * rows ? 'train' : at < 0.8 * rows ? 'validation' : 'test');

/** The leak, which in the rows to test with tells nothing: as in production, where it is not known yet. */
export const leakCleanly =
  (wrong: number): Change =>
  (table, seed) => {
    const mixed = leak(wrong)({ ...table, rows: shuffled(table.rows, seed) }, seed);
    const leaks = shuffled(
      mixed.rows.map((row) => row[0]!),
      seed + 1,
    );
    const { length } = mixed.rows;
    const rows = mixed.rows.map((row, at) => (partOf(at, length) === 'test' ? without(row, 0, leaks[at]!) : row));
    return addColumn({ ...mixed, rows }, 'part', (_, at) => partOf(at, length));
  };

/** Repeated rows among those to train and validate with; those to test with are there once. */
export const repeatedCleanly =
  (share: number): Change =>
  (table, seed) => {
    const mixed = shuffled(table.rows, seed);
    const [seen, unseen] = [mixed.slice(0, 0.8 * mixed.length), mixed.slice(0.8 * mixed.length)];
    const rows = shuffled(repeated(share)({ ...table, rows: seen }, seed).rows, seed);
    const part = (at: number) => (at >= rows.length ? 'test' : at < 0.75 * rows.length ? 'train' : 'validation');
    return addColumn({ ...table, rows: [...rows, ...unseen] }, 'part', (_, at) => part(at));
  };

/** Rows in the order of a column, with a column that counts them. */
export const sortedBy =
  (column: string): Change =>
  (table) => {
    const at = indexOf(table, column);
    const rows = [...table.rows].sort((a, b) =>
      isNumber(table, at) ? Number(a[at]) - Number(b[at]) : a[at]! < b[at]! ? -1 : 1,
    );
    return addColumn({ ...table, rows }, 'day', (_, index) => String(index));
  };

export const changed = (table: Table, seed: number, ...changes: Change[]): Table =>
  changes.reduce((sick, change) => change(sick, seed), table);
export type { Change };
