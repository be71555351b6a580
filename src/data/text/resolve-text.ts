/** A job on one text, from what was counted of it: the task that the model has, and the shape of the data. */
import { fillDefaults } from '../../engine/index.js';
import type { TextContents } from '../../schemas/dataset.js';
import { type ResolvedTextSpec, TextData } from '../../schemas/dataset-spec.js';
import { DataError } from '../errors.js';
import { refuseField, refuseModel } from '../resolve-checks.js';
import type { DataRequest, ResolvedData } from '../resolve-dataset.js';
import { checkShares } from '../resolve-split.js';
import { cutStream, requireWindows, streamShape, streamTokens, type TextTask } from './stream.js';
import { mostTokens } from './tokenizer.js';

/** Throws DataError: `unsuitable_field`, `unsuitable_model`, `unsuitable_task`, `invalid_split`, `text_too_short`. */
export function resolveText(contents: TextContents, { dataset, task: asked, model }: DataRequest): ResolvedData {
  refuseField(dataset, TextData, 'a text');
  if (model.type !== 'gpt' && model.type !== 'bert') throw refuseModel(model, ['gpt', 'bert'], 'a text');
  const task: TextTask = model.type === 'gpt' ? 'languageModel' : 'maskedLanguageModel';
  if (asked !== 'auto' && asked !== task) {
    const details = { path: '/task', expected: task, got: asked };
    throw new DataError('unsuitable_task', `${model.type} on a text: expected ${task}, got ${asked}`, details);
  }
  const spec = fillDefaults(TextData, dataset) as ResolvedTextSpec;
  checkShares(spec.split);
  const { tokenizer, split } = spec;
  // of byte pairs there are fewer than bytes: how many fewer is known once they are fitted
  const units = tokenizer.type === 'character' ? contents.characters : contents.textBytes;
  const stream = cutStream(units, split);
  const tokens = mostTokens(tokenizer, streamTokens[task], contents.distinctCharacters);
  const shape = streamShape({ task, context: model.context, stream, ...tokens });
  requireWindows(shape, { split, stream });
  return { task, dataset: spec, shape, foldRows: null };
}
