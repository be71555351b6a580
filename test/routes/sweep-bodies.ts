/** Bodies of sweeps that are in order, for tests to change. */
import { specOf } from './support.js';

export const trialJob = (dataset: { id: string }, more: object = {}) =>
  specOf(dataset, {
    training: { steps: 36 },
    evaluation: { everySteps: 4 },
    earlyStopping: { type: 'none' },
    ...more,
  });
export const learningRate = { type: 'float', min: 1e-4, max: 1e-1, scale: 'log' };
export const hidden = { type: 'choice', values: [[8], [16, 8]] };

export const randomSweep = (dataset: { id: string }, more: object = {}) => ({
  job: trialJob(dataset),
  parameters: { '/optimizer/learningRate': learningRate, '/model/hidden': hidden },
  method: { type: 'random' },
  budget: { trials: 4 },
  ...more,
});
