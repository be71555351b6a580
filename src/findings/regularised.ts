/** The patch that holds a model back: dropout and decay of weights. */
import type { ResolvedJobSpec } from '../schemas/job-spec.js';
import type { Patch } from './finding.js';

const [dropout, weightDecay] = [0.5, 0.1];

export function regularised({ model, optimizer }: ResolvedJobSpec): Patch {
  const decayed = { type: 'adamw', learningRate: optimizer.learningRate, weightDecay };
  const isAdam = optimizer.type === 'adam' || optimizer.type === 'adamw';
  return {
    ...(model.type !== 'sequential' && { model: { dropout: Math.max(dropout, model.dropout) } }),
    ...(isAdam ? { optimizer: decayed } : { regularization: { l2: 0.01 } }),
  };
}
