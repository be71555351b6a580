/**
 * How a run whose training was changed on the way is trained, and trained again: a change takes effect after one step,
 * where a checkpoint is written; the training before it is of the one spec, that behind it of the next.
 */
import type { RecordedEdit, TrainingEdit } from '../schemas/edits.js';
import type { ResolvedJobSpec } from '../schemas/job-spec.js';

/** The spec after `step` updates: as it was posted, with all that took effect so far. */
export function specAt(spec: ResolvedJobSpec, edits: readonly RecordedEdit[], step: number): ResolvedJobSpec {
  return edits.filter((edit) => edit.step !== null && edit.step <= step).reduce(withEdit, spec);
}

/** The spec after all that has taken effect. */
export const currentSpec = ({ spec, edits }: { spec: ResolvedJobSpec; edits: readonly RecordedEdit[] }) =>
  specAt(spec, edits, Number.POSITIVE_INFINITY);

/** The spec after all that was asked for and not refused. */
export const wantedSpec = ({ spec, edits }: { spec: ResolvedJobSpec; edits: readonly RecordedEdit[] }) =>
  edits.filter(({ refused }) => refused === null).reduce(withEdit, spec);

/** Whether the checkpoint at `step` was written by the spec before a change. */
export const isEditedAt = (edits: readonly RecordedEdit[], step: number): boolean =>
  edits.some((edit) => edit.step === step);

/** Where the next change after `step` is to take effect. */
export function nextEditAfter(edits: readonly RecordedEdit[], step: number): number | undefined {
  return edits.map((edit) => edit.step).find((at): at is number => at !== null && at > step);
}

/** Neither in effect nor refused. */
export const isPending = ({ step, refused }: RecordedEdit): boolean => step === null && refused === null;

/**
 * The changes that wait take effect after `step`, or where the last one did, if that is later; but for one that would end
 * the run before.
 */
export function settle(edits: readonly RecordedEdit[], step: number): RecordedEdit[] {
  const at = Math.max(step, ...edits.map((edit) => edit.step ?? 0));
  return edits.map((edit) => {
    if (!isPending(edit)) return edit;
    if (edit.steps !== undefined && edit.steps <= at) return { ...edit, refused: `the run has made ${at} steps` };
    return { ...edit, step: at };
  });
}

export function withEdit(spec: ResolvedJobSpec, { learningRate, patience, steps }: TrainingEdit): ResolvedJobSpec {
  const { optimizer, earlyStopping, training } = spec;
  const { epochs, ...others } = training;
  return {
    ...spec,
    optimizer: { ...optimizer, ...(learningRate !== undefined && { learningRate }) },
    earlyStopping: {
      ...earlyStopping,
      ...(earlyStopping.type === 'patience' && patience !== undefined && { patience }),
    } as typeof earlyStopping,
    training: steps === undefined ? training : { ...others, steps },
  };
}
