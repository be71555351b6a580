/** What the resolving of every kind of data refuses alike: fields and models that do not fit what the dataset holds. */
import type { TObject } from '#typebox';
import type { ResolvedModelSpec } from '../engine/index.js';
import { nearest } from '../nearest.js';
import type { ColumnInfo } from '../schemas/dataset.js';
import type { DatasetSpec } from '../schemas/dataset-spec.js';
import type { Task } from '../schemas/job-spec.js';
import { DataError } from './errors.js';
import type { TargetTask } from './target.js';

/** Throws `unsuitable_field` for a field, or a kind of split, that `schema` has not. */
export function refuseField(dataset: DatasetSpec, { properties }: TObject, what: string): void {
  const known = Object.keys(properties);
  for (const [name, value] of Object.entries(dataset)) {
    if (known.includes(name)) continue;
    const expected = known.filter((field) => field !== 'id');
    const got = typeof value === 'object' ? 'an object' : value;
    throw unsuitable('field', `/dataset/${name}`, { what: `${what} takes no ${name}`, expected, got });
  }
  const split = properties['split'] as unknown as { oneOf: { properties: { type: { const: string } } }[] };
  const expected = split.oneOf.map(({ properties: { type } }) => type.const);
  const got = dataset.split?.type;
  if (got === undefined || expected.includes(got)) return;
  throw unsuitable('field', '/dataset/split/type', { what: `${what} is not split so`, expected, got });
}

export const refuseModel = (
  { type: got }: ResolvedModelSpec,
  expected: readonly ResolvedModelSpec['type'][],
  what: string,
): DataError => unsuitable('model', '/model/type', { what: `${what} is not what ${got} reads`, expected, got });

/** Weights are no rows. */
export const unlearnable = (): DataError =>
  new DataError('unsuitable_dataset', 'weights are begun with, not learnt from: expected rows', {
    ...{ path: '/dataset/id', expected: 'a table, images or a text', got: 'weights' },
    hint: 'name them in initialize.from',
  });

function unsuitable(
  which: string,
  path: string,
  { what, expected, got }: { what: string; expected: readonly string[]; got: unknown },
): DataError {
  const message = `${what}: expected ${expected.join(', ')}, got ${got}`;
  return new DataError(`unsuitable_${which}`, message, { path, expected, got });
}

/** Throws `unknown_column`. */
export function findColumn(columns: readonly ColumnInfo[], name: string, path: string): ColumnInfo {
  const found = columns.find((column) => column.name === name);
  if (found) return found;
  const meant = nearest(
    name,
    columns.map((column) => column.name),
  );
  throw new DataError('unknown_column', `the dataset has no column "${name}"`, {
    path,
    column: name,
    got: name,
    ...(meant !== undefined && { hint: `did you mean "${meant}"?` }),
  });
}

/** Throws `missing_target`: a table has no column that is the target of itself. */
export function requireTarget({ target }: DatasetSpec): void {
  if (target !== undefined) return;
  const [path, expected, got] = ['/dataset/target', 'the name of the column to predict', 'nothing'];
  throw new DataError('missing_target', `required, but missing: expected ${expected}`, { path, expected, got });
}

/** A task of columns. Throws `unsuitable_task` for one of texts. */
export function targetTaskOf(task: Task | 'auto'): TargetTask | 'auto' {
  const known = ['auto', 'classification', 'regression'] as const;
  const found = known.find((name) => name === task);
  if (found) return found;
  throw unsuitable('task', '/task', { what: 'a table has a target', expected: known, got: task });
}
