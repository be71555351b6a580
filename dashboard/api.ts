/** Requests to the service. What it refuses is an ApiError with its problem; so is a service that does not answer. */
import type { Static } from '#typebox';
import type { ProblemSchema } from '../src/schemas/common.js';

export type Problem = Partial<Static<typeof ProblemSchema>> & { title: string; detail: string };

export class ApiError extends Error {
  override name = 'ApiError';
  constructor(readonly problem: Problem) {
    super(problem.detail);
  }
}

export interface Asked {
  method?: string;
  /** Sent as JSON. */
  body?: unknown;
  signal?: AbortSignal;
}

export async function ask<T>(path: string, { method = 'GET', body, signal }: Asked = {}): Promise<T> {
  const response = await fetch(path, {
    method,
    ...(signal && { signal }),
    headers: { accept: 'application/json', ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  }).catch(noAnswer);
  if (response.status === 204) return undefined as T;
  const answer: unknown = await response.json().catch(noAnswer);
  if (!response.ok) throw new ApiError(answer as Problem);
  return answer as T;
}

export const unanswered: Problem = {
  title: 'No answer',
  detail: 'The service does not answer.',
  hint: 'Is it running? This page asks again by itself.',
  retryable: true,
};

function noAnswer(error: Error): never {
  throw error.name === 'AbortError' ? error : new ApiError(unanswered);
}

export function problemOf(error: unknown): Problem {
  if (error instanceof ApiError) return error.problem;
  return { title: 'The page failed', detail: error instanceof Error ? error.message : String(error) };
}
