/** What a classifier is worth: choices, probabilities, curves, calibration. */

import { DataError } from '../../data/errors.js';
import { Calibration, ClassScores, ConfusionMatrix, classificationReport, curvesOf } from '../../engine/index.js';
import { likeliest, toFloat } from '../predictions.js';
import { describeSplit, floats } from '../training-result.js';
import type { Collector } from './evaluate.js';
import { logOf } from './log-of.js';
import type { SliceName } from './slices.js';
import { WorstRows } from './worst-rows.js';

const mostCurves = 20;
const mostPoints = 200;
/** Of float64 counts in the confusion matrices of all slices, 32 MiB. */
const mostCounts = 2 ** 22;

interface Options {
  /** At most. */
  rows: number;
  threshold: number | null;
  names: readonly SliceName[];
}

export function classifications(classes: readonly string[], { rows, threshold, names }: Options): Collector {
  const count = classes.length;
  const scores = new ClassScores(count, rows);
  const confusion = new ConfusionMatrix(count);
  const calibration = new Calibration();
  const worst = new WorstRows();
  if (names.length * count ** 2 > mostCounts) throw tooManyClasses(count);
  const slices = names.map(() => new ConfusionMatrix(count));
  const logits = new Float32Array(count);
  return {
    add(row, outputs, { at, target, slice }) {
      const probabilities = outputs.subarray(at, at + count);
      for (let index = 0; index < count; index++) logits[index] = logOf(probabilities[index]!);
      const first = likeliest(probabilities);
      const chosen = threshold === null ? first : Number(probabilities[1]! >= threshold);
      scores.add(target, logits, 0, count);
      confusion.add(target, chosen);
      slices[slice]?.add(target, chosen);
      const told = count === 2 ? 1 : first;
      calibration.add(probabilities[told]!, told === target);
      worst.add(-logits[target]!, () => ({
        ...{ row, actual: classes[target]!, predicted: classes[chosen]! },
        probability: toFloat(probabilities[target]!),
      }));
    },
    report() {
      const curved =
        scores.ranksRows && scores.rows > 0 ? [...classes.keys()].slice(...(count === 2 ? [1] : [0, mostCurves])) : [];
      return {
        metrics: describeSplit({ rows: scores.rows, ...classificationReport(confusion, scores) }, [...classes]),
        curves: curved.map((index) => {
          const ranking = scores.ranking(index);
          const { positives, negatives } = ranking;
          return { class: classes[index]!, positives, negatives, ...curvesOf(ranking, mostPoints) };
        }),
        calibration: {
          of: count === 2 ? 'secondClass' : 'likeliestClass',
          bins: calibration.bins(),
          error: calibration.error(),
        },
        slices: slices.map((of, index) => ({
          ...names[index]!,
          rows: of.total(),
          values: floats(classificationReport(of, null).values),
        })),
        worst: worst.rows,
      };
    },
  };
}

function tooManyClasses(got: number): DataError {
  const expected = 'fewer classes, as each slice counts each pair of them';
  return new DataError('unsuitable_column', `slices: expected ${expected}, got ${got}`, {
    path: '/sliceBy',
    expected,
    got,
  });
}
