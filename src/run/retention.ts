/** Which checkpoints of a run are superseded. Pure: the answer follows from the rows and the spec. */
import { metricModes } from '../engine/metrics/index.js';
import type { ResolvedJobSpec } from '../schemas/job-spec.js';
import type { CheckpointRow } from '../store/checkpoints.js';

type Kept = Pick<CheckpointRow, 'id' | 'step' | 'kind' | 'metrics'>;

/**
 * Ids of the checkpoints that neither the last `keepLast` steps, nor the `keepBest` best by `evaluation.best`, nor being
 * the final one keeps.
 */
export function superseded(
  checkpoints: readonly Kept[],
  { checkpoints: { keepLast, keepBest }, evaluation: { best } }: Pick<ResolvedJobSpec, 'checkpoints' | 'evaluation'>,
): string[] {
  const latestFirst = checkpoints.toSorted((a, b) => b.step - a.step || (b.id > a.id ? 1 : -1));
  const sign = modeOf(best) === 'min' ? 1 : -1;
  const badness = ({ metrics }: Kept): number => sign * Number(metrics[best.metric]);
  const bestFirst = latestFirst
    .filter((checkpoint) => !Number.isNaN(badness(checkpoint)))
    .sort((a, b) => badness(a) - badness(b)); // stable: of equals, the latest
  const kept = new Set([
    ...latestFirst.slice(0, keepLast),
    ...bestFirst.slice(0, keepBest),
    ...checkpoints.filter(({ kind }) => kind === 'final'),
  ]);
  return checkpoints.filter((checkpoint) => !kept.has(checkpoint)).map(({ id }) => id);
}

function modeOf({ metric, mode }: ResolvedJobSpec['evaluation']['best']): 'min' | 'max' {
  if (mode !== 'auto') return mode;
  return metricModes[metric.slice('validation.'.length) as keyof typeof metricModes];
}
