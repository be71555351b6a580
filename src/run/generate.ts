/**
 * Text from a language model, token by token. Equal requests give equal text: what is drawn depends on seed and place alone.
 * A text that fills the context goes on from its later half, since positions are absolute and cannot slide: each token costs
 * two passes of one position at most, and sees at least half a context. Between some tokens and the next, others are served.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { DataError } from '../data/errors.js';
import { tokenizerOf } from '../data/preparation.js';
import { type FittedTokenizer, openTokenizer, unitsOf } from '../data/text/tokenizer.js';
import type { Tokenizer } from '../data/text/tokenizers/family.js';
import { type Decoder, Draws, streamNumber } from '../engine/index.js';
import type { GeneratedToken, Generation, ResolvedGenerateRequest } from '../schemas/generate.js';
import type { TextModel } from './model-cache.js';
import { sampleToken } from './sample-token.js';
import { StopText } from './stop-text.js';

/** No text is written for longer; what there is by then is the answer. */
const mostMilliseconds = 30_000;
/** Tokens at once: with each turn, what is kept of one text makes room for that of another. */
const tokensPerTurn = 8;

/** The tokens as they are drawn, with the text that each completes; then all of it. Throws `invalid_prompt` for a character that the model does not know. */
export async function* generate(
  { preparation, decoder }: TextModel,
  { prompt, maxTokens, temperature, topK, topP, stop, seed }: ResolvedGenerateRequest,
): AsyncGenerator<GeneratedToken, Generation> {
  const startedAt = performance.now();
  const fitted = tokenizerOf(preparation);
  const tokenizer = openTokenizer(fitted);
  const choice = { from: tokenizer.firstOrdinary, to: decoder.vocabulary, temperature, topK, topP };
  const draws = new Draws(seed, streamNumber('sampling'));
  const continued = continuation(decoder, encodePrompt(prompt, fitted, tokenizer));
  const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
  const until = new StopText(stop);
  const tokens: number[] = [];
  let text = '';
  let finishReason: Generation['finishReason'] | null = null;
  try {
    while (finishReason === null) {
      if (tokens.length % tokensPerTurn === 0) await nextTurn();
      const token = sampleToken(continued.probabilities(), choice, draws.uniform());
      continued.add(token);
      tokens.push(token);
      let told = until.add(utf8.decode(tokenizer.bytesOf(token), { stream: true }));
      if (until.stopped) finishReason = 'stop';
      else if (tokens.length === maxTokens) finishReason = 'maxTokens';
      else if (performance.now() - startedAt > mostMilliseconds) finishReason = 'timeLimit';
      if (finishReason !== null && !until.stopped) told += until.add(utf8.decode()) + until.end();
      text += told;
      yield { text: told, token };
    }
  } finally {
    continued.close();
  }
  return { text, tokens, finishReason };
}

/** A text of any length on a model of a limited context. */
function continuation(decoder: Decoder, prompt: readonly number[]) {
  const { context } = decoder;
  let window = prompt.slice(-context);
  let fresh = window;
  let open = decoder.begin();
  return {
    probabilities: () => open.append(fresh),
    add(token: number) {
      fresh = [token];
      if (window.length === context) {
        window = window.slice(Math.ceil(context / 2));
        open.close();
        open = decoder.begin();
        fresh = [...window, token];
      }
      window = [...window, token];
    },
    close: () => open.close(),
  };
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
