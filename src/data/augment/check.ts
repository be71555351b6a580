/** Holds a job's augmentations to the data, to one another and to the loss: what cannot work is refused by its pointer. */
import type { DataShape, ResolvedEngineSpec } from '../../engine/index.js';
import type { DatasetContents } from '../../schemas/dataset.js';
import type { ResolvedDatasetSpec } from '../../schemas/dataset-spec.js';
import type { Task } from '../../schemas/job-spec.js';
import { DataError } from '../errors.js';
import { unlearnable } from '../resolve-checks.js';
import type { RowKinds } from './augmentation.js';
import { augmentations, fits, mixes, type ResolvedAugmentation } from './index.js';

export interface AugmentedJob {
  contents: Pick<DatasetContents, 'kind'>;
  dataset: ResolvedDatasetSpec;
  task: Task;
  shape: Pick<DataShape, 'embedded'>;
  spec: Pick<ResolvedEngineSpec, 'model' | 'loss'>;
}

const described: Record<keyof RowKinds, string> = {
  image: 'images',
  table: 'rows of a table',
  text: 'a column of texts',
  window: 'a text',
};

/** Throws DataError `unsuitable_augmentation`. */
export function checkAugmentations(
  list: readonly ResolvedAugmentation[],
  { contents, dataset, task, shape, spec }: AugmentedJob,
): void {
  const kind = kindOf(contents.kind, spec.model.type);
  const known = Object.keys(augmentations) as ResolvedAugmentation['type'][];
  // A model of masked tokens masks by itself, and its targets are its inputs.
  const fitting = task === 'maskedLanguageModel' ? [] : known.filter((type) => fits(type, kind));
  list.forEach((augmentation, index) => {
    const { type } = augmentation;
    const path = `/augmentation/${index}`;
    if (!fitting.includes(type)) {
      const expected = fitting.length > 0 ? fitting.join(', ') : 'none for masked tokens';
      throw unsuitable(`${path}/type`, `${type} does not fit ${described[kind]}`, { expected, got: type });
    }
    if (type === 'masking' && 'tokenizer' in dataset && dataset.tokenizer.type === 'byte') {
      const tokenizer = { expected: 'character', got: dataset.tokenizer.type };
      throw unsuitable('/dataset/tokenizer/type', 'masking makes tokens unknown, and no byte is', tokenizer);
    }
    if (!mixes(augmentation)) return;
    if (shape.embedded !== undefined) {
      const categories = { expected: 'categories that are no embedding', got: type };
      throw unsuitable(`${path}/type`, `${type} takes shares of inputs, and codes of categories have none`, categories);
    }
    if (index < list.length - 1) {
      const place = { expected: `index ${list.length - 1}`, got: `index ${index}` };
      throw unsuitable(path, `${type} mixes rows that are otherwise done: it comes last, and once`, place);
    }
    const { loss } = spec;
    if (loss.type === 'binaryCrossEntropy' && loss.positiveWeight !== 1) {
      const weight = { expected: 1, got: loss.positiveWeight };
      throw unsuitable('/loss/positiveWeight', `${type} gives rows a share of both classes`, weight);
    }
  });
}

function kindOf(contents: DatasetContents['kind'], model: ResolvedEngineSpec['model']['type']): keyof RowKinds {
  switch (contents) {
    case 'images':
      return 'image';
    case 'text':
      return 'window';
    case 'table':
      return model === 'bert' ? 'text' : 'table';
    case 'weights':
      throw unlearnable();
    default:
      throw new Error(`contents ${contents satisfies never}`);
  }
}

function unsuitable(path: string, what: string, { expected, got }: { expected: unknown; got: unknown }): DataError {
  return new DataError('unsuitable_augmentation', `${what}: expected ${expected}, got ${got}`, { path, expected, got });
}
