/** What a model is worth on a dataset. */
import { type Static, Type } from '#typebox';
import { Float, Id, Nullable, StringEnum } from './common.js';
import { SplitMetrics } from './job.js';
import { threshold } from './run.js';

export const EvaluateRequest = Type.Object(
  {
    datasetId: Id('dataset'),
    sliceBy: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 1000,
        description: 'Column of the dataset: metrics of the rows of each of its values, up to 50, or of its quarters',
      }),
    ),
    threshold,
  },
  { $id: 'EvaluateRequest', additionalProperties: false },
);
export type EvaluateRequest = Static<typeof EvaluateRequest>;

const points = (description: string) => Type.Array(Float, { description });

const Evaluated = Type.Object(
  {
    rows: Type.Object(
      {
        total: Type.Integer({ description: 'Of a text: its tokens' }),
        withoutTarget: Type.Integer(),
        unknownClass: Type.Integer({ description: 'Of a class that the model does not know' }),
        incomplete: Type.Integer({ description: 'Without a value that the model must have' }),
      },
      { additionalProperties: false, description: 'All but the total are left out' },
    ),
    metrics: SplitMetrics,
    curves: Type.Array(
      Type.Object(
        {
          class: Type.String(),
          positives: Type.Integer(),
          negatives: Type.Integer(),
          thresholds: points('Descending: a row is of the class where its probability is at least this'),
          falsePositiveRate: points('ROC: x'),
          truePositiveRate: points('ROC: y; also the recall'),
          precision: points('Over the recall'),
        },
        { additionalProperties: false },
      ),
      {
        description:
          'Of the second of two classes; of more, of each of the first 20 against the others. At most 200 points each; none of more than 16,777,216 probabilities',
      },
    ),
    calibration: Nullable(
      Type.Object(
        {
          of: StringEnum(['secondClass', 'likeliestClass'], {
            description: 'Whose probability; a hit is a row of that class',
          }),
          bins: Type.Array(
            Type.Object(
              {
                from: Type.Number(),
                to: Type.Number(),
                rows: Type.Integer(),
                probability: Type.Number({ description: 'Mean' }),
                frequency: Type.Number({ description: 'Share of hits' }),
              },
              { additionalProperties: false },
            ),
            { description: 'Of equal width, those that hold rows' },
          ),
          error: Type.Number({
            description: 'Expected calibration error: mean of |frequency − probability| over rows',
          }),
        },
        { additionalProperties: false, description: 'Of a classification' },
      ),
    ),
    slices: Nullable(
      Type.Object(
        {
          column: Type.String(),
          items: Type.Array(
            Type.Object(
              {
                value: Type.Optional(Type.String()),
                from: Type.Optional(Type.Number({ description: 'Of a date: epoch milliseconds' })),
                to: Type.Optional(Type.Number()),
                rows: Type.Integer(),
                values: Type.Record(Type.String(), Float, { description: 'Metrics' }),
              },
              { additionalProperties: false, description: 'Without value, from and to: rows that miss it' },
            ),
          ),
        },
        { additionalProperties: false },
      ),
    ),
    worst: Type.Array(
      Type.Object(
        {
          row: Type.Integer({ description: 'Of the dataset, from 0' }),
          loss: Float,
          actual: Type.Union([Type.String(), Float]),
          predicted: Type.Union([Type.String(), Float]),
          probability: Type.Optional(Type.Unsafe<Float>({ ...Float, description: 'Of the class that the row is of' })),
          values: Nullable(Type.Record(Type.String(), Type.Unknown()), {}),
        },
        { additionalProperties: false },
      ),
      { description: 'Up to 20: greatest −log p of the row’s class, or greatest absolute error' },
    ),
  },
  { additionalProperties: false },
);
export type Evaluated = Static<typeof Evaluated>;

export const Evaluation = Type.Object(
  { modelId: Id('model'), datasetId: Id('dataset'), ...Evaluated.properties },
  { $id: 'Evaluation', additionalProperties: false },
);
export type Evaluation = Static<typeof Evaluation>;
