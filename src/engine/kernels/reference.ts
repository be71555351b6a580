/**
 * The kernels as plain loops: what every other backend is held to. Values are worked in float64 and rounded once, when
 * stored; nothing here is tuned, so that it can be checked against the formulas by reading.
 */
import { viewMemory } from '../memory.js';
import { philox } from '../rng.js';
import type { BiasGradientKernels } from './bias-gradients.js';
import {
  type BiasActivation,
  type Elementwise,
  type ElementwiseBackward,
  type Gemm,
  type Kernels,
  type KernelsFactory,
  type Pointer,
  SQUARES_CHUNK,
} from './kernels.js';
import { activationKernels } from './reference/activations.js';
import { biasGradientKernels } from './reference/bias-gradients.js';
import { columnKernels } from './reference/columns.js';
import { imageKernels } from './reference/images.js';
import { lossKernels } from './reference/losses.js';
import { maskingKernels } from './reference/masking.js';
import { normalizationKernels } from './reference/normalization.js';
import { sequenceKernels } from './reference/sequences.js';
import { updateKernels } from './reference/updates.js';
import type { AttentionKernels, SequenceKernels } from './sequence-kernels.js';

const identity = (x: number) => x;
const relu = (x: number) => Math.max(x, 0);
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/** How many of the 2¹⁶ values of a draw drop an element: never all of them. */
const droppedDraws = (rate: number) => Math.min(Math.round(rate * 2 ** 16), 2 ** 16 - 1);

// Derivatives by the output y.
const reluDerivative = (y: number) => (y <= 0 ? 0 : 1);
const sigmoidDerivative = (y: number) => y * (1 - y);
const tanhDerivative = (y: number) => 1 - y * y;

export const referenceKernels: KernelsFactory = {
  name: 'reference',
  scratchBytes: 0,
  create: createReferenceKernels,
};

function createReferenceKernels(memory: WebAssembly.Memory): Kernels {
  const views = viewMemory(memory);
  const { f32, f64, i32, u32 } = views;

  /** A transposed matrix is one whose steps between rows and between columns have changed places. */
  const gemm =
    (aTransposed: boolean, bTransposed: boolean): Gemm =>
    (m, n, k, a, lda, b, ldb, c, ldc, beta) => {
      const [aRow, aColumn] = aTransposed ? [1, lda] : [lda, 1];
      const [bRow, bColumn] = bTransposed ? [1, ldb] : [ldb, 1];
      for (let i = 0; i < m; i++) {
        for (let j = 0; j < n; j++) {
          let sum = 0;
          for (let p = 0; p < k; p++) {
            sum += f32[(a >>> 2) + i * aRow + p * aColumn]! * f32[(b >>> 2) + p * bRow + j * bColumn]!;
          }
          const at = (c >>> 2) + i * ldc + j;
          f32[at] = beta === 0 ? sum : f32[at]! + sum;
        }
      }
    };

  const map =
    (f: (x: number) => number): Elementwise =>
    (n, x, y) => {
      for (let i = 0; i < n; i++) f32[(y >>> 2) + i] = f(f32[(x >>> 2) + i]!);
    };

  const mapBackward =
    (derivative: (y: number) => number): ElementwiseBackward =>
    (n, y, dy, dx) => {
      for (let i = 0; i < n; i++) f32[(dx >>> 2) + i] = f32[(dy >>> 2) + i]! * derivative(f32[(y >>> 2) + i]!);
    };

  const mapBias =
    (f: (x: number) => number): BiasActivation =>
    (rows, cols, x, bias, y) => {
      for (let r = 0; r < rows; r++) {
        for (let c = 0; c < cols; c++) {
          const at = r * cols + c;
          f32[(y >>> 2) + at] = f(f32[(x >>> 2) + at]! + f32[(bias >>> 2) + c]!);
        }
      }
    };

  const rowWeight = (rowWeights: Pointer, row: number) => (rowWeights === 0 ? 1 : f32[(rowWeights >>> 2) + row]!);

  /** max z and Σ exp(z − max) of one row: no exponent is positive, so nothing overflows. */
  const maxAndSumOfExponentials = (z: Pointer, row: number, cols: number) => {
    const start = (z >>> 2) + row * cols;
    let max = Number.NEGATIVE_INFINITY;
    for (let c = 0; c < cols; c++) max = Math.max(max, f32[start + c]!);
    let sum = 0;
    for (let c = 0; c < cols; c++) sum += Math.exp(f32[start + c]! - max);
    return { start, max, sum };
  };

  /** Σ x[i]² for from ≤ i < to */
  const squares = (from: number, to: number, x: Pointer) => {
    let sum = 0;
    for (let i = from; i < to; i++) sum += f32[(x >>> 2) + i]! ** 2;
    return sum;
  };

  const plain = {
    name: 'reference',
    ...activationKernels(views),
    ...normalizationKernels(views),
    ...lossKernels(views),
    ...updateKernels(views),
    ...imageKernels(views),
    ...columnKernels(views),
    ...maskingKernels(views),

    gemmNN: gemm(false, false),
    gemmTN: gemm(true, false),
    gemmNT: gemm(false, true),

    biasIdentity: mapBias(identity),
    biasRelu: mapBias(relu),
    biasSigmoid: mapBias(sigmoid),
    biasTanh: mapBias(Math.tanh),
    relu: map(relu),
    sigmoid: map(sigmoid),
    tanh: map(Math.tanh),
    reluBackward: mapBackward(reluDerivative),
    sigmoidBackward: mapBackward(sigmoidDerivative),
    tanhBackward: mapBackward(tanhDerivative),

    columnSums(rows, cols, x, out) {
      for (let c = 0; c < cols; c++) {
        let sum = f32[(out >>> 2) + c]!;
        for (let r = 0; r < rows; r++) sum += f32[(x >>> 2) + r * cols + c]!;
        f32[(out >>> 2) + c] = sum;
      }
    },

    dropout(n, x, y, rate, key, step, stream, mask, first) {
      const draws = new Uint32Array(4);
      const dropped = droppedDraws(rate);
      const scale = Math.fround(2 ** 16 / (2 ** 16 - dropped));
      if (mask !== 0) u32.fill(0, mask >>> 2, (mask >>> 2) + Math.ceil(n / 16));
      for (let i = 0; i < n; i++) {
        const block = (first + i) >>> 3;
        if (i % 8 === 0) philox(u32[key >>> 2]!, u32[(key >>> 2) + 1]!, block, stream, u32[step >>> 2]!, 0, draws);
        const draw = (draws[(i % 8) >> 1]! >>> (16 * (i % 2))) & 0xffff;
        const keep = draw >= dropped;
        f32[(y >>> 2) + i] = keep ? f32[(x >>> 2) + i]! * scale : 0;
        if (mask !== 0 && keep) u32[(mask >>> 2) + (i >>> 4)]! |= 1 << (i & 15);
      }
    },

    // d (keep ∘ x · scale) = keep ∘ dx · scale
    dropoutBackward(n, dy, mask, dx, rate) {
      const scale = Math.fround(2 ** 16 / (2 ** 16 - droppedDraws(rate)));
      for (let i = 0; i < n; i++) {
        const keep = (u32[(mask >>> 2) + (i >>> 4)]! >>> (i & 15)) & 1;
        f32[(dx >>> 2) + i] = keep ? f32[(dy >>> 2) + i]! * scale : 0;
      }
    },

    fill(n, x, value) {
      f32.fill(value, x >>> 2, (x >>> 2) + n);
    },

    scale(n, x, scale) {
      for (let i = 0; i < n; i++) f32[(x >>> 2) + i]! *= f32[scale >>> 2]!;
    },

    gatherRows(rows, cols, src, stride, indices, dst) {
      for (let r = 0; r < rows; r++) {
        const from = (src >>> 2) + i32[(indices >>> 2) + r]! * stride;
        f32.copyWithin((dst >>> 2) + r * cols, from, from + cols);
      }
    },

    // loss = log Σ exp(z) − z[target];  d loss/dz = softmax(z) − onehot
    softmaxCrossEntropy(rows, classes, logits, targets, rowWeights, dLogits, sum) {
      let total = 0;
      for (let r = 0; r < rows; r++) {
        const weight = rowWeight(rowWeights, r);
        const target = i32[(targets >>> 2) + r]!;
        if (target < 0) {
          f32.fill(0, (dLogits >>> 2) + r * classes, (dLogits >>> 2) + (r + 1) * classes);
          continue;
        }
        const { start, max, sum: exponentials } = maxAndSumOfExponentials(logits, r, classes);
        total += weight * (Math.log(exponentials) + max - f32[start + target]!);
        for (let c = 0; c < classes; c++) {
          const probability = Math.exp(f32[start + c]! - max) / exponentials;
          f32[(dLogits >>> 2) + r * classes + c] = weight * (probability - (c === target ? 1 : 0));
        }
      }
      f64[sum >>> 3]! += total;
    },

    // loss = max(z, 0) − z·t + log(1 + exp(−|z|));  d loss/dz = σ(z) − t
    sigmoidCrossEntropy(rows, cols, logits, targets, rowWeights, dLogits, sum) {
      let total = 0;
      for (let r = 0; r < rows; r++) {
        const weight = rowWeight(rowWeights, r) / cols;
        for (let c = 0; c < cols; c++) {
          const at = r * cols + c;
          const z = f32[(logits >>> 2) + at]!;
          const t = f32[(targets >>> 2) + at]!;
          total += weight * (relu(z) - z * t + Math.log1p(Math.exp(-Math.abs(z))));
          f32[(dLogits >>> 2) + at] = weight * (sigmoid(z) - t);
        }
      }
      f64[sum >>> 3]! += total;
    },

    // loss = (p − t)²;  d loss/dp = 2 (p − t)
    squaredError(rows, cols, prediction, targets, rowWeights, dPrediction, sum) {
      let total = 0;
      for (let r = 0; r < rows; r++) {
        const weight = rowWeight(rowWeights, r) / cols;
        for (let c = 0; c < cols; c++) {
          const at = r * cols + c;
          const error = f32[(prediction >>> 2) + at]! - f32[(targets >>> 2) + at]!;
          total += weight * error * error;
          f32[(dPrediction >>> 2) + at] = 2 * weight * error;
        }
      }
      f64[sum >>> 3]! += total;
    },

    softmax(rows, cols, z, p) {
      for (let r = 0; r < rows; r++) {
        const { start, max, sum } = maxAndSumOfExponentials(z, r, cols);
        for (let c = 0; c < cols; c++) f32[(p >>> 2) + r * cols + c] = Math.exp(f32[start + c]! - max) / sum;
      }
    },

    chunkSquares(n, x, partials) {
      for (let from = 0, chunk = partials >>> 3; from < n; from += SQUARES_CHUNK, chunk++) {
        f64[chunk] = squares(from, Math.min(from + SQUARES_CHUNK, n), x);
      }
    },

    sumChunks(chunks, partials, out) {
      let sum = 0;
      for (let chunk = 0; chunk < chunks; chunk++) sum += f64[(partials >>> 3) + chunk]!;
      f64[out >>> 3] = sum;
    },

    penalties(n, w, g, l1, l2) {
      for (let i = 0; i < n; i++) {
        const weight = f32[(w >>> 2) + i]!;
        f32[(g >>> 2) + i]! += l2 * weight + l1 * Math.sign(weight);
      }
    },

    sgd(n, w, g, learningRate) {
      const rate = f32[learningRate >>> 2]!;
      for (let i = 0; i < n; i++) f32[(w >>> 2) + i]! -= rate * f32[(g >>> 2) + i]!;
    },

    sgdMomentum(n, w, g, v, learningRate, momentum, nesterov) {
      const rate = f32[learningRate >>> 2]!;
      for (let i = 0; i < n; i++) {
        const gradient = f32[(g >>> 2) + i]!;
        const velocity = momentum * f32[(v >>> 2) + i]! + gradient;
        f32[(v >>> 2) + i] = velocity;
        f32[(w >>> 2) + i]! -= rate * (nesterov ? gradient + momentum * velocity : velocity);
      }
    },

    adam(n, w, g, m, v, hyper, beta1, beta2, epsilon) {
      const stepSize = f32[hyper >>> 2]!;
      const invRootCorrection2 = f32[(hyper >>> 2) + 1]!;
      for (let i = 0; i < n; i++) {
        const gradient = f32[(g >>> 2) + i]!;
        const mean = beta1 * f32[(m >>> 2) + i]! + (1 - beta1) * gradient;
        const square = beta2 * f32[(v >>> 2) + i]! + (1 - beta2) * gradient * gradient;
        f32[(m >>> 2) + i] = mean;
        f32[(v >>> 2) + i] = square;
        f32[(w >>> 2) + i]! -= (stepSize * mean) / (Math.sqrt(square) * invRootCorrection2 + epsilon);
      }
    },
  } satisfies Omit<Kernels, keyof (SequenceKernels & AttentionKernels & BiasGradientKernels)>;
  return { ...plain, ...sequenceKernels(views, plain), ...biasGradientKernels(plain) };
}
