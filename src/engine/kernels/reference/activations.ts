/** The activations of ../activation-kernels.ts as plain loops in float64, rounded once when stored. */
import type { EngineMemory } from '../../memory.js';
import type { ActivationKernels, BiasWithDerivative, WithDerivative } from '../activation-kernels.js';

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const softplus = (x: number) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
const leakyRelu = (x: number, slope: number) => (x > 0 ? x : slope * x);
const elu = (x: number, alpha: number) => (x > 0 ? x : alpha * Math.expm1(x));

// Derivatives by the output y.
const leakyReluDerivative = (y: number, slope: number) => (y > 0 ? 1 : slope);
const eluDerivative = (y: number, alpha: number) => (y > 0 ? 1 : y + alpha); // α eˣ
const softplusDerivative = (y: number) => -Math.expm1(-y); // σ(x)

/** x · gate(x); its derivative is gate + x · slope. */
interface Gated {
  gate(x: number): number;
  /** The gate's derivative. */
  slope(x: number): number;
}

const silu: Gated = {
  gate: sigmoid,
  slope: (x) => sigmoid(x) * (1 - sigmoid(x)),
};

const gelu: Gated = {
  gate: (x) => 0.5 * (1 + erf(x * Math.SQRT1_2)),
  slope: (x) => Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI),
};

/** (1 + tanh u) / 2 = σ(2u) */
const geluTanh: Gated = {
  gate: (x) => sigmoid(2 * tanhArgument(x)),
  slope(x) {
    const gate = this.gate(x);
    return gate * (1 - gate) * 2 * Math.sqrt(2 / Math.PI) * (1 + 3 * 0.044715 * x * x);
  },
};
const tanhArgument = (x: number) => Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3);

/** 2/√π e^(−x²) Σ 2ⁿ x²ⁿ⁺¹ / (1·3·…·(2n+1)) (Abramowitz & Stegun 7.1.6): no term is negative, so no digit cancels. */
function erf(x: number): number {
  if (Math.abs(x) > 6) return Math.sign(x); // within 2⁻⁵³
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

export function activationKernels({ f32 }: EngineMemory): ActivationKernels {
  const map =
    (f: (x: number, parameter: number) => number) =>
    (n: number, x: number, y: number, parameter = 0) => {
      for (let i = 0; i < n; i++) f32[(y >>> 2) + i] = f(f32[(x >>> 2) + i]!, parameter);
    };

  const mapBackward =
    (derivative: (y: number, parameter: number) => number) =>
    (n: number, y: number, dy: number, dx: number, parameter = 0) => {
      for (let i = 0; i < n; i++) {
        f32[(dx >>> 2) + i] = f32[(dy >>> 2) + i]! * derivative(f32[(y >>> 2) + i]!, parameter);
      }
    };

  const mapBias =
    (f: (x: number, parameter: number) => number) =>
    (rows: number, cols: number, x: number, bias: number, y: number, parameter = 0) => {
      for (let i = 0; i < rows * cols; i++) {
        f32[(y >>> 2) + i] = f(f32[(x >>> 2) + i]! + f32[(bias >>> 2) + (i % cols)]!, parameter);
      }
    };

  const gatedValue = (gated: Gated) => (x: number) => x * gated.gate(x);

  const gatedBiasWithDerivative =
    (gated: Gated): BiasWithDerivative =>
    (rows, cols, x, bias, y, derivative) => {
      for (let i = 0; i < rows * cols; i++) {
        const sum = f32[(x >>> 2) + i]! + (bias === 0 ? 0 : f32[(bias >>> 2) + (i % cols)]!);
        f32[(derivative >>> 2) + i] = gated.gate(sum) + sum * gated.slope(sum);
        f32[(y >>> 2) + i] = sum * gated.gate(sum);
      }
    };

  const gatedWithDerivative =
    (gated: Gated): WithDerivative =>
    (n, x, y, derivative) =>
      gatedBiasWithDerivative(gated)(1, n, x, 0, y, derivative);

  return {
    leakyRelu: map(leakyRelu),
    leakyReluBackward: mapBackward(leakyReluDerivative),
    biasLeakyRelu: mapBias(leakyRelu),
    elu: map(elu),
    eluBackward: mapBackward(eluDerivative),
    biasElu: mapBias(elu),
    softplus: map(softplus),
    softplusBackward: mapBackward(softplusDerivative),
    biasSoftplus: mapBias(softplus),

    softmaxBackward(rows, cols, y, dy, dx) {
      for (let r = 0; r < rows; r++) {
        const at = r * cols;
        let dot = 0;
        for (let c = 0; c < cols; c++) dot += f32[(dy >>> 2) + at + c]! * f32[(y >>> 2) + at + c]!;
        for (let c = 0; c < cols; c++) {
          f32[(dx >>> 2) + at + c] = f32[(y >>> 2) + at + c]! * (f32[(dy >>> 2) + at + c]! - dot);
        }
      }
    },

    logSoftmax(rows, cols, x, y) {
      for (let r = 0; r < rows; r++) {
        const row = f32.subarray((x >>> 2) + r * cols, (x >>> 2) + (r + 1) * cols);
        const max = row.reduce((largest, value) => Math.max(largest, value), Number.NEGATIVE_INFINITY);
        const sum = row.reduce((total, value) => total + Math.exp(value - max), 0);
        row.forEach((value, c) => {
          f32[(y >>> 2) + r * cols + c] = value - max - Math.log(sum);
        });
      }
    },

    logSoftmaxBackward(rows, cols, y, dy, dx) {
      for (let r = 0; r < rows; r++) {
        const at = r * cols;
        let sum = 0;
        for (let c = 0; c < cols; c++) sum += f32[(dy >>> 2) + at + c]!;
        for (let c = 0; c < cols; c++) {
          f32[(dx >>> 2) + at + c] = f32[(dy >>> 2) + at + c]! - Math.exp(f32[(y >>> 2) + at + c]!) * sum;
        }
      }
    },

    silu: map(gatedValue(silu)),
    siluWithDerivative: gatedWithDerivative(silu),
    biasSilu: mapBias(gatedValue(silu)),
    biasSiluWithDerivative: gatedBiasWithDerivative(silu),
    gelu: map(gatedValue(gelu)),
    geluWithDerivative: gatedWithDerivative(gelu),
    biasGelu: mapBias(gatedValue(gelu)),
    biasGeluWithDerivative: gatedBiasWithDerivative(gelu),
    geluTanh: map(gatedValue(geluTanh)),
    geluTanhWithDerivative: gatedWithDerivative(geluTanh),
    biasGeluTanh: mapBias(gatedValue(geluTanh)),
    biasGeluTanhWithDerivative: gatedBiasWithDerivative(geluTanh),

    multiply(n, a, b, y) {
      for (let i = 0; i < n; i++) f32[(y >>> 2) + i] = f32[(a >>> 2) + i]! * f32[(b >>> 2) + i]!;
    },
  };
}
