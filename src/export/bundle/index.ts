/** A model as one file that predicts by itself: `import { predict } from './predict.mjs'`, in Node or a browser. */
import { readFile } from 'node:fs/promises';
import { DataError } from '../../data/errors.js';
import type { Preparation } from '../../data/preparation.js';
import { encodeModel, kernelsModule } from '../../engine/index.js';
import { placeholders } from './placeholders.js';

/** Made of predict.ts by scripts/build.mjs. */
const template = new URL('../../../bundle/predict.mjs', import.meta.url);

/** A text has at most 2²⁹ − 24 characters in V8, and base64 four for three bytes. */
const mostBytes = 2 ** 28 + 2 ** 26;

/**
 * Throws DataError `inexpressible` where the model does not answer rows, reads text, whose tokenizers need Node, or is too
 * large for one text.
 */
export async function writeBundle(checkpoint: Uint8Array, { kind }: Preparation): Promise<Uint8Array> {
  if (kind !== 'columns' && kind !== 'images') {
    const [expected, got] = ['a model of columns or images', `one of ${kind === 'stream' ? 'a text' : kind}`];
    throw new DataError('inexpressible', `a bundle is of rows: expected ${expected}, got ${got}`, {
      ...{ path: '/query/format', expected, got },
      hint: 'export as ONNX, with the tokenizer beside it',
    });
  }
  const model = encodeModel(checkpoint);
  checkSize(model.byteLength);
  const base64 = (bytes: Uint8Array) =>
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
  const source = await readFile(template, 'utf8');
  const filled = source
    .replace(placeholders.model, () => base64(model))
    .replace(placeholders.kernels, () => base64(kernelsModule()));
  return Buffer.from(filled);
}

function checkSize(got: number): void {
  if (got <= mostBytes) return;
  const expected = `a model of at most ${mostBytes} bytes`;
  throw new DataError('inexpressible', `a bundle: expected ${expected}, got ${got}`, {
    ...{ path: '/query/format', expected, got },
    hint: 'export as safetensors',
  });
}
