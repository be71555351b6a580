/** A problem as it goes out: RFC 9457's problem details, as ProblemSchema describes them. */
import type { Static } from '#typebox';
import { type Problem, problems } from '../errors.js';
import type { ProblemSchema } from '../schemas/common.js';

export function problemBody(problem: Problem, requestId: string): Static<typeof ProblemSchema> {
  const { code, message: detail } = problem;
  const [status, title] = problems[code];
  const { retryAfter: _header, ...details } = problem.details;
  return { type: `urn:trainyard:problem:${code}`, title, status, detail, code, requestId, ...details };
}
