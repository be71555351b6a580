/** One text → its splits as tokens. The tokenizer is fitted to the part that trains. */
import type { ResolvedTextSpec } from '../../schemas/dataset-spec.js';
import type { PreparedData } from '../prepared-data.js';
import { cutStream, streamShape, streamTokens, type TextTask } from './stream.js';
import { type FittedTokenizer, fitTokenizer, openTokenizer, unitsOf } from './tokenizer.js';

export interface StreamPreparation {
  kind: 'stream';
  task: TextTask;
  tokenizer: FittedTokenizer;
}

export function prepareStream(
  text: Uint8Array,
  { tokenizer: { type }, split }: Pick<ResolvedTextSpec, 'tokenizer' | 'split'>,
  { task, context }: { task: TextTask; context: number },
): PreparedData {
  const units = unitsOf(type, text);
  const stream = cutStream(units.length, split);
  const testFrom = units.length - stream.test;
  const tokenizer = fitTokenizer(type, streamTokens[task], units.subarray(0, stream.train));
  const { vocabulary, encode } = openTokenizer(tokenizer);
  const { special } = tokenizer;
  const shape = streamShape({ task, context, stream, special, vocabulary });
  const part = (from: number, to: number) => ({ x: encode(units.subarray(from, to)), y: new Int32Array(0) });
  return {
    preparation: { kind: 'stream', task, tokenizer },
    shape,
    data: {
      train: { rows: shape.rows.train, ...part(0, stream.train) },
      validation: { rows: shape.rows.validation, ...part(stream.train, testFrom) },
      test: { rows: shape.rows.test, ...part(testFrom, units.length) },
    },
  };
}
