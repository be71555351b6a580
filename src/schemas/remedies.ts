/** A race between remedies: forks of one job with the patch of each finding, side by side with one that is not patched. */
import { type Static, Type } from '#typebox';
import { FieldErrorSchema, Float, Id, Nullable, StringEnum, Time } from './common.js';
import { findingCodes } from './finding.js';
import { jobStates } from './job.js';

const closed = { additionalProperties: false };
const from = StringEnum(['best', 'start'], {
  default: 'best',
  description:
    'What all begin with, at step 0: the weights of the best checkpoint, or new ones. A remedy that changes data or shapes needs `start`',
});
const steps = Type.Integer({ minimum: 1, maximum: 1_000_000, description: 'Updates of each' });

export const RemediesRequest = Type.Object({ steps, from: Type.Optional(from) }, { $id: 'RemediesRequest', ...closed });
export type RemediesRequest = Static<typeof RemediesRequest>;

export const Entrant = Type.Object(
  {
    code: Nullable(StringEnum(findingCodes), {}),
    patch: Type.Record(Type.String(), Type.Unknown(), { description: 'Beyond what all share' }),
    jobId: Nullable(Id('job')),
    state: Nullable(StringEnum(jobStates)),
    refused: Type.Array(FieldErrorSchema, { description: 'Why no job can be made of it' }),
    step: Type.Integer(),
    value: Nullable(Float),
    rank: Nullable(
      Type.Integer({
        description:
          'From 1; null while nothing is known of it, and where its patch changes the loss, the rows or which columns there are: what it comes to is then another thing',
      }),
    ),
    better: Nullable(Type.Boolean({ description: 'Than the one without a patch; null where `rank` is' })),
  },
  {
    $id: 'Entrant',
    ...closed,
    description: '`code` is the finding whose patch it has; null: the control, which has none',
  },
);
export type Entrant = Static<typeof Entrant>;

export const Race = Type.Object(
  {
    id: Id('race'),
    jobId: Id('job'),
    from,
    steps,
    metric: Type.String({ description: 'By which they are ranked: `evaluation.best` of the job' }),
    entrants: Type.Array(Entrant, { description: 'The best first' }),
    createdAt: Time,
  },
  { $id: 'Race', ...closed },
);
export type Race = Static<typeof Race>;
export const Races = Type.Object(
  { items: Type.Array(Race, { description: 'The newest first' }) },
  { $id: 'Races', ...closed },
);
export type Races = Static<typeof Races>;
