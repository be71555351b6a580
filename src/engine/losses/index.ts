/** Every loss. To add one: its file, its spec in the union, its line in the table; a missing line does not compile. */
import type { Static } from '#typebox';
import type { Resolved } from '../resolved.js';
import { tagged } from '../tagged.js';
import { BinaryCrossEntropySpec, binaryCrossEntropy } from './binary-cross-entropy.js';
import { CrossEntropySpec, crossEntropy } from './cross-entropy.js';
import type { Loss } from './loss.js';
import { MseSpec, mse } from './mse.js';

export const LossSpec = tagged([MseSpec, BinaryCrossEntropySpec, CrossEntropySpec], {
  description: 'Default: crossEntropy for classification, mse for regression',
});
export type LossSpec = Static<typeof LossSpec>;
export type ResolvedLossSpec = Resolved<LossSpec>;

export const losses: { readonly [Type in LossSpec['type']]: Loss<Extract<ResolvedLossSpec, { type: Type }>> } = {
  mse,
  binaryCrossEntropy,
  crossEntropy,
};

export const lossOf = (spec: ResolvedLossSpec): Loss<ResolvedLossSpec> => losses[spec.type];
