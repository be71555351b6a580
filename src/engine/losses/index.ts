/** Every loss. To add one: its file, its spec in the union, its line in the table; a missing line does not compile. */
import type { Static } from '#typebox';
import type { Resolved } from '../resolved.js';
import { tagged } from '../tagged.js';
import { BinaryCrossEntropySpec, binaryCrossEntropy } from './binary-cross-entropy.js';
import { CrossEntropySpec, crossEntropy } from './cross-entropy.js';
import { HuberSpec, huber } from './huber.js';
import type { ClassWeights, Loss } from './loss.js';
import { MaeSpec, mae } from './mae.js';
import { MseSpec, mse } from './mse.js';

export const LossSpec = tagged([MseSpec, MaeSpec, HuberSpec, BinaryCrossEntropySpec, CrossEntropySpec], {
  description: 'Default: crossEntropy for classification, mse for regression',
});
export type LossSpec = Static<typeof LossSpec>;
export type ResolvedLossSpec = Resolved<LossSpec>;

export const losses: { readonly [Type in LossSpec['type']]: Loss<Extract<ResolvedLossSpec, { type: Type }>> } = {
  mse,
  mae,
  huber,
  binaryCrossEntropy,
  crossEntropy,
};

/** How the classes weigh under a loss; null where they weigh alike. */
export const classWeightsOf = (spec: ResolvedLossSpec): ClassWeights => lossOf(spec).classWeights?.(spec) ?? null;

/** Whether a model under a loss ends in probabilities, and not in logits or values. */
export const takesProbabilities = (spec: ResolvedLossSpec): boolean => lossOf(spec).takesProbabilities?.(spec) ?? false;

export const lossOf = (spec: ResolvedLossSpec): Loss<ResolvedLossSpec> => losses[spec.type];
