/** What of the dashboard needs no browser: states and what they allow, numbers as they are shown, series as they are drawn. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chartedMetrics, curvesOf, firstNonFinite } from '../../dashboard/lib/curves.js';
import { bytes, duration, number } from '../../dashboard/lib/format.js';
import { joined, nextStep, secondsAt, smooth } from '../../dashboard/lib/series.js';
import { actions, canBeDeleted, type JobAction } from '../../dashboard/lib/states.js';
import { jobStates, terminalStates, transitions } from '../../src/schemas/job.js';

test('buttons offer exactly what the service’s table of transitions allows', () => {
  for (const state of jobStates) {
    const next: readonly string[] = transitions[state];
    const ended: readonly string[] = terminalStates;
    const allowed: Record<JobAction, boolean> = {
      pause: state !== 'paused' && (next.includes('pausing') || (state === 'queued' && next.includes('paused'))),
      resume: state === 'paused' && next.includes('queued'),
      cancel: next.includes('cancelling') || next.includes('cancelled') ? state !== 'cancelling' : false,
      retry: state === 'failed' || state === 'cancelled',
    };
    for (const [action, is] of Object.entries(allowed)) {
      assert.equal(actions[state].includes(action as JobAction), is, `${action} while ${state}`);
    }
    assert.equal(canBeDeleted(state), ended.includes(state));
  }
});

test('numbers, bytes and spans are short and readable', () => {
  const values = [0, 0.012345, 12_345.6, 1.23456e-7, 2e12, Number.NaN, Number.NEGATIVE_INFINITY];
  assert.deepEqual(values.map(number), ['0', '0.01235', '12,346', '1.23e-7', '2.00e+12', 'NaN', '−∞']);
  assert.deepEqual([0, 1023, 1536, 5 * 2 ** 30].map(bytes), ['0 B', '1,020 B', '1.5 KiB', '5 GiB']);
  assert.deepEqual([0, 0.4, 41, 200, 18_120, 90_000].map(duration), [
    '0 s',
    '< 1 s',
    '41 s',
    '3 min 20 s',
    '5 h 2 min',
    '1 d 1 h',
  ]);
});

test('new points replace those of their steps, and the series that is behind says where to go on', () => {
  const first = joined(new Map(), [
    { name: 'a', steps: [1, 2, 3], values: [1, 2, 'NaN'] },
    { name: 'b', steps: [2], values: [5] },
  ]);
  const both = joined(first, [{ name: 'a', steps: [3, 4], values: [3, 'Infinity'] }]);
  assert.deepEqual(both.get('a'), { steps: [1, 2, 3, 4], values: [1, 2, 3, Number.POSITIVE_INFINITY] });
  assert.equal(nextStep(both), 2);
});

test('of a cross-validated job each fold has its curves, and those that have ended are not waited for', () => {
  const series = joined(new Map(), [
    { name: 'fold1.validation.loss', steps: [4], values: ['NaN'] },
    { name: 'fold1.train.loss', steps: [2, 4], values: [2, 1] },
    { name: 'fold2.train.loss', steps: [6, 8], values: [3, 2] },
    { name: 'fold2.validation.loss', steps: [7], values: [2] },
    { name: 'fold2.layers.0.gradientNorm', steps: [8], values: [1] },
  ]);
  assert.deepEqual(chartedMetrics(series), ['loss']);
  const curves = curvesOf(series, 'loss', { log: false, smoothing: 0, by: 'step' });
  assert.deepEqual(
    curves.map(({ name, x }) => [name, x]),
    [
      ['fold1.train.loss', [2, 4]],
      ['fold2.train.loss', [6, 8]],
      ['fold1.validation.loss', [4]],
      ['fold2.validation.loss', [7]],
    ],
  );
  assert.equal(firstNonFinite(series, 'loss'), 4);
  assert.equal(nextStep(series), 7);
});

test('smoothing keeps a constant, passes what is not finite by, and begins where the series does', () => {
  assert.deepEqual(
    smooth([3, 3, 3], 0.9).map((value) => Math.round(value * 1e9) / 1e9),
    [3, 3, 3],
  );
  const [first, gap, last] = smooth([1, Number.NaN, 2], 0.5) as [number, number, number];
  assert.ok(first === 1 && Number.isNaN(gap) && Math.abs(last - (0.25 * 1 + 0.5 * 2) / 0.75) < 1e-12);
  assert.deepEqual(secondsAt({ steps: [10, 20], values: [1, 3] }, [0, 5, 10, 15, 20, 30]), [0, 0.5, 1, 2, 3, 3]);
});
