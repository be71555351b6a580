/** Every optimizer. To add one: its file, its spec in the union, its line in the table; a missing line does not compile. */
import type { Static } from '#typebox';
import type { Resolved } from '../resolved.js';
import { tagged } from '../tagged.js';
import { AdamSpec, adam } from './adam.js';
import { GradientDescentSpec, gradientDescent } from './gradient-descent.js';
import type { Optimizer } from './optimizer.js';
import { SgdSpec, sgd } from './sgd.js';

export const OptimizerSpec = tagged([GradientDescentSpec, SgdSpec, AdamSpec], { default: { type: 'adam' } });
export type OptimizerSpec = Static<typeof OptimizerSpec>;
export type ResolvedOptimizerSpec = Resolved<OptimizerSpec>;

export const optimizers: {
  readonly [Type in OptimizerSpec['type']]: Optimizer<Extract<ResolvedOptimizerSpec, { type: Type }>>;
} = { gradientDescent, sgd, adam };

export const optimizerOf = (spec: ResolvedOptimizerSpec): Optimizer<ResolvedOptimizerSpec> => optimizers[spec.type];
