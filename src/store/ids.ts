/** Ids: a prefix that names the resource, and 26 characters that sort by the time of making (a ULID in lower case). */
import { randomBytes } from 'node:crypto';
import { idPrefixes, type Resource } from '../schemas/common.js';

/** Crockford's base 32: no i, l, o, u. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

let last = 0n;

/** A new id: 48 bits of milliseconds, 80 of chance. Rises within a process, even inside one millisecond. */
export function newId(resource: Resource): string {
  const fresh = (BigInt(Date.now()) << 80n) | BigInt(`0x${randomBytes(10).toString('hex')}`);
  last = fresh > last ? fresh : last + 1n;
  const digits = last.toString(32).padStart(26, '0');
  return `${idPrefixes[resource]}_${digits.replace(/[i-v]/g, (digit) => alphabet[Number.parseInt(digit, 32)]!)}`;
}
