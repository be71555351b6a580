/** One text → its splits as tokens. The tokenizer is fitted to the part that trains, where none was fitted before. */
import type { ResolvedTextSpec } from '../../schemas/dataset-spec.js';
import type { PreparedData } from '../prepared-data.js';
import { cutStream, requireWindows, streamShape, streamTokens, type TextTask } from './stream.js';
import { type FittedTokenizer, fitTokenizer, openTokenizer, unitsOf } from './tokenizer.js';

export interface StreamPreparation {
  kind: 'stream';
  task: TextTask;
  tokenizer: FittedTokenizer;
}

export function prepareStream(
  text: Uint8Array,
  { tokenizer: spec, split }: Pick<ResolvedTextSpec, 'tokenizer' | 'split'>,
  { task, context, fitted }: { task: TextTask; context: number; fitted?: FittedTokenizer | undefined },
): PreparedData {
  const units = unitsOf(spec.type, text);
  const cut = cutStream(units.length, split);
  const testFrom = units.length - cut.test;
  const tokenizer = fitted ?? fitTokenizer(spec, streamTokens[task], [units.subarray(0, cut.train)]);
  const { vocabulary, encode } = openTokenizer(tokenizer);
  const parts = {
    train: encode(units.subarray(0, cut.train)),
    validation: encode(units.subarray(cut.train, testFrom)),
    test: encode(units.subarray(testFrom)),
  };
  const stream = { train: parts.train.length, validation: parts.validation.length, test: parts.test.length };
  const shape = streamShape({ task, context, stream, special: tokenizer.special, vocabulary });
  requireWindows(shape, { split, stream });
  const part = (name: keyof typeof parts) => ({ rows: shape.rows[name], x: parts[name], y: new Int32Array(0) });
  return {
    preparation: { kind: 'stream', task, tokenizer },
    shape,
    split: null,
    data: { train: part('train'), validation: part('validation'), test: part('test') },
  };
}
