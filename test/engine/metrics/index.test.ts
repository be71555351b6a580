/** Metrics against scikit-learn's, and the rule that a denominator of 0 gives 0. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { averaged, averages, countsOf } from '../../../src/engine/metrics/classification-metric.js';
import { ConfusionMatrix } from '../../../src/engine/metrics/confusion-matrix.js';
import { classF1 } from '../../../src/engine/metrics/f1.js';
import { classificationMetrics, regressionMetrics } from '../../../src/engine/metrics/index.js';
import { classPrecision } from '../../../src/engine/metrics/precision.js';
import { classRecall } from '../../../src/engine/metrics/recall.js';
import { RegressionSums } from '../../../src/engine/metrics/regression-sums.js';
import { assertClose, goldenCases } from '../golden.js';

interface Scores<T> {
  precision: T;
  recall: T;
  f1: T;
}
interface ClassificationCase {
  task: 'classification';
  classes: number;
  target: number[];
  predicted: number[];
  accuracy: number;
  confusion: number[][];
  macro: Scores<number>;
  micro: Scores<number>;
  weighted: Scores<number>;
  perClass: Scores<number[]> & { support: number[] };
}
interface RegressionCase {
  task: 'regression';
  target: number[];
  predicted: number[];
  mse: number;
  rmse: number;
  mae: number;
  r2: number;
}

const cases = goldenCases<ClassificationCase | RegressionCase>('metrics.json');
const scores = { precision: classPrecision, recall: classRecall, f1: classF1 };
const scoreNames = ['precision', 'recall', 'f1'] as const;

function confusionOf(classes: number, target: number[], predicted: number[]): ConfusionMatrix {
  const confusion = new ConfusionMatrix(classes);
  target.forEach((actual, row) => {
    confusion.add(actual, predicted[row]!);
  });
  return confusion;
}

describe('metrics', () => {
  it('classification metrics equal scikit-learn’s in 4 cases: plain, macro, micro, weighted, each class', () => {
    const classification = cases.filter((test) => test.task === 'classification');
    assert.equal(classification.length, 4);
    for (const test of classification) {
      const confusion = confusionOf(test.classes, test.target, test.predicted);
      assert.deepEqual(confusion.toRows(), test.confusion);
      assertClose([classificationMetrics.accuracy(confusion)], [test.accuracy], 'accuracy');
      const classes = Array.from({ length: test.classes }, (_, index) => countsOf(confusion, index));
      assert.deepEqual(
        classes.map(({ support }) => support),
        test.perClass.support,
      );
      for (const name of scoreNames) {
        assertClose(classes.map(scores[name]), test.perClass[name], name);
        for (const average of averages) {
          assertClose([averaged(scores[name], average, confusion)], [test[average][name]], `${name}.${average}`);
        }
        const plain = test.classes === 2 ? test.perClass[name][1]! : test.macro[name];
        assertClose([classificationMetrics[name](confusion)], [plain], name);
      }
    }
  });

  it('regression metrics equal scikit-learn’s', () => {
    const regression = cases.filter((test) => test.task === 'regression');
    assert.equal(regression.length, 1);
    for (const test of regression) {
      const sums = new RegressionSums();
      test.target.forEach((target, row) => {
        sums.add(target, test.predicted[row]!);
      });
      for (const name of ['mse', 'rmse', 'mae', 'r2'] as const) {
        assertClose([regressionMetrics[name]([sums])], [test[name]], name);
      }
    }
  });

  it('no rows give 0, not NaN; a constant target gives an R² of 1 where met exactly, else 0', () => {
    for (const metric of Object.values(classificationMetrics)) assert.equal(metric(new ConfusionMatrix(3)), 0);
    const [exact, missed] = [new RegressionSums(), new RegressionSums()];
    for (const target of [3, 3]) {
      exact.add(target, target);
      missed.add(target, target + 1);
    }
    assert.deepEqual([regressionMetrics.r2([exact]), regressionMetrics.r2([missed])], [1, 0]);
  });

  it('R² keeps 6 digits when targets lie 1e8 from 0 with a deviation of 1', () => {
    const sums = new RegressionSums();
    for (let row = 0; row < 1000; row++) sums.add(1e8 + (row % 2 === 0 ? 1 : -1), 1e8 + (row % 2 === 0 ? 0.5 : -0.5));
    assert.ok(Math.abs(regressionMetrics.r2([sums]) - 0.75) < 1e-6);
  });
});
