/** What every call of the client throws: a problem of the service (RFC 9457), or that it could not be reached. */
import type { components } from './schema.js';

type Problem = components['schemas']['Problem'];
export type FieldError = components['schemas']['FieldError'];

export class TrainyardError extends Error {
  override readonly name = 'TrainyardError';
  /** Stable: match on this. `unreachable` where no answer came, `unexpected` where it was none of Trainyard's. */
  readonly code: string;
  /** The HTTP status; 0 where no answer came. */
  readonly status: number;
  /** Each thing that is wrong: where, what was expected, what came. */
  readonly errors: readonly FieldError[];
  /** Whether the same request may succeed later. */
  readonly retryable: boolean;
  readonly hint: string | undefined;
  /** The request in the log of the service. */
  readonly requestId: string | undefined;
  /** What the service asks for before the next try. */
  readonly retryAfterSeconds: number | undefined;

  constructor(problem: Partial<Problem>, options: ErrorOptions & { retryAfterSeconds?: number | undefined } = {}) {
    super(problem.detail ?? problem.title ?? 'The request failed', options);
    this.code = problem.code ?? 'unexpected';
    this.status = problem.status ?? 0;
    this.errors = problem.errors ?? [];
    this.retryable = problem.retryable ?? [429, 503].includes(this.status);
    this.hint = problem.hint;
    this.requestId = problem.requestId;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

/** The error that an answer of 400 and more is. A proxy's answer is no problem document: its status is kept. */
export async function errorOf(response: Response): Promise<TrainyardError> {
  const { status } = response;
  const retryAfterSeconds = secondsOf(response.headers.get('retry-after'));
  const text = await response.text();
  if (response.headers.get('content-type')?.startsWith('application/problem+json')) {
    return new TrainyardError(JSON.parse(text) as Problem, { retryAfterSeconds });
  }
  return new TrainyardError({ status, detail: `HTTP ${status}: ${text.slice(0, 200)}` }, { retryAfterSeconds });
}

/** Retry-After is seconds or a date. */
function secondsOf(retryAfter: string | null): number | undefined {
  if (retryAfter === null) return undefined;
  if (/^\d+$/.test(retryAfter)) return Number(retryAfter);
  const at = Date.parse(retryAfter);
  return Number.isNaN(at) ? undefined : Math.max(0, (at - Date.now()) / 1000);
}
