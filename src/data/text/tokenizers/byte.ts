/** A token for each of the 256 bytes. */
import type { FittedBase, TokenizerFamily } from './family.js';

export interface FittedBytes extends FittedBase {
  type: 'byte';
}

export const byteValues = 256;

export const byteTokenizers: TokenizerFamily<{ type: 'byte' }, FittedBytes> = {
  hasUnknown: false,
  units: (utf8) => Int32Array.from(utf8),
  mostOrdinary: () => byteValues,
  fit: (_, special) => ({ type: 'byte', special }),
  open: () => ({
    count: byteValues,
    encode: (units) => units,
    decode: (tokens) => Buffer.from(tokens).toString(),
    bytesOf: (token) => Uint8Array.of(token),
    spell: spellByte,
  }),
};

/**
 * A byte as one printable character, as vocabularies of GPT-2 and those since write it: printable Latin-1 as it is, the
 * others, which include the space (Ġ), from U+0100 on.
 */
export const spellByte = (byte: number): string => spelling[byte]!;

const isPrintable = (byte: number): boolean =>
  (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae;
const spelling: readonly string[] = (() => {
  let others = 0x100;
  return Array.from({ length: byteValues }, (_, byte) => String.fromCodePoint(isPrintable(byte) ? byte : others++));
})();
