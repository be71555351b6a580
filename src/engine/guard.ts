/**
 * The guard of a run whose loss leaps or leaves the numbers: it goes back to the weights of the last evaluation, or of its
 * start, and on from there at a lower learning rate. Steps are not counted back: the batches that led there are passed
 * over, the run ends where it would have, and where it is follows from the number of steps alone, as ever.
 */
import type { ResolvedEngineSpec } from './spec.js';

/** As a checkpoint keeps it. */
export interface GuardState {
  readonly rollbacks: number;
  /** Of every learning rate from the schedule: learningRateFactor to the power of the rollbacks, or 1 where the rate was set anew. */
  readonly learningRateScale: number;
  /** Steps without an update that still stands: the optimizer does not count them. */
  readonly undone: number;
  /** What a rollback goes back to; null where nothing is kept. */
  readonly snapshot: { readonly step: number; readonly undone: number } | null;
  /** What was logged of the loss: a leap is measured against its median. */
  readonly losses: readonly number[];
}

/** Share of the first loss below which losses are alike: one that is nearly 0 leaps many times over, and nothing is wrong. */
const leastShare = 1e-4;

type ResolvedGuardSpec = ResolvedEngineSpec['guard'];

export const startGuard: GuardState = { rollbacks: 0, learningRateScale: 1, undone: 0, snapshot: null, losses: [] };

/** Whether there may be something to go back from. */
export const keepsSnapshot = ({ onNonFinite, lossSpike }: ResolvedGuardSpec): boolean =>
  onNonFinite === 'rollback' || lossSpike.type === 'rollback';

export const mayRollBack = (spec: ResolvedGuardSpec, code: string, { rollbacks }: GuardState): boolean =>
  (code === 'loss_spike' ? spec.lossSpike.type : spec.onNonFinite) === 'rollback' && rollbacks < spec.maxRollbacks;

/** Back to the snapshot, after `step` steps. */
export function rolledBack(state: GuardState, spec: ResolvedGuardSpec, step: number): GuardState {
  const { snapshot } = state;
  if (snapshot === null) throw new TypeError('guard: there is nothing to go back to');
  return {
    ...state,
    rollbacks: state.rollbacks + 1,
    learningRateScale: state.learningRateScale * spec.learningRateFactor,
    undone: step - snapshot.step + snapshot.undone,
  };
}

/** Above this a logged loss is a leap; null before there are enough to tell, and where all of them are 0, the first too. */
export function spikeThreshold(
  { losses }: GuardState,
  { lossSpike }: ResolvedGuardSpec,
  firstLoss: number,
): number | null {
  if (lossSpike.type === 'none' || losses.length < lossSpike.window) return null;
  const sorted = [...losses].sort((a, b) => a - b);
  const usual = Math.max(sorted[Math.floor(sorted.length / 2)]!, leastShare * firstLoss);
  return usual === 0 ? null : lossSpike.factor * usual;
}

/** The state after one more logged loss that was none. */
export function withLoss(state: GuardState, { lossSpike }: ResolvedGuardSpec, loss: number): GuardState {
  return lossSpike.type === 'none' ? state : { ...state, losses: [...state.losses, loss].slice(-lossSpike.window) };
}
