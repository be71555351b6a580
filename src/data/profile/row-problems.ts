/** Problems of rows and classes, which tables and images share. */

import type { ResolvedColumnsSpec, ResolvedImagesSpec } from '../../schemas/dataset-spec.js';
import type { Duplicates, Overlap } from '../../schemas/profile.js';
import type { Counted } from './categories.js';
import { type NewProblem, percent } from './problems.js';

const fewRows = 200;
/** As many as are usual where rows are few, and rows that each must have to say anything. */
const [folds, leastFold] = [5, 5];
/** The smallest class has less than this share of the largest. */
const imbalance = 0.2;
const rareClass = 10;

type RowSplit = (ResolvedColumnsSpec | ResolvedImagesSpec)['split'];

export function problemsOfRows(
  rows: number,
  { split, duplicates, overlap }: { split: RowSplit; duplicates: Duplicates; overlap: Overlap | null },
): NewProblem[] {
  const patch = { duplicates: { type: 'drop' } };
  const problems: NewProblem[] = [];
  if (rows < fewRows) {
    const canFold = 'folds' in split && split.folds === null && rows >= folds * leastFold;
    problems.push({
      ...{ code: 'few_rows', severity: 'warning' },
      message: `${rows} rows: what is measured on a share of them is a matter of chance`,
      remedy: 'Collect more, or judge by cross-validation',
      ...(canFold && { patch: { split: { type: split.type, folds, validation: null } } }), // folds take the place of a share
    });
  }
  const { rows: equal, conflicting } = duplicates;
  if (equal.count > 0) {
    problems.push({
      ...{ code: 'duplicate_rows', severity: equal.count > rows / 100 ? 'warning' : 'info', rows: equal },
      message: `${equal.count} rows (${percent(equal.count, rows)}) equal an earlier one`,
      remedy: 'Leave them out, if they are the same observation twice',
      patch,
    });
  }
  if (conflicting && conflicting.count > 0) {
    problems.push({
      ...{ code: 'conflicting_labels', severity: 'warning', rows: conflicting },
      message: `${conflicting.count} rows (${percent(conflicting.count, rows)}) have the features of an earlier one and another target`,
      remedy: 'Look at their labels: no model can be right about both',
    });
  }
  if (overlap) {
    for (const part of ['validation', 'test'] as const) {
      const found = overlap[`${part}InTrain`];
      if (found.count === 0) continue;
      problems.push({
        ...{ code: 'split_overlap', severity: 'warning', rows: found },
        message: `${found.count} of ${overlap[part]} rows of ${part} are in train too: its metrics flatter the model`,
        remedy: 'Leave duplicates out, or keep rows that belong together in one part',
        patch,
      });
    }
  }
  return problems;
}

/** `column`: that of a table. */
export function problemsOfClasses(classes: readonly Counted[], column?: string): NewProblem[] {
  const problems: NewProblem[] = [];
  const counts = classes.map(({ count }) => count);
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  const of = column === undefined ? {} : { column };
  if (least < imbalance * most) {
    const [rarest] = classes.filter(({ count }) => count === least);
    const [commonest] = classes.filter(({ count }) => count === most);
    problems.push({
      ...{ code: 'class_imbalance', severity: least < imbalance ** 2 * most ? 'warning' : 'info', ...of },
      message: `class "${rarest!.value}" has ${least} rows, class "${commonest!.value}" ${most}: accuracy alone would hide that the rare one is missed`,
      remedy: 'Weigh the classes in the loss, or draw them equally often, and judge by F1 of each class',
      patch: { balance: { type: 'oversample' } },
    });
  }
  const rare = classes.filter(({ count }) => count < rareClass);
  if (rare.length > 0) {
    const named = rare.slice(0, 5).map(({ value, count }) => `"${value}" (${count})`);
    problems.push({
      ...{ code: 'rare_class', severity: 'warning', ...of },
      message: `${rare.length} classes have fewer than ${rareClass} rows: ${named.join(', ')}`,
      remedy: 'Collect more of them, merge them with others, or leave them out',
    });
  }
  return problems;
}
