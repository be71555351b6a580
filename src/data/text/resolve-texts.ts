/** A job on one column of texts of a table, of which each is told to be of a class. */
import { fillDefaults } from '../../engine/index.js';
import type { ColumnInfo, TableContents } from '../../schemas/dataset.js';
import { type ResolvedTextsSpec, TextsData } from '../../schemas/dataset-spec.js';
import { balancedRows } from '../balance.js';
import { DataError } from '../errors.js';
import { checkTarget } from '../resolve.js';
import { findColumn, refuseField, requireTarget, targetTaskOf } from '../resolve-checks.js';
import type { DataRequest, ResolvedData } from '../resolve-dataset.js';
import { resolveSplit } from '../resolve-split.js';
import { codePoints } from './code-points.js';
import { rowTokens, textsShape } from './texts.js';
import { mostTokens } from './tokenizer.js';

export function resolveTexts(contents: TableContents, { dataset, task: asked, model }: DataRequest): ResolvedData {
  refuseField(dataset, TextsData, 'a table of which bert reads a text column');
  requireTarget(dataset);
  const filled = fillDefaults(TextsData, dataset) as ResolvedTextsSpec;
  const { columns, rowCount } = contents;
  const target = findColumn(columns, filled.target, '/dataset/target');
  const asClasses = targetTaskOf(asked);
  if (asClasses === 'regression') {
    const details = { path: '/task', expected: 'classification', got: asked };
    throw new DataError('unsuitable_task', `bert tells classes of texts, got ${asked}`, details);
  }
  checkTarget(target, 'classification');
  const { split, balance } = filled;
  const classes = target.distinct;
  const parts = resolveSplit(split, { columns, target: target.name, rows: rowCount - target.missing, classes });
  const { rows, foldRows } = balancedRows(balance, parts, { split, counts: target.counts, classes });
  const column = textColumn(columns, dataset.text, target.name);
  // tables from before characters were counted may hold any
  const { vocabulary } = mostTokens(filled.tokenizer, rowTokens, column.distinctCharacters ?? codePoints);
  const { context } = model as Extract<typeof model, { type: 'bert' }>;
  return {
    task: 'classification',
    dataset: { ...filled, text: column.name },
    shape: textsShape({ context, vocabulary, classes, rows }),
    foldRows,
  };
}

/** The column that is named, or the only text column beside the target. */
function textColumn(columns: readonly ColumnInfo[], name: string | undefined, target: string): ColumnInfo {
  const path = '/dataset/text';
  if (name !== undefined) {
    const column = findColumn(columns, name, path);
    if (column.type === 'text') return column;
    const details = { path, column: name, expected: 'a text column', got: column.type };
    throw new DataError('unsuitable_column', `column "${name}": expected a text column, got ${column.type}`, details);
  }
  const texts = columns.filter((column) => column.type === 'text' && column.name !== target);
  const [only] = texts;
  if (only && texts.length === 1) return only;
  const got = texts.map((column) => column.name).join(', ') || 'none';
  const hint = 'name it in dataset.text; strings of which few differ are categories, not text';
  const details = { path, expected: 'one text column', got, hint };
  throw new DataError('no_text_column', `expected one text column in the table, got ${got}`, details);
}
