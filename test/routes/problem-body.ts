/** The body of a problem, as a client reads it. */
import type { Static } from '#typebox';
import type { ProblemSchema } from '../../src/schemas/common.js';

export type Problem = Static<typeof ProblemSchema>;
