/**
 * A language model that goes on with texts: a GPT from what it keeps of the tokens before, any other stack of layers by
 * computing the whole window anew, since nobody knows what its layers would have to keep.
 */
import { createCachedDecoder } from './cached-decoder.js';
import { openModel } from './checkpoint.js';
import type { KernelsFactory } from './kernels/kernels.js';
import { createPredictor, type Predictor } from './predict.js';

export interface Decoder {
  /** The most tokens of a text. */
  readonly context: number;
  readonly vocabulary: number;
  /** Begins a text. Any number of them may be open, and be gone on with in any order. */
  begin(): OpenText;
}

export interface OpenText {
  /** Tokens so far. */
  readonly length: number;
  /**
   * Probabilities [vocabulary] of what follows the last of these tokens, valid until the next call for any text. Throws
   * `invalid_data` for a token beyond the vocabulary and RangeError beyond the context.
   */
  append(tokens: readonly number[]): Float32Array;
  /** Gives up what is kept of it: nothing is appended after. */
  close(): void;
}

export async function createDecoder(checkpoint: Uint8Array, kernels: KernelsFactory): Promise<Decoder> {
  const { spec } = openModel(checkpoint);
  if (spec.model.type === 'gpt') return createCachedDecoder(checkpoint, kernels);
  return windowDecoder(await createPredictor(checkpoint, kernels, 1));
}

function windowDecoder(predictor: Predictor): Decoder {
  const { inputs: context, outputs: vocabulary } = predictor.shape;
  class Text implements OpenText {
    length = 0;
    readonly #window = new Int32Array(context); // what follows the last token is not looked at

    append(tokens: readonly number[]): Float32Array {
      this.#window.set(tokens, this.length);
      this.length += tokens.length;
      const probabilities = predictor.predict(this.#window, 1); // [context, vocabulary]
      return probabilities.subarray((this.length - 1) * vocabulary, this.length * vocabulary);
    }

    close(): void {}
  }
  return { context, vocabulary, begin: () => new Text() };
}
