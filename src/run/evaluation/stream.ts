/** What a language model is worth on a text: how well it tells each token from those before it in its window. */
import { DataError } from '../../data/errors.js';
import type { StoredDataset } from '../../data/stored-dataset.js';
import type { StreamPreparation } from '../../data/text/prepare-stream.js';
import { openTokenizer, unitsOf } from '../../data/text/tokenizer.js';
import { type Predictor, perplexityOf, windowsOf } from '../../engine/index.js';
import type { Evaluated } from '../../schemas/evaluation.js';
import { likeliest } from '../predictions.js';
import { describeSplit } from '../training-result.js';
import { logOf } from './log-of.js';

/** Probabilities of one forward pass at most, 32 MiB. */
const mostProbabilities = 2 ** 23;

/** In windows side by side, as training validates. */
export function evaluateStream(
  stored: StoredDataset,
  { tokenizer }: StreamPreparation,
  { shape, predict }: Predictor,
): Evaluated {
  if (stored.kind !== 'text') {
    const [expected, got] = ['a text', stored.kind];
    throw new DataError('other_kind', `expected ${expected}, got ${got}`, { expected, got });
  }
  const { inputs: context, outputs: vocabulary } = shape;
  const tokens = openTokenizer(tokenizer).encode(unitsOf(tokenizer.type, stored.text));
  const windows = windowsOf(tokens.length, shape);
  if (windows === 0) {
    const [expected, got] = [`more than ${context} tokens`, tokens.length];
    throw new DataError('text_too_short', `expected ${expected}, got ${got}`, { expected, got });
  }
  const step = Math.max(1, Math.floor(mostProbabilities / (context * vocabulary)));
  let [sum, right] = [0, 0];
  for (let from = 0; from < windows; from += step) {
    const rows = Math.min(step, windows - from);
    const first = from * context;
    const probabilities = predict(tokens.subarray(first, first + rows * context), rows); // [rows, context, vocabulary]
    for (let place = 0; place < rows * context; place++) {
      const next = tokens[first + place + 1]!;
      const told = probabilities.subarray(place * vocabulary, (place + 1) * vocabulary);
      sum -= logOf(told[next]!);
      right += Number(likeliest(told) === next);
    }
  }
  const told = windows * context;
  const loss = sum / told;
  return {
    rows: { total: tokens.length, withoutTarget: 0, unknownClass: 0, incomplete: 0 },
    metrics: describeSplit(
      { rows: windows, values: { loss, accuracy: right / told, perplexity: perplexityOf(loss) } },
      null,
    ),
    ...{ curves: [], calibration: null, slices: null, worst: [] },
  };
}
