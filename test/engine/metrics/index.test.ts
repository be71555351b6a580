/** Metrics against scikit-learn's, and the rule that a denominator of 0 gives 0. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ClassScores } from '../../../src/engine/metrics/class-scores.js';
import { averaged, averages, countsOf } from '../../../src/engine/metrics/classification-metric.js';
import { ConfusionMatrix } from '../../../src/engine/metrics/confusion-matrix.js';
import { classF1 } from '../../../src/engine/metrics/f1.js';
import { classificationMetrics, regressionMetrics, scoreMetrics } from '../../../src/engine/metrics/index.js';
import { classPrecision } from '../../../src/engine/metrics/precision.js';
import { classRecall } from '../../../src/engine/metrics/recall.js';
import { RegressionSums } from '../../../src/engine/metrics/regression-sums.js';
import { topKAccuracy } from '../../../src/engine/metrics/top-k-accuracy.js';
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

/** Scores of rows given as probabilities: by the logit of the second of two classes, or by the logarithms of all. */
function scoresOf(actual: readonly number[], probabilities: readonly (number | readonly number[])[]): ClassScores {
  const first = probabilities[0]!;
  const scores = new ClassScores(typeof first === 'number' ? 2 : first.length, actual.length);
  actual.forEach((index, row) => {
    const given = probabilities[row]!;
    const logits = typeof given === 'number' ? [Math.log(given / (1 - given))] : given.map(Math.log);
    scores.add(index, Float32Array.from(logits), 0, logits.length);
  });
  return scores;
}

describe('metrics', () => {
  it('metrics of probabilities equal the examples in scikit-learn’s documentation', () => {
    const ranked = scoresOf([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]);
    assertClose([scoreMetrics.rocAuc(ranked)], [0.75], 'roc_auc_score');
    assertClose([scoreMetrics.averagePrecision(ranked)], [5 / 6], 'average_precision_score');
    const brier = scoresOf([0, 1, 1, 0], [0.1, 0.9, 0.8, 0.3]);
    assertClose([scoreMetrics.brier(brier)], [0.0375], 'brier_score_loss');
    // spam, ham, ham, spam
    const spam = scoresOf(
      [1, 0, 0, 1],
      [
        [0.1, 0.9],
        [0.9, 0.1],
        [0.8, 0.2],
        [0.35, 0.65],
      ],
    );
    assertClose(
      [scoreMetrics.logLoss(spam), scoreMetrics.perplexity(spam)],
      [0.2161618, Math.exp(0.2161618)],
      'log_loss',
    );
    const top = scoresOf(
      [0, 1, 2, 2],
      [
        [0.5, 0.2, 0.2],
        [0.3, 0.4, 0.2],
        [0.2, 0.4, 0.3],
        [0.7, 0.2, 0.1],
      ],
    );
    assertClose(
      [1, 2, 3].map((k) => topKAccuracy(k)(top)),
      [0.5, 0.75, 1],
      'top_k_accuracy_score',
    );
  });

  it('ranking metrics: ties count half, classes are averaged, a class without rows is left out, and no row gives 0', () => {
    const tied = scoresOf([0, 1, 0, 1, 1], [0.5, 0.5, 0.25, 0.75, 0.25]);
    // Of 3 · 2 pairs 3 are in order and 2 tied; thresholds 0.75, 0.5, 0.25 add a third of recall each.
    assertClose([scoreMetrics.rocAuc(tied)], [4 / 6], 'rocAuc');
    assertClose([scoreMetrics.averagePrecision(tied)], [(1 + 2 / 3 + 3 / 5) / 3], 'averagePrecision');
    const three = scoresOf(
      [0, 1, 1],
      [
        [0.5, 0.3, 0.2],
        [0.6, 0.3, 0.1],
        [0.1, 0.8, 0.1],
      ],
    );
    // class 0: one of two pairs in order; class 1: one in order, one tied; class 2 has no row
    assertClose([scoreMetrics.rocAuc(three)], [(0.5 + 0.75) / 2], 'rocAuc of three');
    for (const [name, metric] of Object.entries(scoreMetrics)) {
      assert.equal(metric(new ClassScores(3, 0)), name === 'perplexity' ? 1 : 0, name);
    }
  });

  it('probabilities stay exact where float32 would round them to 0: the log loss of a logit of −200 is 200', () => {
    const scores = new ClassScores(2, 1);
    scores.add(1, Float32Array.of(-200), 0, 1);
    assertClose([scoreMetrics.logLoss(scores)], [200], 'logLoss');
  });

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
