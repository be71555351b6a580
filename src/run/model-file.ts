/** The file that a model predicts from: its checkpoint, and which of the weights in there are the model. */
import { readFile } from 'node:fs/promises';
import { encodeModel, type InheritedWeights } from '../engine/index.js';

export interface ModelWeights {
  /** Of the checkpoint. */
  path: string;
  weights: InheritedWeights;
}

/** A checkpoint whose model they are: a file's own is the best. */
export async function readModel({ path, weights }: ModelWeights): Promise<Uint8Array> {
  const file = await readFile(path);
  return weights === 'best' ? file : encodeModel(file, weights);
}
