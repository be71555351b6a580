/**
 * The contract of the losses beyond those that kernels.ts holds itself. As there, `sum` is a float64 slot that is added
 * to, the gradient is that of the sum, and a loss of several columns is the mean over them.
 */
import type { Pointer } from './kernels.js';

export interface LossKernels {
  /** |p − t|; its gradient is sign(p − t) / cols, sign(0) = 0 */
  readonly absoluteError: (
    rows: number,
    cols: number,
    prediction: Pointer,
    targets: Pointer,
    dPrediction: Pointer,
    sum: Pointer,
  ) => void;
  /** With e = p − t: e²/2 where |e| ≤ delta, else delta (|e| − delta/2); its gradient is e clamped to ±delta, / cols */
  readonly huberError: (
    rows: number,
    cols: number,
    prediction: Pointer,
    targets: Pointer,
    dPrediction: Pointer,
    sum: Pointer,
    delta: number,
  ) => void;
  /**
   * Cross-entropy with the target's share 1 − smoothing, and smoothing spread over all classes, each term weighted by its
   * class: Σ_c a_c (−log p_c), a_c = w_c ((1 − smoothing) [c = target] + smoothing / classes); dLogits = p Σ a − a.
   * classWeights float32 [classes], or 0 for all ones. A row whose target is negative counts nothing.
   */
  readonly smoothedCrossEntropy: (
    rows: number,
    classes: number,
    logits: Pointer,
    targets: Pointer,
    classWeights: Pointer,
    smoothing: number,
    dLogits: Pointer,
    sum: Pointer,
  ) => void;
  /** The same with targets float32 [rows, classes], t_c for [c = target]: shares of classes that add up to 1 */
  readonly softCrossEntropy: LossKernels['smoothedCrossEntropy'];
  /**
   * prediction float32 [rows, cols], probabilities p, targets t as many, in [0, 1]; rowWeights float32 [rows], or 0 for all
   * ones: −w (t log p + (1 − t) log(1 − p)), no logarithm below −100; dPrediction = w (p − t) / max(p (1 − p), 1e-12) / cols
   */
  readonly binaryCrossEntropy: (
    rows: number,
    cols: number,
    prediction: Pointer,
    targets: Pointer,
    rowWeights: Pointer,
    dPrediction: Pointer,
    sum: Pointer,
  ) => void;
  /** `y[i] = scale · x[i] + shift`; y may be x: weights of rows from targets of 0 and 1 */
  readonly affine: (n: number, x: Pointer, y: Pointer, scale: number, shift: number) => void;
}
