/** Where a job's weights come from when they have learnt before, which of them go on learning, and what became of it. */
import { type Static, Type } from '#typebox';
import type { Resolved } from '../engine/index.js';
import { Nullable, weightsId } from './common.js';

const patterns = (options: { default: string[]; minItems?: number; description: string }) =>
  Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 200 }), { maxItems: 100, ...options }));

export const LoraSpec = Type.Object(
  {
    rank: Type.Optional(Type.Integer({ minimum: 1, maximum: 1024, default: 8 })),
    alpha: Type.Optional(
      Type.Number({ exclusiveMinimum: 0, maximum: 1e6, default: 16, description: 'The correction is α/rank · A B' }),
    ),
    targets: patterns({
      default: ['*'],
      minItems: 1,
      description: 'Weights that are corrected, by name: of dense and attention layers',
    }),
  },
  { additionalProperties: false },
);

export const InitializeSpec = Type.Object(
  {
    from: Type.String({
      pattern: weightsId,
      description:
        'A checkpoint (its best weights) or a model, of any job, or a dataset of weights. It may be deleted once the job is accepted',
    }),
    names: Type.Optional(
      Type.Record(Type.String({ maxLength: 200 }), Type.String({ minLength: 1, maxLength: 200 }), {
        default: {},
        maxProperties: 2000,
        description: 'Name in the source → name of a parameter here. Other names stand for themselves',
      }),
    ),
    transposed: patterns({
      default: [],
      description:
        'Names in the source whose matrices are [outputs, inputs], as PyTorch’s; here they are [inputs, outputs]',
    }),
    freeze: patterns({
      default: [],
      description: 'Parameters that stay as they were in the source; statistics of batchNorm go on',
    }),
    lora: Type.Optional(
      Nullable(LoraSpec, {
        default: null,
        description:
          'All that is taken over stays as it was, but for corrections of low rank; what begins anew learns. They are added to the weights of checkpoints and of the model',
      }),
    ),
  },
  {
    additionalProperties: false,
    description:
      'Weights are taken over by name and shape; `*` in a name stands for any characters. What the source has not, or in another shape, begins anew, and so does the last layer where classes or target are others: `initialized` tells. ' +
      'Columns, pixels and tokens are prepared as the source’s were, which says what a weight means: fields of `dataset` about that take its values, and other values are refused. An uploaded file says nothing of that: all is prepared as the job says',
  },
);
export type InitializeSpec = Static<typeof InitializeSpec>;
export type ResolvedInitialize = Resolved<InitializeSpec>;

const names = (description: string) => Type.Array(Type.String(), { description });

export const Initialized = Type.Object(
  {
    source: Type.String({ description: 'The checkpoint, or dataset, whose weights it began with' }),
    taken: Type.Integer({ description: 'Parameters that are the source’s' }),
    reinitialized: names('Those that begin anew'),
    frozen: names('Those that no update moves'),
    corrected: names('Weights with a correction of low rank'),
  },
  { $id: 'Initialized', additionalProperties: false },
);
export type Initialized = Static<typeof Initialized>;
