/** What the engine's outcome is to the service: final metrics as a job shows them, and the model's card. */
import { cardOf, type Preparation, summaryOf } from '../data/preparation.js';
import type { SplitMetrics as EngineMetrics, TrainOutcome } from '../engine/index.js';
import type { JobResult, SplitMetrics } from '../schemas/job.js';
import { toFloat } from './predictions.js';
import type { TrainResult } from './protocol.js';

export function describeFinished(
  outcome: Exclude<TrainOutcome, { reason: 'stopped' }>,
  preparation: Preparation,
  folds: JobResult['folds'] | null,
): Extract<TrainResult, { type: 'finished' }> {
  const card = cardOf(preparation);
  const { classes } = card;
  const { train, validation, test } = outcome.metrics;
  return {
    type: 'finished',
    reason: outcome.reason === 'cutShort' ? 'timeLimit' : outcome.reason,
    metrics: {
      train: describeSplit(train, classes),
      validation: validation && describeSplit(validation, classes),
      test: test && describeSplit(test, classes),
    },
    ...(folds && { folds }),
    card,
    preparation: summaryOf(preparation),
  };
}

/** Numbers by name, as JSON can hold them. */
export const floats = (values: Readonly<Record<string, number>>): SplitMetrics['values'] =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, toFloat(value)]));

/** Classes up to which a confusion matrix is kept: it is for people, and 900 classes make 5 MB of it. */
const mostConfused = 100;

export function describeSplit(
  { rows, values, confusion, classes }: Omit<EngineMetrics, 'values'> & { values: Readonly<Record<string, number>> },
  names: string[] | null,
): SplitMetrics {
  return {
    rows,
    values: floats(values),
    ...(confusion && confusion.length <= mostConfused && { confusion: confusion.map((counts) => [...counts]) }),
    ...(classes && names && { classes: classes.map((scores, index) => ({ name: names[index]!, ...scores })) }),
  };
}
