/** What tells whether a request that came again under its Idempotency-Key is the same. */
import { createHash } from 'node:crypto';

/** SHA-256 of the body, the order of fields left out: the same request may be serialised twice in two ways. */
export function hashOf(body: object): string {
  const sorted = JSON.stringify(body, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
  return createHash('sha256').update(sorted).digest('hex');
}
