/**
 * What each feature of a row adds to its answer, against the mean of the training split. Features go from their mean to
 * their own value one after the other, each adding what the answer changes by; in four orders, of which two are the reverse
 * of two, since what a feature adds depends on those before it (Castro et al. 2009; Mitchell et al. 2022, antithetic). So
 * the contributions sum to the difference of the answers exactly, and of a linear model each is weight · (input − mean).
 */
import { widthOf } from '../data/features/index.js';
import type { ColumnsPreparation } from '../data/prepare.js';
import { type Predictor, permutation } from '../engine/index.js';

/** Forward passes for each feature of a row. */
export const passesPerFeature = 4;
/** Rows made at once. */
const batchRows = 256;

export interface Explanation {
  /** Answer to the mean. */
  baseline: number;
  /** By feature. */
  contributions: Map<string, number>;
}

/** `x`, `means`: [inputs]. `scoreOf`: what is explained of the model's outputs for a row. */
export function explain(
  { predict }: Pick<Predictor, 'predict'>,
  { features }: Pick<ColumnsPreparation, 'features'>,
  { x, means, scoreOf }: { x: Float32Array; means: Float32Array; scoreOf(outputs: Float32Array): number },
): Explanation {
  const places = placesOf(features);
  const sums = new Float64Array(features.length);
  let baseline = 0;
  for (let pair = 0; pair < passesPerFeature / 2; pair++) {
    const order = permutation(features.length, 0, 0, pair);
    for (const way of [order, order.toReversed()]) {
      const scores = scoresAlong(way, { predict, places, x, means, scoreOf });
      baseline = scores[0]!;
      way.forEach((feature, step) => {
        sums[feature]! += scores[step + 1]! - scores[step]!;
      });
    }
  }
  return { baseline, contributions: new Map(features.map(({ name }, at) => [name, sums[at]! / passesPerFeature])) };
}

/** Where the inputs of each feature stand. */
function placesOf(features: ColumnsPreparation['features']): { from: number; to: number }[] {
  let to = 0;
  return features.map((feature) => {
    const from = to;
    to += widthOf(feature);
    return { from, to };
  });
}

/** [features + 1]: of the mean, then with each of the features in their order at the row's own value. */
function scoresAlong(
  order: Uint32Array,
  {
    predict,
    places,
    x,
    means,
    scoreOf,
  }: Parameters<typeof explain>[2] & {
    predict: Predictor['predict'];
    places: { from: number; to: number }[];
  },
): number[] {
  const row = means.slice();
  const scores: number[] = [];
  for (let first = 0; first <= order.length; first += batchRows) {
    const count = Math.min(batchRows, order.length + 1 - first);
    const batch = new Float32Array(count * row.length);
    for (let at = 0; at < count; at++) {
      const step = first + at;
      if (step > 0) {
        const { from, to } = places[order[step - 1]!]!;
        row.set(x.subarray(from, to), from);
      }
      batch.set(row, at * row.length);
    }
    const outputs = predict(batch, count);
    const width = outputs.length / count;
    for (let at = 0; at < count; at++) scores.push(scoreOf(outputs.subarray(at * width, (at + 1) * width)));
  }
  return scores;
}
