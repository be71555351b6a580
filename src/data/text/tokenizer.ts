/**
 * Tokenizers: text ↔ ids. A text is first a row of units, which need no fitting: code points, or bytes. So it can be cut
 * into splits before the vocabulary is fitted to one of them. Special tokens have the first ids, then come the ordinary
 * ones, which are the tokenizer's own.
 */
import type { TokenizerSpec } from '../../schemas/dataset-spec.js';
import { bpeTokenizers, type FittedBpe } from './tokenizers/bpe.js';
import { byteTokenizers, type FittedBytes } from './tokenizers/byte.js';
import { characterTokenizers, type FittedCharacters } from './tokenizers/character.js';
import type { OrdinaryTokens, SpecialToken, Tokenizer, TokenizerFamily } from './tokenizers/family.js';

/** Plain JSON, so that it lives in the checkpoint. */
export type FittedTokenizer = FittedCharacters | FittedBytes | FittedBpe;
type Type = TokenizerSpec['type'];

const families: {
  [Name in Type]: TokenizerFamily<Extract<TokenizerSpec, { type: Name }>, Extract<FittedTokenizer, { type: Name }>>;
} = { character: characterTokenizers, byte: byteTokenizers, bpe: bpeTokenizers };
const familyOf = (type: Type) => families[type] as TokenizerFamily<TokenizerSpec, FittedTokenizer>;

/** Those of a task's tokens that a tokenizer needs. */
const specialTokens = (type: Type, wanted: readonly SpecialToken[]): SpecialToken[] =>
  wanted.filter((name) => name !== 'unknown' || familyOf(type).hasUnknown);

/** Special tokens, and the largest vocabulary that fitting can give. */
export function mostTokens(spec: TokenizerSpec, wanted: readonly SpecialToken[], distinctCharacters: number) {
  const special = specialTokens(spec.type, wanted);
  const ordinary = familyOf(spec.type).mostOrdinary(spec, { special: special.length, distinctCharacters });
  return { special, vocabulary: special.length + ordinary };
}

/** [units] of a text in UTF-8. */
export const unitsOf = (type: Type, utf8: Uint8Array): Int32Array => familyOf(type).units(utf8);

/** Fits a tokenizer to texts of the training split, which are given as units. */
export const fitTokenizer = (
  spec: TokenizerSpec,
  wanted: readonly SpecialToken[],
  texts: readonly Int32Array[],
): FittedTokenizer => familyOf(spec.type).fit(spec, specialTokens(spec.type, wanted), texts);

export const openOrdinary = (fitted: FittedTokenizer): OrdinaryTokens => familyOf(fitted.type).open(fitted);

export function openTokenizer(fitted: FittedTokenizer): Tokenizer {
  const { type, special: names } = fitted;
  const { count, encode, decode, bytesOf } = openOrdinary(fitted);
  const firstOrdinary = names.length;
  const special = (name: SpecialToken): number => {
    const id = names.indexOf(name);
    if (id < 0) throw new Error(`the ${type} tokenizer has no token ${name}, but ${names.join(', ') || 'none'}`);
    return id;
  };
  const unknown = names.indexOf('unknown');
  return {
    vocabulary: firstOrdinary + count,
    firstOrdinary,
    special,
    encode: (units) => encode(units).map((token) => (token < 0 ? unknown : firstOrdinary + token)),
    decode: (tokens) => decode(tokens.map((token) => token - firstOrdinary)),
    bytesOf: (token) => bytesOf(token - firstOrdinary),
  };
}
