/** A job on one text, from what was counted of it: the task that the model has, and the shape of the data. */
import { fillDefaults } from '../../engine/index.js';
import type { TextContents } from '../../schemas/dataset.js';
import { type ResolvedTextSpec, TextData } from '../../schemas/dataset-spec.js';
import { DataError } from '../errors.js';
import { refuseField, refuseModel } from '../resolve-checks.js';
import type { DataRequest, ResolvedData } from '../resolve-dataset.js';
import { checkShares } from '../resolve-split.js';
import { cutStream, streamShape, streamTokens, type TextTask } from './stream.js';
import { mostOrdinary, specialTokens } from './tokenizer.js';

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
  const { type } = spec.tokenizer;
  const { context } = model;
  const stream = cutStream(type === 'byte' ? contents.textBytes : contents.characters, spec.split);
  const special = specialTokens(type, streamTokens[task]);
  const vocabulary = special.length + mostOrdinary(type, contents.distinctCharacters);
  const shape = streamShape({ task, context, stream, special, vocabulary });
  const { train, validation, test } = shape.rows;
  if (train === 0 || (spec.split.validation > 0 && validation === 0) || (spec.split.test > 0 && test === 0)) {
    throw new DataError('text_too_short', `the text is too short for this split and a context of ${context}`, {
      path: '/dataset/split',
      expected: `more than ${context} tokens in each part`,
      got: `train ${stream.train}, validation ${stream.validation}, test ${stream.test}`,
    });
  }
  return { task, dataset: spec, shape };
}
