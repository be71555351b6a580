/** Problems of one column of a table. */
import type { ColumnInfo } from '../../schemas/dataset.js';
import type { Association, RowsConcerned } from '../../schemas/profile.js';
import { isIdentifier } from '../resolve.js';
import { type Counted, variantsOf } from './categories.js';
import { type NewProblem, percent } from './problems.js';

const nearConstant = 0.99;
const muchMissing = 0.05;
const mostlyMissing = 0.4;
const manyCategories = 50;
const rareCategory = 10;
/** Rows of one value that make it likely to be seen again. */
const fewPerValue = 2;
/** A single column that tells this much of the target has probably been made from it. */
const leak = 0.95;
const leakingCorrelation = 0.999;

export interface ColumnFacts {
  info: ColumnInfo;
  rowCount: number;
  /** The job's `ignore`, to which a patch adds. */
  ignore: readonly string[];
  /** Of a text: the most in one value. */
  words?: number | undefined;
  /** Of a category or boolean. */
  counted?: readonly Counted[];
  farOut?: RowsConcerned;
  missing: RowsConcerned;
  association?: Association | undefined;
}

export function problemsOfColumn(facts: ColumnFacts): NewProblem[] {
  const { info, rowCount, ignore } = facts;
  const { name, distinct } = info;
  const without = { patch: { ignore: [...ignore, name] } };
  if (distinct <= 1) {
    const what = distinct === 0 ? 'has no value at all' : 'has the same value in every row';
    return [
      {
        ...{ code: 'constant_column', severity: 'error', column: name, message: `"${name}" ${what}` },
        ...{ remedy: 'Leave it out', ...without },
      },
    ];
  }
  if (isKey(facts)) {
    const message = `"${name}" has ${distinct} values in ${rowCount} rows: it names rows, and says nothing of new ones`;
    return [
      { ...{ code: 'identifier', severity: 'warning', column: name, message }, remedy: 'Leave it out', ...without },
    ];
  }
  return [
    ...problemsOfMissing(facts),
    ...problemsOfValues(facts),
    ...(facts.association ? problemsOfAssociation(facts.association, info, without.patch) : []),
  ];
}

/** Integers, or strings of one word, that hardly repeat. `words`: most in one value of a text. */
export const isKey = ({ info, rowCount, words = 1 }: Pick<ColumnFacts, 'info' | 'rowCount' | 'words'>): boolean =>
  isIdentifier(info, rowCount) ||
  ((info.type === 'category' || info.type === 'text') &&
    words === 1 &&
    info.distinct > 20 &&
    rowCount - info.missing < fewPerValue * info.distinct);

function problemsOfMissing({ info: { name }, rowCount, missing }: ColumnFacts): NewProblem[] {
  const share = missing.count / rowCount;
  if (share < muchMissing) return [];
  return [
    {
      ...{ code: 'missing_values', severity: share >= mostlyMissing ? 'warning' : 'info', column: name, rows: missing },
      message: `"${name}" has no value in ${missing.count} rows (${percent(missing.count, rowCount)})`,
      remedy: 'Impute it and say by an indicator where it was missing',
      patch: { columns: { [name]: { missing: { type: 'impute', indicator: true } } } },
    },
  ];
}

function problemsOfValues({ info, rowCount, ignore, counted, farOut }: ColumnFacts): NewProblem[] {
  const { name, type, distinct, missing } = info;
  const problems: NewProblem[] = [];
  const present = rowCount - missing;
  const most = counted ? Math.max(...counted.map(({ count }) => count)) : 0;
  if (most >= nearConstant * present) {
    problems.push({
      ...{ code: 'near_constant_column', severity: 'info', column: name },
      message: `"${name}" has the same value in ${percent(most, present)} of the rows`,
      remedy: 'Leave it out, unless the rare values matter',
      patch: { ignore: [...ignore, name] },
    });
  }
  if (farOut && farOut.count > 0) {
    problems.push({
      ...{ code: 'outliers', severity: 'info', column: name, rows: farOut },
      message: `"${name}" has ${farOut.count} values more than 3 interquartile ranges from its quartiles`,
      remedy: 'Look at them; if they are real, clip them so that they do not set the scale',
      ...(type === 'number' && { patch: { columns: { [name]: { outliers: { type: 'clipIqr', factor: 3 } } } } }),
    });
  }
  if (type === 'category' && distinct > manyCategories) {
    problems.push({
      ...{ code: 'many_categories', severity: 'info', column: name },
      message: `"${name}" has ${distinct} categories, each of which becomes an input`,
      remedy: 'Put the rare ones together',
      patch: { columns: { [name]: { categories: { type: 'oneHot', minCount: rareCategory } } } },
    });
  }
  const variants = type === 'category' ? variantsOf(info.values ?? []) : [];
  if (variants.length > 0) {
    const named = variants.slice(0, 3).map((group) => group.map((value) => JSON.stringify(value)).join(' and '));
    problems.push({
      ...{ code: 'category_variants', severity: 'warning', column: name },
      message: `"${name}" has values that differ in case or blanks alone: ${named.join('; ')}`,
      remedy: 'Write them alike and upload the file again',
    });
  }
  return problems;
}

function problemsOfAssociation(
  { correlation, score }: Association,
  { name }: ColumnInfo,
  patch: NewProblem['patch'] & object,
): NewProblem[] {
  if (score < leak && Math.abs(correlation ?? 0) < leakingCorrelation) return [];
  return [
    {
      ...{ code: 'leakage', severity: 'warning', column: name },
      message: `"${name}" tells ${percent(score, 1)} of the target by itself: it may have been made from it, or after it`,
      remedy: 'Leave it out, unless it is known when the model is asked',
      patch,
    },
  ];
}
