/** A token for each character (code point) that the training split holds, ascending. */
import { codePointAt, utf8Length } from '../code-points.js';
import type { FittedBase, TokenizerFamily } from './family.js';

export interface FittedCharacters extends FittedBase {
  type: 'character';
  characters: string;
}

export const characterTokenizers: TokenizerFamily<{ type: 'character' }, FittedCharacters> = {
  hasUnknown: true,
  units: codePointsOf,
  mostOrdinary: (_, { distinctCharacters }) => distinctCharacters,
  fit(_, special, texts) {
    const seen = new Set<number>();
    for (const text of texts) for (const unit of text) seen.add(unit);
    const characters = [...seen].sort((a, b) => a - b).map((unit) => String.fromCodePoint(unit));
    return { type: 'character', special, characters: characters.join('') };
  },
  open(fitted) {
    const characters = [...fitted.characters];
    const codePoints = characters.map((character) => character.codePointAt(0)!);
    const ids = new Int32Array((codePoints.at(-1) ?? 0) + 1).fill(-1); // by code point
    codePoints.forEach((codePoint, index) => {
      ids[codePoint] = index;
    });
    const spell = (token: number) => characters[token]!;
    return {
      count: characters.length,
      encode: (units) => units.map((unit) => ids[unit] ?? -1),
      decode: (tokens) => tokens.map(spell).join(''),
      bytesOf: (token) => Buffer.from(spell(token)),
      spell,
    };
  },
};

export function codePointsOf(utf8: Uint8Array): Int32Array {
  const units = new Int32Array(utf8.length);
  let count = 0;
  for (let at = 0; at < utf8.length; at += utf8Length(units[count++]!)) units[count] = codePointAt(utf8, at);
  return units.subarray(0, count);
}
