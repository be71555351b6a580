/** The model's raw outputs as a client reads them: class names and probabilities, or values in the target's own units. */
import type { RowsPreparation } from '../data/preparation.js';
import type { Float } from '../schemas/common.js';
import type { Prediction } from '../schemas/run.js';
import { tempered } from './baseline/temperature.js';
import type { Telling } from './prediction-protocol.js';

/** `outputs`: probabilities [rows, classes], or scaled targets [rows, 1]. */
export function describePredictions(
  outputs: Float32Array,
  { target }: RowsPreparation,
  choice: Telling = {},
): Prediction[] {
  if (target.type === 'regression') {
    const { interval } = choice;
    return Array.from(outputs, (scaled) => {
      const value = scaled * target.deviation + target.mean;
      if (interval === undefined) return { value: toFloat(value) };
      const [low, high] = interval;
      return { value: toFloat(value), interval: { low: toFloat(value + low), high: toFloat(value + high) } };
    });
  }
  const { classes } = target;
  return Array.from({ length: outputs.length / classes.length }, (_, row) =>
    describeClasses(outputs.subarray(row * classes.length, (row + 1) * classes.length), classes, choice),
  );
}

function describeClasses(raw: Float32Array, classes: string[], { topK, threshold, temperature }: Telling): Prediction {
  const probabilities = temperature === undefined ? raw : tempered(raw, temperature);
  const chosen = threshold === undefined ? likeliest(probabilities) : Number(probabilities[1]! >= threshold);
  const told = topK === undefined ? [...classes.keys()] : ranked(probabilities).slice(0, topK);
  return {
    class: classes[chosen]!,
    probabilities: Object.fromEntries(told.map((index) => [classes[index]!, toFloat(probabilities[index]!)])),
  };
}

/** The first of equals. */
export function likeliest(probabilities: Float32Array): number {
  let best = 0;
  for (let index = 1; index < probabilities.length; index++) {
    if (probabilities[index]! > probabilities[best]!) best = index;
  }
  return best;
}

const ranked = (probabilities: Float32Array): number[] =>
  [...probabilities.keys()].sort((a, b) => probabilities[b]! - probabilities[a]!);

/** JSON has no NaN and no infinities: they are written as strings. */
export function toFloat(value: number): Float {
  return Number.isFinite(value) ? value : (String(value) as Float);
}
