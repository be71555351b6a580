/** What profile and preview read of their query: a job's words of its dataset. */
import { Type } from '#typebox';
import { ProfiledData } from '../schemas/dataset-spec.js';

/** Sent as JSON, and documented so. */
export const asJson = { 'x-consume': 'application/json' };

export const datasetQuery = {
  dataset: Type.Optional(
    Type.Unsafe<ProfiledData>({
      type: 'object',
      allOf: [ProfiledData],
      default: {},
      description: 'The `dataset` of a job as JSON, without the id: `{"target": "species"}`',
      ...asJson,
    }),
  ),
  seed: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: Number.MAX_SAFE_INTEGER,
      default: 1,
      description: '`training.seed` of that job',
    }),
  ),
};
