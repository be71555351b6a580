/**
 * What a bundle is of, beside a model's weights: scripts/build.mjs makes one file of this and all that it imports, and each
 * bundle is a copy with both placeholders filled in. Nothing of Node may be used here: it runs in browsers too.
 */
import { encodeRawRows as encodeColumns } from '../../data/encode.js';
import { encodeRawImages } from '../../data/images/images.js';
import type { RawRow } from '../../data/raw-rows.js';
import { createPredictor, kernelsFrom } from '../../engine/standalone.js';
import { readPreparation } from '../../run/checkpoint-metadata.js';
import { describePredictions } from '../../run/predictions.js';
import type { Prediction } from '../../schemas/run.js';
import { placeholders } from './placeholders.js';

/** A loop: Uint8Array.from makes a list of all characters first, which for a large model does not fit. */
function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const binary = atob(base64);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

/** Loaded with the module. */
const loaded = createPredictor(bytesOf(placeholders.model), kernelsFrom(bytesOf(placeholders.kernels)));

/**
 * One prediction a row, in order, as POST /v1/models/{id}/predict gives them. A row that does not fit is an error with
 * `code: 'invalid_row'`, and `details.path` names row and field.
 */
export async function predict(rows: readonly RawRow[]): Promise<Prediction[]> {
  const predictor = await loaded;
  const preparation = readPreparation(predictor.metadata);
  if (preparation.kind !== 'columns' && preparation.kind !== 'images') throw new Error(preparation.kind);
  const x = preparation.kind === 'columns' ? encodeColumns(preparation, rows) : encodeRawImages(preparation, rows);
  return describePredictions(predictor.predict(x, rows.length), preparation);
}
