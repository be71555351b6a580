/**
 * Byte-level byte pair encoding (Sennrich et al. 2016; Radford et al. 2019): bytes, and merges of tokens that often follow
 * one another within a word. Any text has tokens, and decodes to itself.
 */
import { byteValues, spellByte } from './byte.js';
import { codePointsOf } from './character.js';
import type { FittedBase, TokenizerFamily } from './family.js';
import { type Merge, mergePair, pairKey, trainMerges } from './train-bpe.js';
import { countWords, wordsOf } from './words.js';

export interface FittedBpe extends FittedBase {
  type: 'bpe';
  /** Merge i makes token 256 + i of two tokens before it; a byte is its own token. */
  merges: Merge[];
}

interface BpeSpec {
  type: 'bpe';
  vocabularySize: number;
}

const mostMerges = ({ vocabularySize }: BpeSpec, special: number): number => vocabularySize - special - byteValues;

export const bpeTokenizers: TokenizerFamily<BpeSpec, FittedBpe> = {
  hasUnknown: false,
  units: codePointsOf, // so that no character is cut in two by a split
  mostOrdinary: (spec, { special }) => byteValues + mostMerges(spec, special),
  fit: (spec, special, texts) => ({
    ...{ type: 'bpe', special },
    merges: trainMerges(countWords(texts), mostMerges(spec, special.length)),
  }),
  open({ merges }) {
    const ranks = new Map(merges.map((pair, rank) => [pairKey(...pair), rank]));
    const bytes: Buffer[] = Array.from({ length: byteValues }, (_, byte) => Buffer.of(byte));
    for (const [left, right] of merges) bytes.push(Buffer.concat([bytes[left]!, bytes[right]!]));
    return {
      count: bytes.length,
      encode(units) {
        const known = new Map<string, readonly number[]>();
        let tokens = new Int32Array(1024 + (units.length >> 1));
        let count = 0;
        for (const word of wordsOf(units)) {
          const own = known.get(word) ?? mergeWord(word, ranks);
          known.set(word, own);
          if (count + own.length > tokens.length) tokens = twiceAsLong(tokens);
          tokens.set(own, count);
          count += own.length;
        }
        return tokens.subarray(0, count);
      },
      decode: (tokens) => Buffer.concat(tokens.map((token) => bytes[token]!)).toString(),
      bytesOf: (token) => bytes[token]!,
      spell: (token) => Array.from(bytes[token]!, spellByte).join(''),
    };
  },
};

/** The word's bytes with every merge that there is made, the earliest learnt first. */
function mergeWord(word: string, ranks: ReadonlyMap<number, number>): readonly number[] {
  let tokens: readonly number[] = [...Buffer.from(word)];
  for (;;) {
    let [best, at] = [Number.POSITIVE_INFINITY, -1];
    for (let index = 1; index < tokens.length; index++) {
      const rank = ranks.get(pairKey(tokens[index - 1]!, tokens[index]!));
      if (rank !== undefined && rank < best) [best, at] = [rank, index];
    }
    if (at < 0) return tokens;
    tokens = mergePair(tokens, [tokens[at - 1]!, tokens[at]!], byteValues + best);
  }
}

function twiceAsLong(tokens: Int32Array): Int32Array<ArrayBuffer> {
  const longer = new Int32Array(2 * tokens.length);
  longer.set(tokens);
  return longer;
}
