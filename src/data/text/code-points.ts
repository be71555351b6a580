/** The code points of UTF-8, read as RFC 3629 has them: shortest forms alone, no surrogates, none above U+10FFFF. */

/** What a byte is that begins no code point. */
export const invalid = -1;
/** Code points that there could be. */
export const codePoints = 0x110000;

/** Least code point of one, two, three and four bytes. */
const least = [0, 0x80, 0x800, 0x10000] as const;

/** The code point that begins at `at`, or `invalid`. */
export function codePointAt(bytes: Uint8Array, at: number): number {
  const lead = bytes[at]!;
  if (lead < 0x80) return lead;
  if (lead < 0xc0 || lead >= 0xf8) return invalid;
  const following = lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
  let value = lead & (0x3f >> following);
  for (let index = 1; index <= following; index++) {
    const byte = bytes[at + index]!; // past the end: undefined, which is no continuation
    if ((byte & 0xc0) !== 0x80) return invalid;
    value = (value << 6) | (byte & 0x3f);
  }
  const isSurrogate = value >= 0xd800 && value <= 0xdfff;
  return value < least[following]! || value >= codePoints || isSurrogate ? invalid : value;
}

/** Bytes of a code point. */
export const utf8Length = (codePoint: number): number =>
  codePoint < least[1] ? 1 : codePoint < least[2] ? 2 : codePoint < least[3] ? 3 : 4;

/** Code points that differ in a text, which must be UTF-8. */
export function countDistinct(text: Uint8Array): number {
  const seen = new Uint8Array(codePoints);
  for (let at = 0; at < text.length; ) {
    const codePoint = codePointAt(text, at);
    seen[codePoint] = 1;
    at += utf8Length(codePoint);
  }
  return seen.reduce((sum, one) => sum + one, 0);
}
