/**
 * The part of the contract that works on sequences: rows of [time, width], one after the other. Heads lie side by side: a
 * position's query, key and value are [3, heads, headSize], as one product with the packed weights leaves them.
 */
import type { Pointer } from './kernels.js';

export interface SequenceKernels {
  /** `y[i] = x[i]`; the buffers are not the same */
  readonly copy: (n: number, x: Pointer, y: Pointer) => void;
  /** `y[i] = a[i] + b[i]`; y may be either */
  readonly add: (n: number, a: Pointer, b: Pointer, y: Pointer) => void;
  /** `y[i] = x[i] ≠ value ? 1 : 0`, all int32 */
  readonly notEqual: (n: number, x: Pointer, value: number, y: Pointer) => void;
  /** `dst[indices[r],:] += src[r,:]`, indices int32, in the order of r: the gradient of gatherRows */
  readonly scatterRows: (rows: number, cols: number, src: Pointer, indices: Pointer, dst: Pointer) => void;
  /**
   * Rows of scores to probabilities, in place: `s[r,:] = softmax(scale · s[r,:])` over the keys that row r may see, 0
   * elsewhere. Row r sees the keys below `visible + r`, at most cols, whose keyMask (int32 [cols], or 0 for all ones) is not
   * 0; a row that sees none is all 0. s has `stride` elements from row to row; scale > 0.
   */
  readonly attentionSoftmax: (
    rows: number,
    cols: number,
    stride: number,
    visible: number,
    scale: number,
    keyMask: Pointer,
    s: Pointer,
  ) => void;
  /** `ds[r,:] = scale · p[r,:] ∘ (dp[r,:] − Σ dp[r,:] p[r,:])`; ds is dp's own buffer; both have `stride` from row to row */
  readonly attentionSoftmaxBackward: (
    rows: number,
    cols: number,
    stride: number,
    scale: number,
    p: Pointer,
    dp: Pointer,
  ) => void;
  /**
   * Dropout (kernels.ts) of rows of probabilities: y[r,:] from what row r sees of x[r,:], its first `visible + r` elements, at
   * most cols; 0 elsewhere. x and y have `stride` elements from row to row, keep one bit each: u32 [rows, ⌈stride / 16⌉]. Row r
   * draws from element (firstRow + r) · 16 · ⌈stride / 16⌉ on, so that what is not seen need not be drawn.
   */
  readonly attentionDropout: (
    rows: number,
    cols: number,
    stride: number,
    visible: number,
    x: Pointer,
    y: Pointer,
    rate: number,
    key: Pointer,
    step: Pointer,
    stream: number,
    firstRow: number,
    keep: Pointer,
  ) => void;
  /** `dx = keep ∘ dy / (1 − rate)` where it is seen, 0 elsewhere: from the probabilities, again what was dropped of them; dx may be dy */
  readonly attentionDropoutBackward: (
    rows: number,
    cols: number,
    stride: number,
    visible: number,
    dy: Pointer,
    dx: Pointer,
    rate: number,
    keep: Pointer,
  ) => void;
  /**
   * `y[r,:] = Σ_t x[r,t,:] / n` for x [rows, time, width], over the n positions whose keyMask (int32 [rows, time], or 0 for
   * all ones) is not 0; 0 where there is none
   */
  readonly sequenceMean: (rows: number, time: number, width: number, keyMask: Pointer, x: Pointer, y: Pointer) => void;
  /** `dx[r,t,:] = dy[r,:] / n` at those positions, 0 at the others */
  readonly sequenceMeanBackward: (
    rows: number,
    time: number,
    width: number,
    keyMask: Pointer,
    dy: Pointer,
    dx: Pointer,
  ) => void;
}

/** Scaled dot-product attention (Vaswani et al. 2017), scale 1/√headSize. */
export interface AttentionKernels {
  /**
   * qkv [rows, time, 3, heads, headSize]; probabilities [rows, heads, time, time], softmax of q kᵀ / √headSize over the keys
   * that are seen (causal: none behind the query; keyMask int32 [rows, time], or 0 for all ones: none that is 0);
   * y [rows, time, heads, headSize] = probabilities · v. Causal, probabilities above the diagonal may be left unwritten.
   *
   * With a rate above 0 it is dropped probabilities that multiply v: keep u32 [rows, heads, time, ⌈time / 16⌉], drawn as
   * attentionDropout does, its rows being the queries from number firstRow · heads · time on. `dropped` is float32 [time, time]
   * to work in: one for each part the rows are cut into (../threads/cut.ts). At rate 0 what follows it is not used.
   */
  readonly attention: (
    rows: number,
    heads: number,
    time: number,
    headSize: number,
    causal: 0 | 1,
    keyMask: Pointer,
    qkv: Pointer,
    probabilities: Pointer,
    y: Pointer,
    rate: number,
    key: Pointer,
    step: Pointer,
    stream: number,
    firstRow: number,
    keep: Pointer,
    dropped: Pointer,
  ) => void;
  /** dqkv from dy and what forward left. */
  readonly attentionBackward: (
    rows: number,
    heads: number,
    time: number,
    headSize: number,
    causal: 0 | 1,
    qkv: Pointer,
    probabilities: Pointer,
    dy: Pointer,
    dqkv: Pointer,
    /** float32 [time, time], to work in, as `dropped`. */
    dScores: Pointer,
    rate: number,
    keep: Pointer,
    dropped: Pointer,
  ) => void;
}
