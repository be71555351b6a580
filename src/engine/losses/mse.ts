/** Mean squared error: the mean over rows and columns of (prediction − target)². */
import { type Static, Type } from '#typebox';
import { type Loss, noRowWeights } from './loss.js';

export const MseSpec = Type.Object({ type: Type.Literal('mse') }, { additionalProperties: false });
export type MseSpec = Static<typeof MseSpec>;

export const mse: Loss<MseSpec> = {
  task: 'regression',
  targets: 'values',
  width: (outputs) => outputs,
  // d/dp (p − t)² = 2 (p − t), over the columns
  emit(_, { rows, width, prediction, targets, gradient, sum, call }) {
    call('squaredError', rows, width, prediction, targets, noRowWeights, gradient, sum);
  },
  emitActivation() {},
};
