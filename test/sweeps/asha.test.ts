/** Who goes on from which rung, and how much of a sweep that saves. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextPromotion, type Report, rungsOf } from '../../src/sweeps/asha.js';

const at = (rung: number, costs: readonly number[], promoted: readonly number[] = []): Report[] =>
  costs.map((cost, trial) => ({ trial, rung, cost, promoted: promoted.includes(trial) }));

test('rungs are minSteps · etaᵏ, below the end of the job', () => {
  assert.deepEqual(rungsOf({ minSteps: 10, eta: 3 }, 270), [10, 30, 90]);
  assert.deepEqual(rungsOf({ minSteps: 10, eta: 3 }, 271), [10, 30, 90, 270]);
  assert.deepEqual(rungsOf({ minSteps: 10, eta: 4 }, 10), []);
});

test('of n trials at a rung the best ⌊n/eta⌋ go on, each once, those of higher rungs first', () => {
  const promotion = (reports: Report[]) => {
    const next = nextPromotion(reports, { eta: 3, rungs: 2 });
    return next && [next.trial, next.rung];
  };
  assert.equal(promotion(at(0, [3, 1])), null, 'of two at a rung none');
  assert.deepEqual(promotion(at(0, [3, 1, 2])), [1, 0]);
  assert.equal(promotion(at(0, [3, 1, 2], [1])), null);
  assert.deepEqual(promotion(at(0, [3, 1, 2, 0, 9, 9], [1])), [3, 0]);
  assert.equal(promotion(at(0, [1, 1, 2, 3, 3], [0])), null, 'of two alike the earlier');
  assert.deepEqual(promotion([...at(0, [3, 1, 2, 0, 9, 9], [1]), ...at(1, [5, 4, 6])]), [1, 1]);
  assert.equal(promotion(at(2, [5, 4, 6])), null, 'from the end there is nowhere to go');
  const failed = Number.POSITIVE_INFINITY;
  assert.equal(promotion(at(0, [failed, failed, failed])), null);
});

test('27 trials whose order the first rung tells: the best comes to the end, for 3 of 27 full runs’ steps more or less', () => {
  const [rungs, total] = [[30, 90, 270] as number[], 810];
  const reports: Report[] = [];
  const steps = new Map<number, number>();
  const run = (trial: number, rung: number) => {
    steps.set(trial, rungs[rung] ?? total);
    reports.push({ trial, rung, cost: (trial * 11) % 27, promoted: false });
  };
  for (let trial = 0; ; ) {
    const next = nextPromotion(reports, { eta: 3, rungs: rungs.length });
    if (next) {
      reports.find((report) => report.trial === next.trial && report.rung === next.rung)!.promoted = true;
      run(next.trial, next.rung + 1);
    } else if (trial < 27) run(trial++, 0);
    else break;
  }
  assert.equal(steps.get(0), total, 'trial 0 is the best');
  const spent = [...steps.values()].reduce((sum, made) => sum + made, 0);
  // synchronous halving would take 27·30 + 9·60 + 3·180 + 540 = 2430 = 3 runs
  assert.ok(spent >= 2430 && spent < 0.25 * 27 * total, String(spent));
});
