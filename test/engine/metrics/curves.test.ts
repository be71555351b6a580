/** ROC, precision over recall and calibration against scikit-learn's (fixtures/golden/curves.py). */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Calibration } from '../../../src/engine/metrics/calibration.js';
import { curvesOf } from '../../../src/engine/metrics/curves.js';
import { rank } from '../../../src/engine/metrics/ranking.js';
import { assertClose, goldenCases } from '../golden.js';

interface Case {
  name: string;
  target: number[];
  scores: number[];
  thresholds: number[];
  falsePositiveRate: number[];
  truePositiveRate: number[];
  precision: number[];
  recall: number[];
  frequency: number[];
  probability: number[];
  calibrationError: number;
}

const cases = goldenCases<Case>('curves.json');
const rankingOf = ({ target, scores }: Case) => rank(Float32Array.from(scores), (row) => target[row] === 1);

for (const golden of cases) {
  describe(`${golden.name} scores`, () => {
    it('have scikit-learn’s ROC curve and precision over recall', () => {
      const { thresholds, falsePositiveRate, truePositiveRate, precision } = curvesOf(rankingOf(golden), 10_000);
      assert.deepEqual(thresholds, golden.thresholds);
      assertClose(falsePositiveRate, golden.falsePositiveRate, 'false positive rate');
      assertClose(truePositiveRate, golden.truePositiveRate, 'true positive rate');
      assertClose(precision, golden.precision, 'precision');
      assertClose(truePositiveRate, golden.recall, 'recall');
    });

    it('have scikit-learn’s calibration curve, and its expected error', () => {
      const calibration = new Calibration();
      for (const [row, score] of golden.scores.entries()) calibration.add(score, golden.target[row] === 1);
      const bins = calibration.bins();
      assertClose(
        bins.map(({ frequency }) => frequency),
        golden.frequency,
        'frequency',
      );
      assertClose(
        bins.map(({ probability }) => probability),
        golden.probability,
        'probability',
      );
      assertClose([calibration.error()], [golden.calibrationError], 'error');
    });
  });
}

it('of many thresholds keeps no more than asked for, the first and the last among them, and no gap above two steps', () => {
  const ranking = rankingOf(cases.find(({ name }) => name === 'many')!);
  const { thresholds, falsePositiveRate, truePositiveRate } = curvesOf(ranking, 100);
  assert.ok(thresholds.length <= 100 && thresholds.length > 50, String(thresholds.length));
  assert.deepEqual([falsePositiveRate.at(-1), truePositiveRate.at(-1)], [1, 1]);
  assert.equal(thresholds[0], ranking.ties[0]!.score);
  truePositiveRate.slice(1).forEach((rate, at) => {
    const step = rate - truePositiveRate[at]! + falsePositiveRate[at + 1]! - falsePositiveRate[at]!;
    assert.ok(step <= 4 / 99, String(step));
  });
});
