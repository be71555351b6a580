/** Holds a table's split to the table, and says how many rows each part will have at most. */
import type { DataShape } from '../engine/index.js';
import { nearest } from '../nearest.js';
import type { ColumnInfo } from '../schemas/dataset.js';
import { foldsOf, splitParts, type TableSplit } from '../schemas/dataset-spec.js';
import { DataError } from './errors.js';
import { findColumn } from './resolve-checks.js';
import { checkFolds } from './resolve-folds.js';

type Rows = DataShape['rows'];
type Shares = Pick<Extract<TableSplit, { type: 'random' }>, 'validation' | 'test'>;

export interface SplitFacts {
  columns: readonly ColumnInfo[];
  target: string;
  /** Rows that can be in a part. */
  rows: number;
  /** 1 for a regression. */
  classes: number;
}

const path = '/dataset/split';
const columnPath = `${path}/column`;

const ways: {
  [Type in TableSplit['type']]: (split: Extract<TableSplit, { type: Type }>, facts: SplitFacts) => Rows;
} = {
  random(split, { rows, classes }) {
    const parts = checkSplit(split, rows, classes);
    checkFolds(foldsOf({ split }), 'rows', parts.train);
    return parts;
  },
  time(split, facts) {
    splitColumn(split, facts, ['date', 'number']);
    return checkSplit(split, facts.rows, 1);
  },
  grouped(split, facts) {
    const { name, distinct } = splitColumn(split, facts, ['category', 'number', 'date', 'boolean', 'text']);
    checkShares(split);
    const groups = cut(split, distinct);
    if (isStarved(split, groups) || groups.train < 1) {
      throw new DataError('too_few_groups', `column "${name}": ${distinct} groups are too few for this split`, {
        ...{ path, column: name, expected: 'at least one group in each part', got: listed(groups) },
      });
    }
    checkFolds(foldsOf({ split }), 'groups', groups.train);
    return cut(split, facts.rows);
  },
  column(split, facts) {
    const { name, values = [], counts = [] } = splitColumn(split, facts, ['category']);
    const known: readonly string[] = splitParts;
    const unknown = values.find((value) => !known.includes(value));
    const details = { path: columnPath, column: name, expected: `values ${splitParts.join(', ')}` };
    if (unknown !== undefined) {
      const meant = nearest(unknown, known);
      const message = `column "${name}": "${unknown}" is no part of a split`;
      const hint = meant !== undefined && { hint: `did you mean "${meant}"?` };
      throw new DataError('unknown_part', message, { ...details, got: unknown, ...hint });
    }
    if (!values.includes('train')) {
      const message = `column "${name}": no row is to train`;
      throw new DataError('too_few_rows', message, { ...details, got: values.join(', ') });
    }
    const rowsOf = (part: string) => (values.includes(part) ? (counts[values.indexOf(part)] ?? 1) : 0);
    const [validation, test] = [rowsOf('validation'), rowsOf('test')];
    return { train: Math.max(1, facts.rows - validation - test), validation, test };
  },
};

/** Throws DataError. What rows there are in each part is known for sure only when the values are read. */
export const resolveSplit = (split: TableSplit, facts: SplitFacts): Rows =>
  (ways[split.type] as (split: TableSplit, facts: SplitFacts) => Rows)(split, facts);

/** A column that is no feature, but says where a row belongs. */
export const placingColumn = (split: TableSplit): string[] =>
  split.type === 'grouped' || split.type === 'column' ? [split.column] : [];

/** The column that a split goes by: of a type that it can, with a value in every row. */
function splitColumn(
  { column: wanted }: { column: string },
  { columns, target }: SplitFacts,
  types: readonly ColumnInfo['type'][],
): ColumnInfo {
  const column = findColumn(columns, wanted, columnPath);
  const { name, type, missing } = column;
  const refuse = (code: string, what: string, expected: string, got: unknown) => {
    const message = `column "${name}" ${what}: expected ${expected}, got ${got}`;
    throw new DataError(code, message, { path: columnPath, column: name, expected, got });
  };
  if (name === target) refuse('unsuitable_column', 'is the target', 'another column', name);
  if (!types.includes(type)) refuse('unsuitable_column', 'cannot split', `a column of ${types.join(' or ')}`, type);
  if (missing > 0) refuse('missing_values', 'does not say where every row belongs', 'no missing value', missing);
  return column;
}

/** Each part that is asked for must get a row, and train one of each class. */
export function checkSplit(split: Shares, rows: number, classes: number): Rows {
  checkShares(split);
  const parts = cut(split, rows);
  if (!isStarved(split, parts) && parts.train >= classes) return parts;
  throw new DataError('too_few_rows', `${rows} rows with a target are too few for this split`, {
    path,
    expected: `at least one row in each part, ${classes} in train`,
    got: listed(parts),
  });
}

/** Throws `invalid_split` where nothing is left to train on. */
export function checkShares({ validation, test }: Shares): void {
  if (validation + test < 1) return;
  throw new DataError('invalid_split', 'validation and test leave nothing to train on', {
    path,
    expected: 'validation + test below 1',
    got: validation + test,
  });
}

function cut(split: Shares, total: number): Rows {
  const [validation, test] = [Math.round(split.validation * total), Math.round(split.test * total)];
  return { train: total - validation - test, validation, test };
}

const isStarved = (split: Shares, parts: Rows): boolean =>
  (split.validation > 0 && parts.validation === 0) || (split.test > 0 && parts.test === 0);

const listed = ({ train, validation, test }: Rows): string => `train ${train}, validation ${validation}, test ${test}`;
