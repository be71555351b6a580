/** One text as rows to learn from: where it is cut into splits, and what the engine must know of it. */
import { type DataShape, windowsOf } from '../../engine/index.js';
import type { ResolvedTextSpec } from '../../schemas/dataset-spec.js';
import type { Task } from '../../schemas/job-spec.js';
import { DataError } from '../errors.js';
import type { SpecialToken } from './tokenizers/family.js';

/** What can be learnt of one text. */
export type TextTask = Extract<Task, 'languageModel' | 'maskedLanguageModel'>;

/** Special tokens of each task, in the order of their ids. */
export const streamTokens: Readonly<Record<TextTask, readonly SpecialToken[]>> = {
  languageModel: ['unknown'],
  maskedLanguageModel: ['unknown', 'mask'],
};

export interface Stream {
  train: number;
  validation: number;
  test: number;
}

/** How many of `length` units each split has; they follow one another, and a share that is not whole goes to the later one. */
export function cutStream(length: number, { validation, test }: ResolvedTextSpec['split']): Stream {
  const train = Math.floor(length * (1 - validation - test));
  const beforeTest = Math.floor(length * (1 - test));
  return { train, validation: beforeTest - train, test: length - beforeTest };
}

export interface StreamFacts {
  task: TextTask;
  /** Tokens of a window. */
  context: number;
  stream: Stream;
  /** Its special tokens, in the order of their ids. */
  special: readonly SpecialToken[];
  vocabulary: number;
}

export function streamShape({ task, context: inputs, stream, special, vocabulary }: StreamFacts): DataShape {
  const masked = task === 'maskedLanguageModel';
  const tokens = {
    ...{ vocabulary, padding: null, stream },
    targets: masked ? 'masked' : 'position',
    ...(masked && { mask: { token: special.indexOf('mask'), firstOrdinary: special.length } }),
  } as const;
  const windows = (length: number) => windowsOf(length, { inputs, tokens });
  const { train, validation, test } = stream;
  return {
    ...{ task: 'classification', inputs, tokens, outputs: vocabulary },
    rows: { train: windows(train), validation: windows(validation), test: windows(test) },
  };
}

/** Throws `text_too_short` where a part that is asked for has no window. */
export function requireWindows(
  { rows, inputs }: DataShape,
  { split, stream }: { split: ResolvedTextSpec['split']; stream: Stream },
): void {
  const isStarved = (split.validation > 0 && rows.validation === 0) || (split.test > 0 && rows.test === 0);
  if (rows.train > 0 && !isStarved) return;
  throw new DataError('text_too_short', `the text is too short for this split and a context of ${inputs}`, {
    path: '/dataset/split',
    expected: `more than ${inputs} tokens in each part`,
    got: `train ${stream.train}, validation ${stream.validation}, test ${stream.test}`,
  });
}
