/** A fitted tokenizer as a client reads it: every token by its spelling. */
import type { Vocabulary } from '../../schemas/tokenizer.js';
import { type FittedTokenizer, openOrdinary } from './tokenizer.js';

export function vocabularyOf(fitted: FittedTokenizer): Vocabulary {
  const { type, special } = fitted;
  const { count, spell } = openOrdinary(fitted);
  const spellings = Array.from({ length: count }, (_, token) => spell(token));
  const merges = type === 'bpe' ? fitted.merges : [];
  return {
    type,
    specialTokens: idsFrom(special, 0),
    vocab: idsFrom(spellings, special.length),
    merges: merges.map((pair) => pair.map(spell).join(' ')),
  };
}

const idsFrom = (names: readonly string[], first: number): Record<string, number> =>
  Object.fromEntries(names.map((name, index) => [name, first + index]));
