/**
 * What the service keeps in a checkpoint's metadata beside the engine's own entries: the preparation (imputation, scaling,
 * one-hot, tokenizer, class names), so that the file alone can predict. Nothing of time or place, so that equal runs give equal bytes.
 */
import type { Preparation } from '../data/preparation.js';

const key = 'preparation';

export function checkpointMetadata(preparation: Preparation): Record<string, string> {
  return { [key]: JSON.stringify(preparation) };
}

export function readPreparation(metadata: Readonly<Record<string, string>>): Preparation {
  const text = metadata[key];
  if (text === undefined) throw new Error(`the checkpoint has no ${key} in its metadata`);
  return JSON.parse(text) as Preparation;
}
