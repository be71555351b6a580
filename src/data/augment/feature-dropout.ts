/** Takes columns from a table's row: its inputs become 0, which is the mean of a standardised number and of a category none of those that are known. */
import { type Static, Type } from '#typebox';
import type { Resolved } from '../../engine/index.js';
import { type Augmentation, closed, probability } from './augmentation.js';

export const rate = (of: string) =>
  Type.Optional(
    Type.Number({ exclusiveMinimum: 0, exclusiveMaximum: 1, default: 0.1, description: `Share of the ${of}` }),
  );

export const FeatureDropoutSpec = Type.Object(
  { type: Type.Literal('featureDropout'), rate: rate('columns'), probability: probability() },
  closed,
);

export const featureDropout: Augmentation<Resolved<Static<typeof FeatureDropoutSpec>>> = {
  changes: {
    table({ rate }, { values, features }, draws) {
      for (const { first, width } of features) if (draws.uniform() < rate) values.fill(0, first, first + width);
    },
  },
};
