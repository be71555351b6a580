/** Errors of the data and engine folders → problems, with the path into what the client sent. */
import { DataError } from '../data/errors.js';
import { EngineError } from '../engine/index.js';
import { type FieldError, Problem } from '../errors.js';

type Defined<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };
const defined = <T extends object>(fields: T): Defined<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<T>;

/** For the check of a job spec: anything but a known error goes on as it is. */
export function specProblem(error: unknown): unknown {
  if (error instanceof DataError) {
    const { path = '/dataset', expected, got, column, hint } = error.details;
    return specError({ path, code: error.code, message: error.message, ...defined({ expected, got, column }) }, hint);
  }
  if (error instanceof EngineError) {
    const { path = '', expected, got } = error.details;
    const message = error.message.replace(/^\/\S*: /, ''); // the engine's own messages begin with the path
    const field = { path, code: error.code, message, ...defined({ expected, got }) };
    return error.code === 'exceeds_engine_memory'
      ? new Problem('exceeds_memory', error.message, { errors: [field] })
      : specError(field);
  }
  return error;
}

function specError(field: FieldError, hint?: string): Problem {
  return new Problem('invalid_spec', `${field.path}: ${field.message}`, { errors: [field], ...(hint && { hint }) });
}

/** For the reading of an uploaded file. */
export function uploadProblem(error: unknown): unknown {
  if (!(error instanceof DataError)) return error;
  const { path = '/file', row, column, entry, expected, got, hint } = error.details;
  const field = { path, code: error.code, message: error.message, ...defined({ row, column, entry, expected, got }) };
  return new Problem('invalid_dataset', error.message, { errors: [field], ...(hint && { hint }) });
}

/** For a dataset that a model is to be measured on. */
export function evaluationProblem({ code, message, details }: DataError): Problem {
  const { path = '/datasetId', column, expected, got, hint } = details;
  // The model's job named the target; who evaluates names the dataset alone.
  const field = {
    path: path.startsWith('/dataset/') ? '/datasetId' : path,
    code,
    message,
    ...defined({ column, expected, got }),
  };
  return new Problem('unsuitable_dataset', message, { errors: [field], ...(hint && { hint }) });
}

/** For what a model cannot be exported as. */
export function exportProblem({ code, message, details }: DataError): Problem {
  const { path = '/query/format', column, expected, got, hint } = details;
  const field = { path, code, message, ...defined({ column, expected, got }) };
  return new Problem('not_exportable', message, { errors: [field], ...(hint && { hint }) });
}
