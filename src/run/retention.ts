/** Which checkpoints of a run are superseded. Pure: the answer follows from the rows and the spec. */
import { isMaximised } from '../engine/index.js';
import type { ResolvedJobSpec } from '../schemas/job-spec.js';
import type { CheckpointRow } from '../store/checkpoints.js';

type Kept = Pick<CheckpointRow, 'id' | 'step' | 'kind' | 'metrics' | 'bytes' | 'pinned' | 'verifiedOk'>;

interface Policy extends Pick<ResolvedJobSpec, 'checkpoints' | 'evaluation'> {
  /** For all that are kept. */
  maxBytes: number;
}

/**
 * Ids of the checkpoints to drop. The last one, pinned ones and the final one stay in any case; of the last `keepLast`
 * steps and the `keepBest` best by `evaluation.best`, the latest that `maxBytes` has room for. A damaged one counts for
 * nothing.
 */
export function superseded(
  checkpoints: readonly Kept[],
  { checkpoints: { keepLast, keepBest }, evaluation: { best }, maxBytes }: Policy,
): string[] {
  const latestFirst = checkpoints
    .filter(({ verifiedOk }) => verifiedOk)
    .sort((a, b) => b.step - a.step || (b.id > a.id ? 1 : -1));
  const sign = isMaximised(best) ? -1 : 1;
  const badness = ({ metrics }: Kept): number => sign * Number(metrics[best.metric]);
  const bestFirst = latestFirst
    .filter((checkpoint) => Number.isFinite(badness(checkpoint)))
    .sort((a, b) => badness(a) - badness(b)); // stable: of equals, the latest
  const kept = new Set([
    ...latestFirst.slice(0, 1),
    ...checkpoints.filter(({ kind, pinned }) => kind === 'final' || pinned),
  ]);
  let bytes = [...kept].reduce((sum, checkpoint) => sum + checkpoint.bytes, 0);
  const wanted = new Set([...latestFirst.slice(0, keepLast), ...bestFirst.slice(0, keepBest)]);
  for (const checkpoint of latestFirst) {
    if (!wanted.has(checkpoint) || kept.has(checkpoint)) continue;
    bytes += checkpoint.bytes;
    if (bytes > maxBytes) break;
    kept.add(checkpoint);
  }
  return checkpoints.filter((checkpoint) => !kept.has(checkpoint)).map(({ id }) => id);
}
