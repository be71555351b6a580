/** A model as one file that predicts by itself: `import { predict } from './predict.mjs'`, in Node or a browser. */
import { readFile } from 'node:fs/promises';
import { DataError } from '../../data/errors.js';
import type { Preparation } from '../../data/preparation.js';
import { encodeModel, kernelsModule } from '../../engine/index.js';
import { placeholders } from './placeholders.js';

/** Made of predict.ts by scripts/build.mjs. */
const template = new URL('../../../bundle/predict.mjs', import.meta.url);

/** Throws DataError `inexpressible` where the model does not answer rows, or reads text, whose tokenizers need Node. */
export async function writeBundle(checkpoint: Uint8Array, { kind }: Preparation): Promise<Uint8Array> {
  if (kind !== 'columns' && kind !== 'images') {
    const [expected, got] = ['a model of columns or images', `one of ${kind === 'stream' ? 'a text' : kind}`];
    throw new DataError('inexpressible', `a bundle is of rows: expected ${expected}, got ${got}`, {
      ...{ path: '/query/format', expected, got },
      hint: 'export as ONNX, with the tokenizer beside it',
    });
  }
  const base64 = (bytes: Uint8Array) =>
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
  const source = await readFile(template, 'utf8');
  const filled = source
    .replace(placeholders.model, () => base64(encodeModel(checkpoint)))
    .replace(placeholders.kernels, () => base64(kernelsModule()));
  return Buffer.from(filled);
}
