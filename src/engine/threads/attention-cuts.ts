/** How attention is cut: by rows of the batch, each a sequence. */
import type { KernelCall } from '../call.js';
import { maskWords } from '../kernels/attention.js';
import { batch } from './parts.js';

/** Elements of a sequence's positions side by side, of its square of scores, and words of its mask of dropout. */
function attentionSizes(args: readonly number[]) {
  const [, heads, time, headSize] = args as KernelCall<'attention'>['args'];
  const queries = heads * time;
  return {
    time,
    sequence: queries * headSize,
    square: time ** 2,
    squares: queries * time,
    keep: queries * maskWords(time),
  };
}

export const attention = batch((args) => {
  const { time, sequence, square, squares, keep } = attentionSizes(args);
  const [KEY_MASK, QKV, PROBABILITIES, Y, FIRST_ROW, KEEP, DROPPED] = [5, 6, 7, 8, 13, 14, 15];
  return {
    rows: [
      [KEY_MASK, time],
      [QKV, 3 * sequence],
      [PROBABILITIES, squares],
      [Y, sequence],
      [KEEP, keep],
    ],
    own: [[DROPPED, square]],
    firstRow: FIRST_ROW,
  };
});

export const attentionBackward = batch((args) => {
  const { sequence, square, squares, keep } = attentionSizes(args);
  const [QKV, PROBABILITIES, DY, DQKV, SCORES, KEEP, DROPPED] = [5, 6, 7, 8, 9, 11, 12];
  return {
    rows: [
      [QKV, 3 * sequence],
      [PROBABILITIES, squares],
      [DY, sequence],
      [DQKV, 3 * sequence],
      [KEEP, keep],
    ],
    own: [
      [SCORES, square],
      [DROPPED, square],
    ],
  };
});
