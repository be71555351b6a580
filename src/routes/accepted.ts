/** What the requests that make a job have in common: the key that makes them safe to repeat, and the way to the job. */
import { Type } from '#typebox';

export const IdempotencyHeaders = Type.Object({
  'idempotency-key': Type.Optional(
    Type.String({
      pattern: '^[\\x21-\\x7e]{1,255}$',
      description: '1 to 255 visible ASCII characters. The same key and body give the same job, however often sent',
    }),
  ),
});

export const location = { Location: { type: 'string', format: 'uri-reference', description: 'Path of the job' } };
