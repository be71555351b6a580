/**
 * What the service keeps in a checkpoint's metadata beside the engine's own entries: the preparation (imputation, scaling,
 * one-hot, tokenizer, class names), so that the file alone can predict, and of a cross-validated run the folds that are
 * done. Nothing of time or place, so that equal runs give equal bytes.
 */
import type { Preparation } from '../data/preparation.js';
import type { FinishedFold } from './fits.js';

type Metadata = Readonly<Record<string, string>>;

/** `folds`: null of a run without any. */
export const checkpointMetadata = (preparation: Preparation, folds: readonly FinishedFold[] | null): Metadata => ({
  preparation: JSON.stringify(preparation),
  ...(folds && { folds: JSON.stringify(folds) }),
});

/** Of a file that may be none of the service's own checkpoints. */
export const findPreparation = (metadata: Metadata): Preparation | null =>
  'preparation' in metadata ? readPreparation(metadata) : null;

export const readPreparation = (metadata: Metadata): Preparation => read(metadata, 'preparation') as Preparation;

export const readFolds = (metadata: Metadata): FinishedFold[] => read(metadata, 'folds') as FinishedFold[];

function read(metadata: Metadata, key: string): unknown {
  const text = metadata[key];
  if (text === undefined) throw new Error(`the checkpoint has no ${key} in its metadata`);
  return JSON.parse(text);
}
