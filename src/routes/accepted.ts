/** What the requests that make a job, a sweep or a race have in common: the key that makes them safe to repeat, and the way to it. */
import { Type } from '#typebox';

export const IdempotencyHeaders = Type.Object({
  'idempotency-key': Type.Optional(
    Type.String({
      pattern: '^[\\x21-\\x7e]{1,255}$',
      description:
        '1 to 255 visible ASCII characters. The same key and body give what they made first, however often sent',
    }),
  ),
});

export const location = { Location: { type: 'string', format: 'uri-reference', description: 'Path of what was made' } };

/** Why no job is made of a spec. */
export const jobRefusals = [
  'invalid_spec',
  'exceeds_memory',
  'quota_exceeded',
  'idempotency_mismatch',
  'idempotency_in_flight',
] as const;
