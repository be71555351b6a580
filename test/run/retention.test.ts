import assert from 'node:assert/strict';
import { it } from 'node:test';
import { superseded } from '../../src/run/retention.js';
import type { ResolvedJobSpec } from '../../src/schemas/job-spec.js';
import type { CheckpointRow } from '../../src/store/checkpoints.js';

type Kept = Pick<CheckpointRow, 'id' | 'step' | 'kind' | 'metrics' | 'bytes' | 'pinned' | 'verifiedOk'>;

/** Checkpoints of 10 bytes at steps 1, 2, … with these validation losses. */
const withLosses = (losses: (number | 'NaN' | 'Infinity')[]): Kept[] =>
  losses.map((loss, index) => ({
    id: `ckpt_${index + 1}`,
    step: index + 1,
    kind: 'periodic',
    metrics: { 'validation.loss': loss },
    ...{ bytes: 10, pinned: false, verifiedOk: true },
  }));

const policy = (
  keepLast: number,
  keepBest: number,
  { maxBytes = 1000, ...best }: Partial<ResolvedJobSpec['evaluation']['best']> & { maxBytes?: number } = {},
): Parameters<typeof superseded>[1] => ({
  checkpoints: { everyEpochs: 1, minSeconds: 0, keepLast, keepBest },
  evaluation: { everyEpochs: 1, metrics: 'auto', best: { metric: 'validation.loss', mode: 'auto', ...best } },
  maxBytes,
});

it('keeps the last two and the best one, whatever order the rows come in', () => {
  const rows = withLosses([0.5, 0.1, 0.4, 0.3, 0.2]);
  assert.deepEqual(superseded(rows, policy(2, 1)), ['ckpt_1', 'ckpt_3']);
  assert.deepEqual(superseded(rows.toReversed(), policy(2, 1)), ['ckpt_3', 'ckpt_1']);
});

it('takes the greatest as the best where the mode says so, and never NaN or an infinity', () => {
  assert.deepEqual(superseded(withLosses([0.5, 'NaN', 0.4, 0.3]), policy(1, 1, { mode: 'max' })), ['ckpt_2', 'ckpt_3']);
  assert.deepEqual(superseded(withLosses([0.5, 'Infinity', 0.4]), policy(1, 1, { mode: 'max' })), ['ckpt_2']);
});

it('keeps no best where none is asked for or none was measured, and a final one always', () => {
  const unmeasured = withLosses([1, 1, 1]).map((row) => ({ ...row, metrics: {} }));
  assert.deepEqual(superseded(unmeasured, policy(1, 1)), ['ckpt_1', 'ckpt_2']);
  const [first, ...others] = withLosses([3, 2, 1]);
  assert.deepEqual(superseded([{ ...first!, kind: 'final' }, ...others], policy(1, 0)), ['ckpt_2']);
});

it('keeps a pinned one beside those it would keep', () => {
  const rows = withLosses([0.5, 0.1, 0.4, 0.3]);
  rows[2]!.pinned = true;
  assert.deepEqual(superseded(rows, policy(1, 1)), ['ckpt_1']);
});

it('drops a damaged one, which is neither the last nor the best', () => {
  const rows = withLosses([0.5, 0.2, 0.4, 0.1]);
  rows[3]!.verifiedOk = false;
  assert.deepEqual(superseded(rows, policy(1, 1)), ['ckpt_1', 'ckpt_4']);
});

it('keeps no more bytes than allowed, the latest first, but the last, final and pinned ones in any case', () => {
  const rows = withLosses([0.1, 0.5, 0.4, 0.3]);
  assert.deepEqual(superseded(rows, policy(3, 1, { maxBytes: 30 })), ['ckpt_1']);
  assert.deepEqual(superseded(rows, policy(3, 1, { maxBytes: 29 })), ['ckpt_1', 'ckpt_2']);
  assert.deepEqual(superseded(rows, policy(3, 1, { maxBytes: 1 })), ['ckpt_1', 'ckpt_2', 'ckpt_3']);
  rows[0]!.pinned = true;
  rows[1]!.kind = 'final';
  assert.deepEqual(superseded(rows, policy(3, 1, { maxBytes: 1 })), ['ckpt_3']);
  assert.deepEqual(superseded(rows, policy(3, 1, { maxBytes: 40 })), []);
});
