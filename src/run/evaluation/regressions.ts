/** What a regression is worth: sums of its errors, in the target's own units. */
import { RegressionSums, regressionReport } from '../../engine/index.js';
import { toFloat } from '../predictions.js';
import { describeSplit, floats } from '../training-result.js';
import type { Collector } from './evaluate.js';
import type { SliceName } from './slices.js';
import { WorstRows } from './worst-rows.js';

/** The model's answers are scaled: value = mean + deviation · answer. */
export function regressions(
  { mean, deviation }: { mean: number; deviation: number },
  names: readonly SliceName[],
): Collector {
  const sums = new RegressionSums();
  const slices = names.map(() => new RegressionSums());
  const worst = new WorstRows();
  return {
    add(row, outputs, { at, target, slice }) {
      const predicted = mean + deviation * outputs[at]!;
      sums.add(target, predicted);
      slices[slice]?.add(target, predicted);
      worst.add(Math.abs(predicted - target), () => ({ row, actual: target, predicted: toFloat(predicted) }));
    },
    report: () => ({
      metrics: describeSplit({ rows: sums.rows, ...regressionReport([sums]) }, null),
      ...{ curves: [], calibration: null },
      slices: slices.map((of, index) => ({
        ...names[index]!,
        rows: of.rows,
        values: floats(regressionReport([of]).values),
      })),
      worst: worst.rows,
    }),
  };
}
