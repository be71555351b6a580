/** Names the first byte that is not UTF-8: where it lies in the file, its line and, if known, its column. */
import { DataError } from './errors.js';

export interface BytesPlace {
  /** Offset in the file of the bytes' first. */
  offset: number;
  row: number;
  column?: string | undefined;
}

/** The error for `bytes`, which are known not to be UTF-8. */
export function invalidUtf8(bytes: Buffer, place: BytesPlace): DataError {
  const bad = firstInvalid(bytes);
  const got = `byte 0x${bytes[bad]?.toString(16) ?? ''} at offset ${place.offset + bad}`;
  const where = place.column === undefined ? `line ${place.row}` : `line ${place.row}, column "${place.column}"`;
  return new DataError('invalid_utf8', `${where}: ${got} is not UTF-8`, {
    row: place.row,
    ...(place.column !== undefined && { column: place.column }),
    expected: 'UTF-8',
    got,
    hint: 'save the file as UTF-8',
  });
}

/** Decoding puts U+FFFD where bytes are wrong; the first that does not stand in the bytes themselves is the place. */
function firstInvalid(bytes: Buffer): number {
  const text = bytes.toString('utf8');
  for (let at = text.indexOf('\ufffd'); at >= 0; at = text.indexOf('\ufffd', at + 1)) {
    const offset = Buffer.byteLength(text.slice(0, at));
    if (bytes.toString('hex', offset, offset + 3) !== 'efbfbd') return offset;
  }
  return bytes.length;
}
