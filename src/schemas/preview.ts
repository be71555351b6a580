/** What a dataset looks like, and what augmentation makes of it: GET /v1/datasets/{id}/preview. */
import { type Static, type TObject, type TProperties, Type } from '#typebox';
import { Id } from './common.js';

const closed = { additionalProperties: false };

const side = <Fields extends TProperties>(fields: Fields) =>
  Type.Object(
    {
      ...fields,
      labels: Type.Optional(
        Type.Array(Type.Object({ label: Type.String(), share: Type.Number() }, closed), {
          description: 'Classes that the row has for target; several where mixup or cutmix shared it',
        }),
      ),
      value: Type.Optional(Type.Number({ description: 'Target of a regression, as it is learnt: scaled' })),
    },
    closed,
  );

const sampled = <Kind extends string, Side extends TObject>(kind: Kind, side: Side) =>
  Type.Object(
    {
      datasetId: Id('dataset'),
      kind: Type.Literal(kind),
      samples: Type.Array(Type.Object({ before: side, after: side }, closed), {
        description: 'Of the training split, from its first row on',
      }),
    },
    closed,
  );

const RowsPreview = Type.Object(
  {
    datasetId: Id('dataset'),
    kind: Type.Literal('table'),
    rows: Type.Array(Type.Record(Type.String(), Type.Unknown()), {
      description: 'The first rows, as a predict request takes them',
    }),
  },
  closed,
);
const Inputs = Type.Object({ column: Type.String(), values: Type.Array(Type.Number()) }, closed);
const InputsPreview = sampled(
  'inputs',
  side({ inputs: Type.Array(Inputs, { description: 'What each column becomes for the model' }) }),
);
const ImagesPreview = sampled('images', side({ image: Type.String({ description: 'A PNG as a data URI' }) }));
const TextsPreview = sampled(
  'texts',
  side({ text: Type.String({ description: 'Special tokens in brackets: `[unknown]` is what masking leaves' }) }),
);

export type InputsPreview = Static<typeof InputsPreview>;
export type ImagesPreview = Static<typeof ImagesPreview>;
export type TextsPreview = Static<typeof TextsPreview>;
export type Preview = Static<typeof RowsPreview> | InputsPreview | ImagesPreview | TextsPreview;
export const Preview = Type.Unsafe<Preview>({
  $id: 'Preview',
  type: 'object',
  discriminator: { propertyName: 'kind' },
  required: ['kind'],
  oneOf: [RowsPreview, InputsPreview, ImagesPreview, TextsPreview],
});
