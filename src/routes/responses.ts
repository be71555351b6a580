/** What a route may answer, in the form that Fastify and OpenAPI read: one success, and the problems by their codes. */
import type { TSchema } from '#typebox';
import { type ProblemCode, problems } from '../errors.js';
import { ProblemSchema } from '../schemas/common.js';

interface Response {
  description: string;
  content?: Record<string, { schema: TSchema | object }>;
  headers?: Record<string, object>;
  /** Swagger's mark of an answer without a body. */
  type?: 'null';
}

export const json = (schema: TSchema, description: string, headers?: Record<string, object>): Response => ({
  description,
  content: { 'application/json': { schema } },
  ...(headers && { headers }),
});

export const noContent = (description: string): Response => ({ description, type: 'null' });

/** Any route may answer these. */
const everywhere: readonly ProblemCode[] = [
  'malformed_request',
  'invalid_request',
  'forbidden',
  'internal',
  'unavailable',
];
/** And one that reads a JSON body, these. */
export const jsonBodyProblems: readonly ProblemCode[] = [
  'malformed_json',
  'payload_too_large',
  'unsupported_media_type',
];

/** Successes, and one response a status of the problems; codes of one status share it. */
export function responses(successes: Record<number, Response>, ...codes: ProblemCode[]): Record<number, Response> {
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of new Set([...codes, ...everywhere])) {
    const [status] = problems[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const all: Record<number, Response> = { ...successes };
  for (const [status, sharing] of byStatus) {
    const description = sharing
      .sort()
      .map((code) => `\`${code}\`: ${problems[code][1]}`)
      .join('. ');
    all[status] = { description, content: { 'application/problem+json': { schema: ProblemSchema } } };
  }
  return all;
}
