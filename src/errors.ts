/**
 * Every error the service answers with: its code, HTTP status and title, once. The body is RFC 9457's problem details.
 * Errors cross threads and processes as plain data, so callers match `code`, never the class.
 */
import type { PostMortem } from './schemas/common.js';

/** code → [status, title]. The code is stable; the title is for people. */
export const problems = {
  malformed_request: [400, 'The request is malformed'],
  malformed_json: [400, 'The body is not valid JSON'],
  invalid_request: [400, 'The request does not match its schema'],
  invalid_cursor: [400, 'The cursor is not one of ours'],
  unauthorized: [401, 'No valid API key'],
  forbidden: [403, 'Not allowed'],
  not_found: [404, 'Not found'],
  illegal_transition: [409, 'Not in a state that allows this'],
  in_use: [409, 'The resource is in use'],
  unsuitable_model: [409, 'The model is not for this'],
  quota_exceeded: [409, 'The quota is used up'],
  idempotency_in_flight: [409, 'A request with this Idempotency-Key is under way'],
  checkpoint_damaged: [410, 'The checkpoint is damaged'],
  payload_too_large: [413, 'The body is too large'],
  unsupported_media_type: [415, 'The content type is not supported'],
  range_not_satisfiable: [416, 'The range lies outside the file'],
  idempotency_mismatch: [422, 'This Idempotency-Key was used with another body'],
  invalid_dataset: [422, 'The dataset cannot be read'],
  invalid_spec: [422, 'The job is well-formed but impossible'],
  unverifiable: [422, 'The job cannot be trained again from one checkpoint to the next here'],
  unsuitable_dataset: [422, 'The dataset does not fit the model'],
  invalid_row: [422, 'A row does not fit the model'],
  invalid_prompt: [422, 'The prompt does not fit the model'],
  not_exportable: [422, 'The model cannot be written so'],
  exceeds_memory: [422, 'The job needs more memory than there is'],
  rate_limited: [429, 'Too many requests'],
  internal: [500, 'Internal error'],
  unavailable: [503, 'Temporarily unavailable'],
} as const satisfies Record<string, readonly [number, string]>;

export type ProblemCode = keyof typeof problems;

/** One thing wrong: `path` is a JSON pointer into the body (`/model/hidden/0`), or `/file` with row and column. */
export interface FieldError {
  path: string;
  /** Finer than the problem's code where there is one: `constant_column`, `ragged_row`, … */
  code?: string;
  message: string;
  expected?: unknown;
  got?: unknown;
  row?: number;
  column?: string;
  /** Name of a file in an archive. */
  entry?: string;
}

export interface ProblemDetails {
  errors?: FieldError[];
  hint?: string;
  retryable?: boolean;
  /** Seconds, sent as Retry-After. */
  retryAfter?: number;
  /** illegal_transition only */
  state?: string;
  allowed?: string[];
}

/** What services throw; the error plugin turns it into `application/problem+json`. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly details: ProblemDetails;

  constructor(code: ProblemCode, message: string, details: ProblemDetails = {}) {
    super(message);
    this.name = 'Problem';
    this.code = code;
    this.details = details;
  }

  get status(): number {
    return problems[this.code][0];
  }
}

/** A problem with exactly one field error, the commonest kind. */
export function fieldProblem(code: ProblemCode, error: FieldError, hint?: string): Problem {
  return new Problem(code, `${error.path}: ${error.message}`, { errors: [error], ...(hint && { hint }) });
}

/** Where a failed run's cause lies, so that a person knows whom to ask. */
export const errorCategories = ['data', 'config', 'numeric', 'resource', 'infrastructure'] as const;
export type ErrorCategory = (typeof errorCategories)[number];

/** The error of a failed run as it is stored and served. */
export interface RunError {
  code: string;
  category: ErrorCategory;
  title: string;
  detail: string;
  step?: number;
  layer?: string;
  path?: string;
  expected?: unknown;
  got?: unknown;
  postMortem?: PostMortem;
}
