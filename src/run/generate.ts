/**
 * Text from a language model, token by token: the model's window of the last tokens is computed anew for each. Equal requests
 * give equal text: what is drawn depends on seed and place alone. Between tokens, others are served.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { DataError } from '../data/errors.js';
import { tokenizerOf } from '../data/preparation.js';
import { type FittedTokenizer, openTokenizer, unitsOf } from '../data/text/tokenizer.js';
import type { Tokenizer } from '../data/text/tokenizers/family.js';
import { Draws, streamNumber } from '../engine/index.js';
import type { Generation, ResolvedGenerateRequest } from '../schemas/generate.js';
import type { LoadedModel } from './model-cache.js';
import { sampleToken } from './sample-token.js';

/** Nobody waits longer for an answer; what there is by then is the answer. */
const mostMilliseconds = 30_000;

/** Throws `invalid_prompt` for a character that the model does not know. */
export async function generate(
  { preparation, predictor }: LoadedModel,
  { prompt, maxTokens, temperature, topK, seed }: ResolvedGenerateRequest,
): Promise<Generation> {
  const startedAt = performance.now();
  const fitted = tokenizerOf(preparation);
  const tokenizer = openTokenizer(fitted);
  const { inputs: context, outputs: vocabulary } = predictor.shape;
  const draws = new Draws(seed, streamNumber('sampling'));
  const text = encodePrompt(prompt, fitted, tokenizer);
  const tokens: number[] = [];
  const isLate = () => performance.now() - startedAt > mostMilliseconds;
  while (tokens.length < maxTokens && !isLate()) {
    const last = text.slice(-context);
    const window = new Int32Array(context).fill(tokenizer.firstOrdinary); // what follows the last token is not looked at
    window.set(last);
    const probabilities = predictor.predict(window, 1).subarray((last.length - 1) * vocabulary); // of the next token, first
    const choice = { from: tokenizer.firstOrdinary, to: vocabulary, temperature, topK };
    const token = sampleToken(probabilities, choice, draws.uniform());
    tokens.push(token);
    text.push(token);
    await nextTurn();
  }
  const finishReason = tokens.length === maxTokens ? 'maxTokens' : 'timeLimit';
  return { text: tokenizer.decode(tokens), tokens, finishReason };
}

function encodePrompt(prompt: string, { type }: FittedTokenizer, { encode, special }: Tokenizer): number[] {
  const tokens = [...encode(unitsOf(type, Buffer.from(prompt)))];
  const beyond = type === 'character' ? tokens.indexOf(special('unknown')) : -1;
  if (beyond < 0) return tokens;
  const got = `${JSON.stringify([...prompt][beyond])} at character ${beyond}`;
  const expected = 'characters that the model was trained on';
  const message = `/prompt: expected ${expected}, got ${got}`;
  throw new DataError('invalid_prompt', message, { path: '/prompt', expected, got });
}
