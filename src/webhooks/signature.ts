/** Signatures of Standard Webhooks, version 1: HMAC-SHA256 over id, time and body, keyed by what the secret is the base 64 of. */
import { createHmac, randomBytes } from 'node:crypto';

const prefix = 'whsec_';

/** 256 bits of chance. */
export const newSecret = (): string => prefix + randomBytes(32).toString('base64');

/** The header `webhook-signature`: one signature a secret. `timestamp` in seconds since 1970. */
export function signatures(
  secrets: readonly string[],
  { id, timestamp, body }: { id: string; timestamp: number; body: string },
): string {
  return secrets
    .map((secret) => {
      const key = Buffer.from(secret.slice(prefix.length), 'base64');
      return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
    })
    .join(' ');
}
