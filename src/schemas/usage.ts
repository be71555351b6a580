/** What a tenant has taken, and what it may take. */
import { type Static, Type } from '#typebox';
import { Nullable } from './common.js';

const exact = { additionalProperties: false } as const;
const count = Type.Integer();
const bytes = (description: string) => Type.Integer({ description });
const limited = (description: string) =>
  Type.Object(
    { limit: Nullable(Type.Integer({ description: 'null: none' })), used: Type.Integer() },
    { ...exact, description },
  );

export const Usage = Type.Object(
  {
    datasets: Type.Object({ count, bytes: bytes('As they are stored') }, exact),
    models: Type.Object({ count }, { ...exact, description: 'Registered under a name' }),
    checkpoints: Type.Object({ count, bytes: bytes('Of their files') }, exact),
    jobs: Type.Object({ count, active: Type.Integer({ description: 'That have not ended; paused ones too' }) }, exact),
    steps: Type.Object(
      {
        made: Type.Integer({ description: 'By all jobs, deleted ones too' }),
        promised: Type.Integer({ description: 'That active jobs have still to make' }),
      },
      exact,
    ),
    predictions: Type.Integer({ description: 'Rows; counted once a minute' }),
    quotas: Type.Object(
      {
        activeJobs: limited('Jobs that have not ended'),
        bytes: limited('Of datasets and checkpoints'),
        steps: limited('Made and promised'),
      },
      exact,
    ),
  },
  { $id: 'Usage', ...exact },
);
export type Usage = Static<typeof Usage>;
