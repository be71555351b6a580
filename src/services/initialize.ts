/**
 * What a job takes over from weights that have learnt before. Which they are follows from names and shapes, what they mean
 * from how the data were prepared: the source's way is the job's as well, and what cannot be so is refused.
 */
import { isDeepStrictEqual } from 'node:util';
import { embeddedInputs } from '../data/features/embedded.js';
import type { Preparation } from '../data/preparation.js';
import { openTokenizer } from '../data/text/tokenizer.js';
import type { DataShape } from '../engine/index.js';
import { type FieldError, fieldProblem, type Problem } from '../errors.js';
import type { DatasetContents } from '../schemas/dataset.js';
import { type DatasetSpec, foldsOf, type ResolvedColumnsSpec } from '../schemas/dataset-spec.js';
import type { JobSpec, ResolvedJobSpec } from '../schemas/job-spec.js';
import { settingNames } from '../schemas/preparation-spec.js';
import type { Source } from './sources.js';

type Kind = Preparation['kind'];

/** What the dataset's part of a spec says of how inputs are prepared. */
const settings: Readonly<Record<Kind, readonly (keyof DatasetSpec)[]>> = {
  columns: [...settingNames, 'columns'],
  texts: ['tokenizer'],
  stream: ['tokenizer'],
  images: [],
};

const refused = (field: FieldError, hint?: string): Problem => fieldProblem('invalid_spec', field, hint);

const otherPreparation = (path: string, what: string, [expected, got]: [unknown, unknown]): Problem =>
  refused({
    ...{ path, code: 'other_preparation', expected, got },
    message: `the source’s weights belong to ${what}`,
  });

function kindOf(contents: DatasetContents, model: JobSpec['model']): Kind {
  if (contents.kind === 'text') return 'stream';
  if (contents.kind === 'images') return 'images';
  return model.type === 'bert' ? 'texts' : 'columns';
}

/** The posted spec with what it leaves open of the preparation as the source has it. */
export function preparedAs({ prepared }: Source, body: JobSpec, contents: DatasetContents): JobSpec {
  if (prepared === null) return body;
  const { preparation, dataset } = prepared;
  const [expected, got] = [preparation.kind, kindOf(contents, body.model)];
  if (expected !== got) throw otherPreparation('/initialize/from', `other data: ${expected}`, [expected, got]);
  const known = dataset as DatasetSpec;
  const taken = settings[got].map((name) => [name, body.dataset[name] ?? known[name]]);
  return { ...body, dataset: { ...body.dataset, ...Object.fromEntries(taken) } };
}

/** Throws Problem `invalid_spec` where the job prepares otherwise than the source. */
export function expectPrepared(
  { prepared }: Source,
  { dataset, task }: ResolvedJobSpec,
  contents: DatasetContents,
): void {
  const folds = foldsOf(dataset);
  if (folds !== null) {
    const message = 'a cross-validated job begins anew in each fold';
    throw refused({ path: '/dataset/split/folds', code: 'unsuitable_field', message, expected: null, got: folds });
  }
  if (prepared === null) return;
  const { preparation, dataset: before } = prepared;
  const [had, has] = [before as DatasetSpec, dataset as DatasetSpec];
  for (const name of settings[preparation.kind]) {
    if (isDeepStrictEqual(had[name], has[name])) continue;
    throw otherPreparation(`/dataset/${name}`, 'data that were prepared by this', [had[name], has[name]]);
  }
  if (preparation.kind === 'stream' && preparation.task !== task) {
    throw otherPreparation('/task', 'this task', [preparation.task, task]);
  }
  if (preparation.kind === 'images' && contents.kind === 'images') {
    const [expected, got] = [preparation.shape, contents.shape];
    if (!isDeepStrictEqual(expected, got))
      throw otherPreparation('/dataset/id', 'images of this shape', [expected, got]);
  }
  if (preparation.kind === 'columns' && contents.kind === 'table') {
    const { target, ignore } = dataset as ResolvedColumnsSpec;
    const left = new Set([target, ...ignore]);
    const features = contents.columns.filter(({ name }) => !left.has(name));
    const [expected, got] = [preparation.features, features].map((columns) =>
      columns.map(({ name, type }) => `${name} (${type})`).sort(),
    );
    if (!isDeepStrictEqual(expected, got)) {
      throw otherPreparation('/dataset', 'these columns; ignore others', [expected, got]);
    }
  }
}

/** The shape that the data will have, prepared as the source’s. */
export function shapeAs({ prepared }: Source, shape: DataShape): DataShape {
  if (prepared === null) return shape;
  const { preparation } = prepared;
  switch (preparation.kind) {
    case 'columns': {
      // Which inputs are codes is the source's to say.
      const { embedded: _, ...rest } = shape;
      return { ...rest, inputs: preparation.inputs, ...embeddedInputs(preparation.features) };
    }
    case 'images':
      return shape;
    case 'texts':
    case 'stream': {
      const { vocabulary } = openTokenizer(preparation.tokenizer);
      const tokens = { ...shape.tokens!, vocabulary };
      return { ...shape, tokens, ...(preparation.kind === 'stream' && { outputs: vocabulary }) };
    }
    default:
      throw new Error(`preparation ${preparation satisfies never}`);
  }
}

/** Whether what the model puts out means the same as in the source: the same classes in their order, or the same target. */
export function sameOutputs(
  { prepared }: Source,
  { dataset, task }: ResolvedJobSpec,
  { contents, outputs }: { contents: DatasetContents; outputs: number },
): boolean {
  if (prepared === null || prepared.preparation.kind === 'stream') return true;
  const { target } = prepared.preparation;
  if (target.type !== task) return false;
  const name = 'target' in dataset ? dataset.target : null;
  if (target.type === 'regression') return target.name === name;
  const column = contents.kind === 'table' ? contents.columns.find((one) => one.name === name) : undefined;
  const classes = contents.kind === 'images' ? contents.classes : column?.values;
  // Of whole numbers no list is kept.
  if (classes === undefined) return target.name === name && target.classes.length === outputs;
  return isDeepStrictEqual(target.classes, classes);
}
