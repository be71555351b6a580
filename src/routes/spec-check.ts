/** Holds a spec that was made from a request, not sent with it, to the schema of one that is. */
import type { FastifyRequest } from 'fastify';
import { validationProblem } from '../plugins/field-errors.js';
import type { JobSpec } from '../schemas/job-spec.js';

/** The function throws Problem `invalid_request`, with paths into the spec. */
export function specCheck(request: Pick<FastifyRequest, 'compileValidationSchema'>): (spec: unknown) => JobSpec {
  const validate = request.compileValidationSchema({ $ref: 'JobSpec#' });
  return (spec) => {
    if (!validate(spec)) throw validationProblem(validate.errors ?? [], 'body');
    return spec as JobSpec;
  };
}
