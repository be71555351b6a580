/** Tells numerals that any reader of doubles takes, in the bytes of a file: a column of nothing else is loaded as numbers. */

const [plus, minus, point, zero, nine] = [0x2b, 0x2d, 0x2e, 0x30, 0x39];
const lowerCase = 0x20;
const exponentMark = 0x65;
/** Within these, a numeral is finite: below 1e40 · 1e99. */
const [longest, mostExponentDigits] = [40, 2];

/** As `numberPattern` (values.ts), of at most 40 characters and an exponent of two digits. */
export function isPlainNumeral(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start > longest) return false;
  let at = afterSign(bytes, start);
  const whole = afterDigits(bytes, at, end);
  let digits = whole - at;
  at = whole;
  if (at < end && bytes[at] === point) {
    const fraction = afterDigits(bytes, at + 1, end);
    digits += fraction - at - 1;
    at = fraction;
  }
  if (digits === 0 || at === end) return digits > 0;
  if ((bytes[at]! | lowerCase) !== exponentMark) return false;
  at = afterSign(bytes, at + 1);
  const exponentDigits = end - at;
  return exponentDigits >= 1 && exponentDigits <= mostExponentDigits && afterDigits(bytes, at, end) === end;
}

const afterSign = (bytes: Uint8Array, at: number): number => (bytes[at] === plus || bytes[at] === minus ? at + 1 : at);

function afterDigits(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end && bytes[at]! >= zero && bytes[at]! <= nine) at++;
  return at;
}
