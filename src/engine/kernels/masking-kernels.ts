/** The part of the contract that hides tokens for a model to restore (Devlin et al. 2019). */
import type { Pointer } from './kernels.js';

export interface MaskingKernels {
  /**
   * tokens int32 [rows, time], masked in place; targets int32 [rows, time]: what stood where a token was chosen, −1 elsewhere.
   * Ordinary tokens are those from `firstOrdinary` on. Of the n of a row masking.ts says how many are chosen, every set of as
   * many equally often (selection sampling: Knuth, TAOCP 2, 3.4.2 S): going from left to right, one is chosen when
   * ⌊word₀ · left / 2³²⌋ < wanted, left and wanted being those that there are, and that are to be chosen, from it on. By
   * ⌊10 · word₁ / 2³²⌋ a chosen one becomes maskToken (0–7), the ordinary token number ⌊⌊word₂ / 2⁸⌋ · ordinary / 2²⁴⌋ (8), or
   * stays (9).
   *
   * The words are a block of Philox4x32-10 with key = the two u32 at `key` and counter (element, stream, step, 0); step and
   * firstRow are the two u32 at `draw`, element = (firstRow + row) · time + t: however the rows come in batches, each token
   * meets the same draws.
   */
  readonly maskTokens: (
    rows: number,
    time: number,
    vocabulary: number,
    maskToken: number,
    firstOrdinary: number,
    tokens: Pointer,
    targets: Pointer,
    key: Pointer,
    stream: number,
    draw: Pointer,
  ) => void;
}
