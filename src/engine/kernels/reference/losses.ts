/** The losses of ../loss-kernels.ts as plain loops in float64, rounded once when stored. */
import type { EngineMemory } from '../../memory.js';
import type { Pointer } from '../kernels.js';
import type { LossKernels } from '../loss-kernels.js';

interface CrossEntropyBuffers {
  rows: number;
  classes: number;
  logits: Pointer;
  classWeights: Pointer;
  smoothing: number;
  dLogits: Pointer;
  sum: Pointer;
}

export function lossKernels({ f32, f64, i32 }: EngineMemory): LossKernels {
  /** Sum of a loss of single errors p − t and its gradient, each the mean over the columns. */
  const errors = (
    [rows, cols]: [rows: number, cols: number],
    at: { prediction: Pointer; targets: Pointer; gradient: Pointer; sum: Pointer },
    { loss, derivative }: { loss(error: number): number; derivative(error: number): number },
  ) => {
    let total = 0;
    for (let i = 0; i < rows * cols; i++) {
      const error = f32[(at.prediction >>> 2) + i]! - f32[(at.targets >>> 2) + i]!;
      total += loss(error) / cols;
      f32[(at.gradient >>> 2) + i] = derivative(error) / cols;
    }
    f64[at.sum >>> 3]! += total;
  };

  /** Σ a (log Σ exp(z) − z), a = w ((1 − smoothing) t + smoothing / classes); a row whose t is null counts nothing. */
  const crossEntropy = (
    { rows, classes, classWeights, smoothing, ...at }: CrossEntropyBuffers,
    targetOf: (row: number, c: number) => number | null,
  ) => {
    let total = 0;
    for (let r = 0; r < rows; r++) {
      const [z, dz] = [(at.logits >>> 2) + r * classes, (at.dLogits >>> 2) + r * classes];
      if (targetOf(r, 0) === null) {
        f32.fill(0, dz, dz + classes);
        continue;
      }
      const share = (c: number) =>
        (classWeights === 0 ? 1 : f32[(classWeights >>> 2) + c]!) *
        (smoothing / classes + (1 - smoothing) * targetOf(r, c)!);
      let max = Number.NEGATIVE_INFINITY;
      for (let c = 0; c < classes; c++) max = Math.max(max, f32[z + c]!);
      let [exponentials, shares] = [0, 0];
      for (let c = 0; c < classes; c++) {
        exponentials += Math.exp(f32[z + c]! - max);
        shares += share(c);
      }
      for (let c = 0; c < classes; c++) {
        total += share(c) * (Math.log(exponentials) + max - f32[z + c]!);
        f32[dz + c] = (shares * Math.exp(f32[z + c]! - max)) / exponentials - share(c);
      }
    }
    f64[at.sum >>> 3]! += total;
  };

  return {
    absoluteError(rows, cols, prediction, targets, gradient, sum) {
      errors([rows, cols], { prediction, targets, gradient, sum }, { loss: Math.abs, derivative: Math.sign });
    },

    huberError(rows, cols, prediction, targets, gradient, sum, delta) {
      const loss = (e: number) => (Math.abs(e) <= delta ? (e * e) / 2 : delta * (Math.abs(e) - delta / 2));
      const derivative = (e: number) => Math.max(-delta, Math.min(delta, e));
      errors([rows, cols], { prediction, targets, gradient, sum }, { loss, derivative });
    },

    smoothedCrossEntropy(rows, classes, logits, targets, classWeights, smoothing, dLogits, sum) {
      const at = { rows, classes, logits, dLogits, sum, classWeights, smoothing };
      crossEntropy(at, (r, c) => {
        const target = i32[(targets >>> 2) + r]!;
        return target < 0 ? null : Number(c === target);
      });
    },

    softCrossEntropy(rows, classes, logits, targets, classWeights, smoothing, dLogits, sum) {
      const at = { rows, classes, logits, dLogits, sum, classWeights, smoothing };
      crossEntropy(at, (r, c) => f32[(targets >>> 2) + r * classes + c]!);
    },

    binaryCrossEntropy(rows, cols, prediction, targets, rowWeights, gradient, sum) {
      const log = (x: number) => Math.max(Math.log(x), -100);
      let total = 0;
      for (let i = 0; i < rows * cols; i++) {
        const weight = (rowWeights === 0 ? 1 : f32[(rowWeights >>> 2) + Math.floor(i / cols)]!) / cols;
        const [p, t] = [f32[(prediction >>> 2) + i]!, f32[(targets >>> 2) + i]!];
        total -= weight * (t * log(p) + (1 - t) * log(1 - p));
        f32[(gradient >>> 2) + i] = (weight * (p - t)) / Math.max(p * (1 - p), 1e-12);
      }
      f64[sum >>> 3]! += total;
    },

    affine(n, x, y, scale, shift) {
      for (let i = 0; i < n; i++) f32[(y >>> 2) + i] = scale * f32[(x >>> 2) + i]! + shift;
    },
  };
}
