/** Whether what a model is asked has moved away from what it was trained on. */
import { type Static, Type } from '#typebox';
import { Id, Nullable, StringEnum, Time } from './common.js';
import type { ForkRequest } from './job.js';

export const DriftQuery = Type.Object(
  {
    since: Type.Optional(
      Type.String({ format: 'date-time', description: 'Predictions from then on; default: all that is kept' }),
    ),
  },
  { additionalProperties: false },
);

const distances = {
  psi: Nullable(
    Type.Number({
      description:
        'Population stability index, in tenths of the training’s numbers, or by the nine most frequent categories',
    }),
  ),
  ks: Nullable(Type.Number({ description: 'Statistic of Kolmogorov and Smirnov; null of categories' })),
  drifts: Type.Boolean(),
};

const Measured = Type.Object(
  {
    rows: Type.Object(
      {
        training: Type.Integer(),
        predicted: Type.Integer(),
        sampled: Type.Integer({ description: 'Of these, those that are compared: at most 100 of each minute' }),
      },
      { additionalProperties: false },
    ),
    verdict: StringEnum(['drift', 'stable', 'tooFewRows'], {
      description: 'drift: the predictions or any feature. tooFewRows: fewer than 200, of which nothing can be said',
    }),
    features: Type.Array(
      Type.Object(
        {
          name: Type.String(),
          type: Type.String(),
          ...distances,
          missing: Type.Object(
            { training: Type.Number(), predicted: Type.Number() },
            { additionalProperties: false, description: 'Shares of the rows' },
          ),
          unseen: Nullable(
            Type.Object(
              {
                share: Type.Number({ description: 'Of the values that there are' }),
                values: Type.Array(Type.String(), { description: 'The most frequent, up to 10' }),
              },
              { additionalProperties: false, description: 'Categories that training did not see' },
            ),
          ),
        },
        {
          additionalProperties: false,
          description: 'Drifts: psi ≥ 0.25, missing shares 0.1 apart, or a share of unseen categories ≥ 0.05',
        },
      ),
    ),
    predictions: Type.Object(distances, { additionalProperties: false, description: 'Drifts: psi ≥ 0.25' }),
  },
  { additionalProperties: false },
);
export type Measured = Static<typeof Measured>;

export const Drift = Type.Object(
  {
    modelId: Id('model'),
    since: Nullable(Time),
    ...Measured.properties,
    fork: Nullable(
      Type.Object(
        {
          jobId: Id('job'),
          datasetId: Nullable(
            Type.String({
              description:
                'The newest with the model’s columns; null: one has to be uploaded, for which `ds_…` stands in the patch',
            }),
          ),
          request: Type.Unsafe<Static<typeof ForkRequest>>(Type.Ref('ForkRequest')),
        },
        {
          additionalProperties: false,
          description:
            'Where it drifts: what to POST to /v1/jobs/{jobId}/fork, to train on new data what the model’s job did',
        },
      ),
    ),
  },
  { $id: 'Drift', additionalProperties: false },
);
export type Drift = Static<typeof Drift>;
