/** Any failure of a run as the plain data that is stored and served: its code, and where the cause lies. */
import { DataError } from '../data/errors.js';
import { EngineError, type EngineErrorCode, type PostMortem as EnginePostMortem } from '../engine/index.js';
import type { ErrorCategory, RunError } from '../errors.js';
import type { PostMortem } from '../schemas/common.js';
import { toFloat } from './predictions.js';

const engineCategories: Record<EngineErrorCode, ErrorCategory> = {
  invalid_data: 'data',
  invalid_spec: 'config',
  unsupported: 'config',
  non_finite: 'numeric',
  loss_spike: 'numeric',
  diverged: 'numeric',
  exceeds_engine_memory: 'resource',
  checkpoint_mismatch: 'infrastructure',
  invalid_safetensors: 'infrastructure',
};

const titles: Record<ErrorCategory, string> = {
  data: 'The data cannot be trained on',
  config: 'The job cannot be run as it is written',
  numeric: 'The numbers left the range of floats',
  resource: 'There was not enough memory, storage or time',
  infrastructure: 'The run broke off',
};

/**
 * The error of a failed run. What is not known to be the job's own fault counts as `infrastructure`. `trainingRows` are the
 * rows of the dataset that stand in the training split, where it was made of such.
 */
export function toRunError(error: unknown, trainingRows?: Int32Array): RunError {
  if (error instanceof EngineError) {
    const { path, step, layer, expected, got, postMortem } = error.details;
    const place = { ...(path && { path }), ...(layer && { layer }), ...(step !== undefined && { step }) };
    return describe(error.code, engineCategories[error.code], error.message, {
      ...{ ...place, ...values(expected, got) },
      ...(postMortem && { postMortem: describePostMortem(postMortem, trainingRows) }),
    });
  }
  if (error instanceof DataError) {
    const { path, expected, got } = error.details;
    return describe(error.code, 'data', error.message, { ...(path && { path }), ...values(expected, got) });
  }
  const message = error instanceof Error ? error.message : String(error);
  if (isOutOfMemory(error)) return describe('out_of_memory', 'resource', message);
  if (isOutOfStorage(error)) return describe('out_of_storage', 'resource', message);
  return describe('internal', 'infrastructure', message);
}

function describePostMortem({ value, rows, ...others }: EnginePostMortem, trainingRows?: Int32Array): PostMortem {
  return {
    ...others,
    value: value === null ? null : toFloat(value),
    rows: trainingRows === undefined ? [...rows] : rows.map((row) => trainingRows[row]!),
    rowsOf: trainingRows === undefined ? 'trainingSplit' : 'dataset',
    gradientNorms: [...others.gradientNorms],
    checkpoint: null,
  };
}

/** A thread that made no step for this long, and was killed. */
export const hungError = (silentMs: number, step: number): RunError =>
  describe('hung', 'resource', `no step was made for ${Math.round(silentMs / 1000)} s after step ${step}`, { step });

/** True for what a job does to itself, false for what went wrong around it and should be logged with its stack. */
export const isRunsOwnFault = (error: RunError): boolean => error.category !== 'infrastructure';

function describe(code: string, category: ErrorCategory, detail: string, place: Partial<RunError> = {}): RunError {
  return { code, category, title: titles[category], detail, ...place };
}

function values(expected: unknown, got: unknown): Partial<RunError> {
  return { ...(expected !== undefined && { expected }), ...(got !== undefined && { got }) };
}

/** V8 refuses a memory or an array with a RangeError; a thread whose heap is full ends with the second. */
function isOutOfMemory(error: unknown): boolean {
  if (error instanceof RangeError) return /allocat|array buffer|typed array length/i.test(error.message);
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}

function isOutOfStorage(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ['ENOSPC', 'EDQUOT', 'storage'].includes(String(error.code));
}
