/** Which spec a run follows after which step, where its training was changed on the way. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { currentSpec, isEditedAt, nextEditAfter, settle, specAt, wantedSpec } from '../../src/run/edits.js';
import type { RecordedEdit } from '../../src/schemas/edits.js';
import type { ResolvedJobSpec } from '../../src/schemas/job-spec.js';

const spec = {
  optimizer: { type: 'adam', learningRate: 0.1, beta1: 0.9 },
  earlyStopping: { type: 'patience', patience: 5, metric: 'validation.loss' },
  training: { epochs: 9, batchSize: 4 },
} as unknown as ResolvedJobSpec;
const at = '2026-01-01T00:00:00.000Z';
const edit = (changes: Partial<RecordedEdit>): RecordedEdit => ({ at, step: null, refused: null, ...changes });

test('changes are in effect from their step on, one after the other; others wait or never are', () => {
  const edits = [
    edit({ step: 10, learningRate: 0.2 }),
    edit({ step: 10, patience: 7 }),
    edit({ step: 30, learningRate: 0.3, steps: 500 }),
    edit({ refused: 'the run has made 30 steps', steps: 20 }),
    edit({ learningRate: 0.4 }),
  ];
  const valuesAt = (step: number) => {
    const { optimizer, earlyStopping, training } = specAt(spec, edits, step);
    const { patience } = earlyStopping as { patience: number };
    return [optimizer.learningRate, patience, training.epochs, training.steps];
  };
  assert.deepEqual(valuesAt(9), [0.1, 5, 9, undefined]);
  assert.deepEqual(valuesAt(10), [0.2, 7, 9, undefined]);
  assert.deepEqual(valuesAt(30), [0.3, 7, undefined, 500]);
  assert.deepEqual(currentSpec({ spec, edits }), specAt(spec, edits, 30));
  assert.equal(wantedSpec({ spec, edits }).optimizer.learningRate, 0.4);
  assert.deepEqual(
    [0, 10, 29, 30].map((step) => nextEditAfter(edits, step)),
    [10, 30, 30, undefined],
  );
  assert.deepEqual(
    [9, 10, 30].map((step) => isEditedAt(edits, step)),
    [false, true, true],
  );
});

test('what waits takes effect at the step that the run is at, never before an earlier change, or is refused for good', () => {
  const earlier = edit({ step: 40, learningRate: 0.2 });
  const waiting = [edit({ patience: 3 }), edit({ steps: 40 }), edit({ steps: 41 })];
  const settled = settle([earlier, ...waiting], 25);
  assert.deepEqual(settled, [
    earlier,
    { ...waiting[0], step: 40 },
    { ...waiting[1], refused: 'the run has made 40 steps' },
    { ...waiting[2], step: 40 },
  ]);
  assert.deepEqual(settle(settled, 60), settled);
});
