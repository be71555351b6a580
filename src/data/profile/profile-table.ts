import type { ResolvedColumnsSpec } from '../../schemas/dataset-spec.js';
import type { ColumnProfile, RowsConcerned, TableProfile, TargetProfile } from '../../schemas/profile.js';
import type { Column, Columns } from '../columns.js';
import { taskFor } from '../resolve.js';
import { findColumn } from '../resolve-checks.js';
import { firstEqualRows, mixColumn, newRowHashes } from '../row-hashes.js';
import { splitRows } from '../split.js';
import { readTarget, type TargetTask } from '../target.js';
import { associate, type Binned, type SampledTarget, withSample } from './association.js';
import { binCodes, type Counted, countCodes, describeCategories } from './categories.js';
import { isKey, problemsOfColumn } from './column-problems.js';
import { findDuplicates, findOverlap } from './duplicates.js';
import { binNumbers, describeNumbers, frequencyBins } from './numbers.js';
import { type NewProblem, percent, sortProblems } from './problems.js';
import { noteRow, rowList } from './row-list.js';
import { problemsOfClasses, problemsOfRows } from './row-problems.js';
import { describeTexts } from './texts.js';

export interface TableRequest {
  /** null: the table is looked at without a target. */
  target: string | null;
  ignore: readonly string[];
  split: ResolvedColumnsSpec['split'];
  /** Columns without whose value a row is in no part. */
  complete: readonly string[];
  /** Whether a row that equals an earlier one is in no part. */
  dropsDuplicates: boolean;
  seed: number;
}

type Unnamed<Profile> = Omit<Profile, 'datasetId'>;

/** Throws `unsuitable_target`. */
export function profileTable(columns: Columns, request: TableRequest): Unnamed<TableProfile> {
  const { target, ignore, split, complete, dropsDuplicates, seed } = request;
  const { rowCount, info } = columns;
  const chosen = target === null ? null : openTarget(columns, target);
  const features = newRowHashes(rowCount);
  /** The columns that rows are compared in. */
  const compared: string[] = [];
  const problems: NewProblem[] = [];
  const profiles = info.map((described): ColumnProfile => {
    const { name, type, missing, distinct } = described;
    const column = columns.column(name);
    const facts = describe(column);
    const isFeature = name !== target && !ignore.includes(name);
    const association =
      chosen && isFeature && facts.binned ? associate(facts.binned, chosen.binned, facts.numbers) : undefined;
    const words = facts.profile.texts?.words.max;
    if (isFeature && !isKey({ info: described, rowCount, words })) {
      mixColumn(features, column);
      compared.push(name);
    }
    if (isFeature) {
      const { counted, farOut } = facts;
      const missingRows = missing > 0 ? missingIn(column) : rowList();
      problems.push(
        ...problemsOfColumn({
          info: described,
          rowCount,
          ignore,
          missing: missingRows,
          association,
          words,
          ...(counted && { counted }),
          ...(farOut && { farOut }),
        }),
      );
    }
    return { name, type, missing, distinct, ...facts.profile, ...(association && { target: association }) };
  });

  const firstEqual = firstEqualRows(features);
  const duplicates = findDuplicates(firstEqual, chosen?.values ?? null);
  const overlap =
    chosen &&
    findOverlap(
      firstEqual,
      splitRows(columns, {
        ...{ dataset: { target: chosen.profile.column, split }, task: chosen.profile.task, seed },
        ...{ complete, distinct: dropsDuplicates ? compared : null },
      }),
    );
  problems.push(
    ...problemsOfRows(rowCount, { split, duplicates, overlap }),
    ...(chosen ? problemsOfTarget(chosen.profile, rowCount) : []),
  );
  return {
    kind: 'table',
    rows: rowCount,
    target: chosen?.profile ?? null,
    columns: profiles,
    duplicates,
    overlap,
    problems: sortProblems(problems),
  };
}

interface Described {
  profile: Pick<ColumnProfile, 'numbers' | 'categories' | 'texts'>;
  /** Of a number, date, category or boolean. */
  binned?: Binned;
  numbers: Float64Array | null;
  counted?: Counted[];
  farOut?: RowsConcerned;
}

function describe(column: Column): Described {
  switch (column.type) {
    case 'number':
    case 'date': {
      const { values } = column;
      const described = describeNumbers(values);
      if (!described) return { profile: {}, numbers: values };
      const { profile, edges, farOut } = described;
      const binned = { bins: binNumbers(values, edges), count: edges.length + 1 };
      return { profile: { numbers: profile }, binned, numbers: values, farOut };
    }
    case 'category':
    case 'boolean': {
      const counted = countCodes(column.codes, column.values);
      return {
        profile: { categories: describeCategories(counted) },
        binned: binCodes(column.codes, counted),
        numbers: null,
        counted,
      };
    }
    case 'text': {
      const texts = describeTexts(column.bytes, column.offsets);
      return { profile: texts ? { texts } : {}, numbers: null };
    }
    default:
      throw new Error(`column type ${column satisfies never}`);
  }
}

interface OpenTarget {
  profile: TargetProfile;
  /** [rows]: class or quantity, NaN where it is missing. */
  values: Float64Array;
  binned: SampledTarget;
}

function openTarget(columns: Columns, name: string): OpenTarget {
  const task: TargetTask = taskFor(findColumn(columns.info, name, '/dataset/target'));
  const { classes, values } = readTarget(columns, name, task);
  const missing = missingIn({ type: 'number', values });
  if (classes) {
    const bins = Int32Array.from(values, (value) => (Number.isNaN(value) ? -1 : value));
    const profile = { column: name, task, missing, classes: countCodes(bins, classes) };
    return { profile, values, binned: withSample({ bins, count: classes.length, quantities: null }) };
  }
  const edges = describeNumbers(values)?.edges ?? [];
  const binned = withSample({ bins: binNumbers(values, edges), count: frequencyBins, quantities: values });
  return { profile: { column: name, task, missing, classes: null }, values, binned };
}

function missingIn(column: Column): RowsConcerned {
  const rows = rowList();
  switch (column.type) {
    case 'number':
    case 'date':
      column.values.forEach((value, row) => void (Number.isNaN(value) && noteRow(rows, row)));
      return rows;
    case 'category':
    case 'boolean':
      column.codes.forEach((code, row) => void (code < 0 && noteRow(rows, row)));
      return rows;
    case 'text':
      for (let row = 0; row + 1 < column.offsets.length; row++) {
        if (column.offsets[row] === column.offsets[row + 1]) noteRow(rows, row);
      }
      return rows;
    default:
      throw new Error(`column type ${column satisfies never}`);
  }
}

function problemsOfTarget({ column, classes, missing }: TargetProfile, rowCount: number): NewProblem[] {
  const problems = classes ? problemsOfClasses(classes, column) : [];
  if (missing.count === 0) return problems;
  return [
    ...problems,
    {
      ...{ code: 'missing_target', severity: 'info', column, rows: missing },
      message: `${missing.count} rows (${percent(missing.count, rowCount)}) have no target and are left out`,
      remedy: 'Label them, if they are rows that the model will meet',
    },
  ];
}
