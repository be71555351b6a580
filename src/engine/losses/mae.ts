/** Mean absolute error: the mean over rows and columns of |prediction − target|. */
import { type Static, Type } from '#typebox';
import type { Loss } from './loss.js';

export const MaeSpec = Type.Object({ type: Type.Literal('mae') }, { additionalProperties: false });
export type MaeSpec = Static<typeof MaeSpec>;

export const mae: Loss<MaeSpec> = {
  task: 'regression',
  targets: 'values',
  width: (outputs) => outputs,
  // d/dp |p − t| = sign(p − t), over the columns
  emit(_, { rows, width, prediction, targets, gradient, sum, call }) {
    call('absoluteError', rows, width, prediction, targets, gradient, sum);
  },
  emitActivation() {},
};
