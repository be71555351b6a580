/** Changes to a run while it runs. */
import { type Static, Type } from '#typebox';
import { Nullable, Time } from './common.js';

const fields = {
  learningRate: Type.Optional(
    Type.Number({
      exclusiveMinimum: 0,
      maximum: 1e30,
      description: 'Of the optimizer; the schedule goes on from there',
    }),
  ),
  patience: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 1_000_000, description: 'Of early stopping; evaluations waited so far count' }),
  ),
  steps: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 1_000_000_000,
      description: 'Updates in all, instead of the epochs or steps so far; a schedule that spans the run spans these',
    }),
  ),
};

export const TrainingEdit = Type.Object(fields, {
  $id: 'TrainingEdit',
  additionalProperties: false,
  minProperties: 1,
});
export type TrainingEdit = Static<typeof TrainingEdit>;

export const RecordedEdit = Type.Object(
  {
    ...fields,
    at: Time,
    step: Nullable(
      Type.Integer({ description: 'After which it took effect; null: it has not, or not before the end' }),
    ),
    refused: Nullable(Type.String({ description: 'Why it will not take effect' })),
  },
  { $id: 'RecordedEdit', additionalProperties: false },
);
export type RecordedEdit = Static<typeof RecordedEdit>;
