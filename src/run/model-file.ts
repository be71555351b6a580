/** The file that a model predicts from: its checkpoint, and which of the weights in there are the model. */
import { open, readFile } from 'node:fs/promises';
import { encodeModel, type InheritedWeights, readHeader, specOf } from '../engine/index.js';

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

/** Throws `checkpoint_mismatch` where another version of the engine wrote it. Reads no more than the header. */
export async function expectReadable(path: string): Promise<void> {
  const file = await open(path);
  try {
    const { buffer: length } = await file.read(Buffer.alloc(8), 0, 8, 0);
    const header = Buffer.alloc(8 + Number(length.readBigUInt64LE()));
    await file.read(header, 0, header.length, 0);
    specOf(readHeader(header));
  } finally {
    await file.close();
  }
}
