/**
 * Tokenizers: text ↔ ids. A text is first a row of units, which need no fitting: code points, or bytes. So it can be cut
 * into splits before the vocabulary is fitted to one of them. Special tokens have the first ids, then come the ordinary
 * ones: the characters that the training split holds, ascending by code point, or the 256 bytes.
 */
import type { TokenizerSpec } from '../../schemas/dataset-spec.js';
import { codePointAt, utf8Length } from './code-points.js';

export type SpecialToken = 'padding' | 'unknown' | 'class' | 'mask';

/** Plain JSON, so that it lives in the checkpoint. */
export type FittedTokenizer =
  | { type: 'character'; special: SpecialToken[]; characters: string }
  | { type: 'byte'; special: SpecialToken[] };

export interface Tokenizer {
  readonly vocabulary: number;
  /** The first id that is not special's. */
  readonly firstOrdinary: number;
  /** The id of a special token that it has. */
  special(name: SpecialToken): number;
  /** Ids of units, one each; a character that the vocabulary lacks is `unknown`. */
  encode(units: Int32Array): Int32Array;
  /** The text of ordinary tokens. Bytes that are no UTF-8 become U+FFFD. */
  decode(tokens: readonly number[]): string;
}

type Type = TokenizerSpec['type'];
const byteValues = 256;

/** Those of a task's tokens that a tokenizer needs: no byte is unknown. */
export const specialTokens = (type: Type, wanted: readonly SpecialToken[]): SpecialToken[] =>
  wanted.filter((name) => type !== 'byte' || name !== 'unknown');

/** The most ordinary tokens that fitting can give. */
export const mostOrdinary = (type: Type, distinctCharacters: number): number =>
  type === 'byte' ? byteValues : distinctCharacters;

/** [units] of a text in UTF-8. */
export function unitsOf(type: Type, utf8: Uint8Array): Int32Array {
  if (type === 'byte') return Int32Array.from(utf8);
  const units = new Int32Array(utf8.length);
  let count = 0;
  for (let at = 0; at < utf8.length; at += utf8Length(units[count++]!)) units[count] = codePointAt(utf8, at);
  return units.subarray(0, count);
}

/** Fits a tokenizer to the units of the training split. */
export function fitTokenizer(type: Type, wanted: readonly SpecialToken[], units: Int32Array): FittedTokenizer {
  const special = specialTokens(type, wanted);
  if (type === 'byte') return { type, special };
  const characters = [...new Set(units)].sort((a, b) => a - b).map((unit) => String.fromCodePoint(unit));
  return { type, special, characters: characters.join('') };
}

export function openTokenizer(fitted: FittedTokenizer): Tokenizer {
  const { type, special: names } = fitted;
  const firstOrdinary = names.length;
  const special = (name: SpecialToken): number => {
    const id = names.indexOf(name);
    if (id < 0) throw new Error(`the ${type} tokenizer has no token ${name}, but ${names.join(', ') || 'none'}`);
    return id;
  };
  if (type === 'byte') {
    return {
      vocabulary: firstOrdinary + byteValues,
      firstOrdinary,
      special,
      encode: (units) => units.map((unit) => firstOrdinary + unit),
      decode: (tokens) => Buffer.from(tokens.map((token) => token - firstOrdinary)).toString(),
    };
  }
  const characters = [...fitted.characters];
  const codePoints = characters.map((character) => character.codePointAt(0)!);
  const unknown = special('unknown');
  const ids = new Int32Array((codePoints.at(-1) ?? 0) + 1).fill(unknown); // by code point
  codePoints.forEach((codePoint, index) => {
    ids[codePoint] = firstOrdinary + index;
  });
  return {
    vocabulary: firstOrdinary + characters.length,
    firstOrdinary,
    special,
    encode: (units) => units.map((unit) => ids[unit] ?? unknown),
    decode: (tokens) => tokens.map((token) => characters[token - firstOrdinary]!).join(''),
  };
}
