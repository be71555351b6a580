/**
 * The contract between a program and the code that computes: one signature a kernel, the same for every backend.
 *
 * Every argument is a number. A buffer is its byte offset in the engine's one memory (`Pointer`, unsigned, 16-byte
 * aligned); counts are elements; matrices are row-major with a leading dimension in elements. What changes from step
 * to step (learning rate, step number, sum of losses) stands in memory too, so that a program's calls never change.
 * Backends: reference.ts (plain loops, the truth), wasm/ (SIMD), blas/ (the same with a library's products). A test
 * holds each fast kernel to the reference.
 */

import type { ActivationKernels } from './activation-kernels.js';
import type { BiasGradientKernels } from './bias-gradients.js';
import type { ColumnKernels } from './column-kernels.js';
import type { ImageKernels } from './image-kernels.js';
import type { LossKernels } from './loss-kernels.js';
import type { MaskingKernels } from './masking-kernels.js';
import type { NormalizationKernels } from './normalization-kernels.js';
import type { AttentionKernels, SequenceKernels } from './sequence-kernels.js';
import type { UpdateKernels } from './update-kernels.js';

/** Byte offset of a buffer in the engine's memory. */
export type Pointer = number;

/** `C[m,n] = op(A)[m,k] · op(B)[k,n] + beta · C`; beta is 0 (C may hold anything) or 1. */
export type Gemm = (
  m: number,
  n: number,
  k: number,
  a: Pointer,
  lda: number,
  b: Pointer,
  ldb: number,
  c: Pointer,
  ldc: number,
  beta: 0 | 1,
) => void;

/** `y[i] = f(x[i])` for i < n; x and y may be the same buffer. */
export type Elementwise = (n: number, x: Pointer, y: Pointer) => void;

/** `dx[i] = dy[i] · f'(·)` written in terms of the forward *output* y; dx and dy may be the same buffer. */
export type ElementwiseBackward = (n: number, y: Pointer, dy: Pointer, dx: Pointer) => void;

/** `y[r,c] = f(x[r,c] + bias[c])`; x and y may be the same buffer. */
export type BiasActivation = (rows: number, cols: number, x: Pointer, bias: Pointer, y: Pointer) => void;

/** Elements whose squares are added up before they enter a sum. */
export const SQUARES_CHUNK = 8192;

export interface Kernels
  extends ImageKernels,
    ActivationKernels,
    BiasGradientKernels,
    ColumnKernels,
    NormalizationKernels,
    SequenceKernels,
    AttentionKernels,
    MaskingKernels,
    LossKernels,
    UpdateKernels {
  /** Backend name as it stands in the fingerprint: `reference`, `wasm`, … */
  readonly name: string;

  // ── matrices ────────────────────────────────────────────────────────────────────────────────────────────────
  /** A[m,k] B[k,n] */
  readonly gemmNN: Gemm;
  /** A[k,m]ᵀ B[k,n]: the weights' gradient */
  readonly gemmTN: Gemm;
  /** A[m,k] B[n,k]ᵀ: the input's gradient */
  readonly gemmNT: Gemm;

  // ── element-wise ────────────────────────────────────────────────────────────────────────────────────────────
  readonly biasIdentity: BiasActivation;
  readonly biasRelu: BiasActivation;
  readonly biasSigmoid: BiasActivation;
  readonly biasTanh: BiasActivation;
  readonly relu: Elementwise;
  readonly sigmoid: Elementwise;
  readonly tanh: Elementwise;
  readonly reluBackward: ElementwiseBackward;
  readonly sigmoidBackward: ElementwiseBackward;
  readonly tanhBackward: ElementwiseBackward;
  /** `out[c] += Σ_r x[r,c]` */
  readonly columnSums: (rows: number, cols: number, x: Pointer, out: Pointer) => void;
  /**
   * `y[i] = keep(i) ? x[i] · scale : 0`: of the 2¹⁶ values of a draw, d = min(round(rate · 2¹⁶), 2¹⁶ − 1) drop, keep where
   * the draw ≥ d, and scale = 2¹⁶ / (2¹⁶ − d), rounded to float32. Draws are from Philox4x32-10 with key = the two u32 at
   * `key` and counter (i >> 3, stream, step, 0), where step is the u32 at `step`: the low or high half, by i & 1, of word
   * (i & 7) >> 1.
   * `mask`, if not 0, is u32 [⌈n / 16⌉] and keeps keep(i) as bit i & 15 of word i >> 4 (so that each word is also a finite
   * float32). `first` is the i of x[0], a multiple of 16: a part of a buffer draws what the whole would.
   */
  readonly dropout: (
    n: number,
    x: Pointer,
    y: Pointer,
    rate: number,
    key: Pointer,
    step: Pointer,
    stream: number,
    mask: Pointer,
    first: number,
  ) => void;
  /** `dx[i] = keep(i) ? dy[i] · scale : 0`, keep from the mask; dx may be dy */
  readonly dropoutBackward: (n: number, dy: Pointer, mask: Pointer, dx: Pointer, rate: number) => void;
  /** `x[i] = value` */
  readonly fill: (n: number, x: Pointer, value: number) => void;
  /** `x[i] *= scale` where scale is the f32 at `scale` */
  readonly scale: (n: number, x: Pointer, scale: Pointer) => void;
  /**
   * `dst[r,c] = src[indices[r] · stride + c]`, c < cols, indices int32: rows of a matrix where the stride is cols, windows of
   * one long row where it is less. src may begin at any element.
   */
  readonly gatherRows: (
    rows: number,
    cols: number,
    src: Pointer,
    stride: number,
    indices: Pointer,
    dst: Pointer,
  ) => void;

  // ── losses: gradient of the *sum*; `sum` is a float64 slot that is added to ────────────────────────────────
  // rowWeights: float32 [rows], or 0 for all ones
  /** logits [rows, classes], targets int32 [rows], a negative one counts nothing; dLogits = w (softmax − onehot) */
  readonly softmaxCrossEntropy: (
    rows: number,
    classes: number,
    logits: Pointer,
    targets: Pointer,
    rowWeights: Pointer,
    dLogits: Pointer,
    sum: Pointer,
  ) => void;
  /** logits [rows, cols], targets float32 [rows, cols] in [0,1]; dLogits = w (σ(z) − t) / cols; loss is the mean over cols */
  readonly sigmoidCrossEntropy: (
    rows: number,
    cols: number,
    logits: Pointer,
    targets: Pointer,
    rowWeights: Pointer,
    dLogits: Pointer,
    sum: Pointer,
  ) => void;
  /** prediction, targets float32 [rows, cols]; dPrediction = 2 w (p − t) / cols; loss is the mean over cols */
  readonly squaredError: (
    rows: number,
    cols: number,
    prediction: Pointer,
    targets: Pointer,
    rowWeights: Pointer,
    dPrediction: Pointer,
    sum: Pointer,
  ) => void;
  /** `p[r,:] = softmax(z[r,:])`, stable; p may be z */
  readonly softmax: (rows: number, cols: number, z: Pointer, p: Pointer) => void;

  // ── the flat parameter buffer ──────────────────────────────────────────────────────────────────────────────
  /** `partials[j] = Σ x²`, float64, over chunk j of SQUARES_CHUNK elements: can be cut between chunks */
  readonly chunkSquares: (n: number, x: Pointer, partials: Pointer) => void;
  /** `Σ partials[j]` in order, into the float64 slot `out` */
  readonly sumChunks: (chunks: number, partials: Pointer, out: Pointer) => void;
  /** `g[i] += l2 · w[i] + l1 · sign(w[i])`, sign(0) = 0 */
  readonly penalties: (n: number, w: Pointer, g: Pointer, l1: number, l2: number) => void;
  /** `w −= lr · g`; lr is the f32 at `learningRate` */
  readonly sgd: (n: number, w: Pointer, g: Pointer, learningRate: Pointer) => void;
  /** `v = momentum · v + g; w −= lr · (nesterov ? g + momentum · v : v)` */
  readonly sgdMomentum: (
    n: number,
    w: Pointer,
    g: Pointer,
    v: Pointer,
    learningRate: Pointer,
    momentum: number,
    nesterov: 0 | 1,
  ) => void;
  /**
   * Adam (Kingma & Ba 2015), ε outside the root: `m = β₁m + (1−β₁)g; v = β₂v + (1−β₂)g²; w −= stepSize · m / (√v · invRootCorrection2 + ε)`.
   * `hyper` holds two f32: stepSize = lr/(1−β₁ᵗ) and invRootCorrection2 = 1/√(1−β₂ᵗ).
   */
  readonly adam: (
    n: number,
    w: Pointer,
    g: Pointer,
    m: Pointer,
    v: Pointer,
    hyper: Pointer,
    beta1: number,
    beta2: number,
    epsilon: number,
  ) => void;
}

/** What a backend needs to be made: the memory it computes on and a scratch region of its own (packed panels). */
export interface KernelsFactory {
  readonly name: string;
  /** Bytes of scratch this backend wants in the memory, 64-byte aligned, zero if none. */
  readonly scratchBytes: number;
  create(memory: WebAssembly.Memory, scratch: Pointer): Promise<Kernels> | Kernels;
}
