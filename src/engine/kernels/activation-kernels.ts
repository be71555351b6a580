/**
 * The contract of the activations beyond those that kernels.ts holds itself, and of the layers that work by rows of
 * outputs. Conventions are those of kernels.ts.
 */
import type { BiasActivation, Elementwise, ElementwiseBackward, Pointer } from './kernels.js';

/** An activation with one constant: the slope or the scale of its negative side. */
export type ParametricElementwise = (n: number, x: Pointer, y: Pointer, parameter: number) => void;
export type ParametricBackward = (n: number, y: Pointer, dy: Pointer, dx: Pointer, parameter: number) => void;
export type ParametricBias = (
  rows: number,
  cols: number,
  x: Pointer,
  bias: Pointer,
  y: Pointer,
  parameter: number,
) => void;

/** `y[i] = f(x[i]); derivative[i] = f'(x[i])`; derivative may be x, which its own value then replaces. */
export type WithDerivative = (n: number, x: Pointer, y: Pointer, derivative: Pointer) => void;
/** The same of x[r,c] + bias[c]. */
export type BiasWithDerivative = (
  rows: number,
  cols: number,
  x: Pointer,
  bias: Pointer,
  y: Pointer,
  derivative: Pointer,
) => void;

export interface ActivationKernels {
  // ── with a derivative that the output tells ────────────────────────────────────────────────────────────────
  /** x > 0 ? x : slope · x */
  readonly leakyRelu: ParametricElementwise;
  readonly leakyReluBackward: ParametricBackward;
  readonly biasLeakyRelu: ParametricBias;
  /** x > 0 ? x : α (eˣ − 1) */
  readonly elu: ParametricElementwise;
  readonly eluBackward: ParametricBackward;
  readonly biasElu: ParametricBias;
  /** log(1 + eˣ) */
  readonly softplus: Elementwise;
  readonly softplusBackward: ElementwiseBackward;
  readonly biasSoftplus: BiasActivation;
  /** `dx[r,:] = y[r,:] ∘ (dy[r,:] − dy[r,:] · y[r,:])` for y = softmax(x); dx may be dy */
  readonly softmaxBackward: (rows: number, cols: number, y: Pointer, dy: Pointer, dx: Pointer) => void;
  /** `y[r,:] = x[r,:] − log Σ exp(x[r,:])`; y is another buffer */
  readonly logSoftmax: (rows: number, cols: number, x: Pointer, y: Pointer) => void;
  /** `dx[r,:] = dy[r,:] − exp(y[r,:]) Σ dy[r,:]`; dx may be dy */
  readonly logSoftmaxBackward: (rows: number, cols: number, y: Pointer, dy: Pointer, dx: Pointer) => void;

  // ── x · gate(x): not monotone, so that the output does not tell the derivative; forward saves it ────────────
  /** x σ(x) */
  readonly silu: Elementwise;
  readonly siluWithDerivative: WithDerivative;
  readonly biasSilu: BiasActivation;
  readonly biasSiluWithDerivative: BiasWithDerivative;
  /** x Φ(x), Φ the standard normal distribution function */
  readonly gelu: Elementwise;
  readonly geluWithDerivative: WithDerivative;
  readonly biasGelu: BiasActivation;
  readonly biasGeluWithDerivative: BiasWithDerivative;
  /** x (1 + tanh(√(2/π) (x + 0.044715 x³))) / 2 */
  readonly geluTanh: Elementwise;
  readonly geluTanhWithDerivative: WithDerivative;
  readonly biasGeluTanh: BiasActivation;
  readonly biasGeluTanhWithDerivative: BiasWithDerivative;
  /** `y[i] = a[i] · b[i]`; y may be either: dx from dy and a saved derivative */
  readonly multiply: (n: number, a: Pointer, b: Pointer, y: Pointer) => void;
}
