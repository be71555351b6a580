/** What the activations' kernels are tried on: every remainder of the lanes, special values, in place and not. */
import type { ActivationKernels } from '../../../src/engine/kernels/activation-kernels.js';
import { Draws, streamNumber } from '../../../src/engine/rng.js';
import { type Trial, trial } from './trial.js';

const draws = new Draws(22, streamNumber('init'));
const normals = (n: number, deviation = 1) => Float32Array.from({ length: n }, () => deviation * draws.normal());
const uniforms = (n: number) => Float32Array.from({ length: n }, () => draws.uniform());

const COUNTS = [...Array.from({ length: 20 }, (_, n) => n), 64, 1027];
const GRIDS = [
  [1, 1],
  [3, 2],
  [5, 3],
  [2, 4],
  [7, 5],
  [4, 16],
  [6, 19],
  [70, 33],
] as const;

const SPECIAL = Float32Array.of(
  Number.NaN,
  0,
  -0,
  1e30,
  -1e30,
  1000,
  -1000,
  88,
  -88,
  13.5,
  -13.5,
  9.9,
  -9.9,
  4,
  -4,
  1e-30,
  -1e-30,
  1e-42,
);
/** Where a gate of 0 meets an infinity the product is NaN: kept to the functions that have no gate. */
const INFINITE = Float32Array.of(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1);

type Plain = 'softplus' | 'silu' | 'gelu' | 'geluTanh';
function forwardTrials(kernel: Plain): Trial[] {
  return [...COUNTS.map((n) => normals(n, 3)), SPECIAL].flatMap((x) => [
    trial(`${kernel} of ${x.length}`, { x, y: new Float32Array(x.length) }, (kernels, at) =>
      kernels[kernel](x.length, at.x, at.y),
    ),
    trial(`${kernel} of ${x.length} in place`, { x }, (kernels, at) => kernels[kernel](x.length, at.x, at.x)),
  ]);
}

function derivativeTrials(kernel: 'siluWithDerivative' | 'geluWithDerivative' | 'geluTanhWithDerivative'): Trial[] {
  return [...COUNTS.map((n) => normals(n, 3)), SPECIAL].flatMap((x) => {
    const n = x.length;
    return [
      trial(`${kernel} of ${n}`, { x, y: new Float32Array(n), d: new Float32Array(n) }, (kernels, at) =>
        kernels[kernel](n, at.x, at.y, at.d),
      ),
      trial(`${kernel} of ${n}, over x`, { x, y: new Float32Array(n) }, (kernels, at) =>
        kernels[kernel](n, at.x, at.y, at.x),
      ),
      trial(`${kernel} of ${n} in place`, { x, d: new Float32Array(n) }, (kernels, at) =>
        kernels[kernel](n, at.x, at.x, at.d),
      ),
    ];
  });
}

function biasTrials(kernel: 'biasSoftplus' | 'biasSilu' | 'biasGelu' | 'biasGeluTanh'): Trial[] {
  return GRIDS.map(([rows, cols]) =>
    trial(`${kernel} ${rows}×${cols}`, { x: normals(rows * cols, 2), bias: normals(cols) }, (kernels, at) =>
      kernels[kernel](rows, cols, at.x, at.bias, at.x),
    ),
  );
}

function biasDerivativeTrials(
  kernel: 'biasSiluWithDerivative' | 'biasGeluWithDerivative' | 'biasGeluTanhWithDerivative',
): Trial[] {
  return GRIDS.map(([rows, cols]) =>
    trial(
      `${kernel} ${rows}×${cols}`,
      { x: normals(rows * cols, 2), bias: normals(cols), d: new Float32Array(rows * cols) },
      (kernels, at) => kernels[kernel](rows, cols, at.x, at.bias, at.x, at.d),
    ),
  );
}

/** 0.3: neither 0 nor 1 hides a factor. */
const PARAMETER = 0.3;

function parametricTrials(kernel: 'leakyRelu' | 'elu'): Trial[] {
  return [...COUNTS.map((n) => normals(n, 3)), SPECIAL, INFINITE].flatMap((x) => [
    trial(`${kernel} of ${x.length}`, { x, y: new Float32Array(x.length) }, (kernels, at) =>
      kernels[kernel](x.length, at.x, at.y, PARAMETER),
    ),
    trial(`${kernel} of ${x.length} in place`, { x }, (kernels, at) =>
      kernels[kernel](x.length, at.x, at.x, PARAMETER),
    ),
  ]);
}

function parametricBackwardTrials(kernel: 'leakyReluBackward' | 'eluBackward'): Trial[] {
  return COUNTS.map((n) =>
    trial(
      `${kernel} of ${n}`,
      { y: normals(n).map((y) => Math.max(y, -PARAMETER)), dy: normals(n), dx: new Float32Array(n) },
      (kernels, at) => kernels[kernel](n, at.y, at.dy, at.dx, PARAMETER),
    ),
  );
}

function parametricBiasTrials(kernel: 'biasLeakyRelu' | 'biasElu'): Trial[] {
  return GRIDS.map(([rows, cols]) =>
    trial(`${kernel} ${rows}×${cols}`, { x: normals(rows * cols, 2), bias: normals(cols) }, (kernels, at) =>
      kernels[kernel](rows, cols, at.x, at.bias, at.x, PARAMETER),
    ),
  );
}

export const activationTrials: { [K in keyof ActivationKernels]: Trial[] } = {
  leakyRelu: parametricTrials('leakyRelu'),
  leakyReluBackward: parametricBackwardTrials('leakyReluBackward'),
  biasLeakyRelu: parametricBiasTrials('biasLeakyRelu'),
  elu: parametricTrials('elu'),
  eluBackward: parametricBackwardTrials('eluBackward'),
  biasElu: parametricBiasTrials('biasElu'),
  softplus: forwardTrials('softplus'),
  softplusBackward: COUNTS.map((n) =>
    trial(`softplusBackward of ${n}`, { y: uniforms(n).map((u) => -Math.log(u)), dy: normals(n) }, (kernels, at) =>
      kernels.softplusBackward(n, at.y, at.dy, at.dy),
    ),
  ),
  biasSoftplus: biasTrials('biasSoftplus'),
  logSoftmax: GRIDS.flatMap(([rows, cols]) =>
    [3, 300].map((deviation) =>
      trial(
        `logSoftmax ${rows}×${cols} around ${deviation}`,
        { x: normals(rows * cols, deviation), y: new Float32Array(rows * cols) },
        (kernels, at) => kernels.logSoftmax(rows, cols, at.x, at.y),
      ),
    ),
  ),
  logSoftmaxBackward: GRIDS.map(([rows, cols]) =>
    trial(
      `logSoftmaxBackward ${rows}×${cols}`,
      { y: normals(rows * cols).map((value) => -Math.abs(value)), dy: normals(rows * cols) },
      (kernels, at) => kernels.logSoftmaxBackward(rows, cols, at.y, at.dy, at.dy),
    ),
  ),
  softmaxBackward: GRIDS.flatMap(([rows, cols]) =>
    ['dx', 'dy'].map((out) =>
      trial(
        `softmaxBackward ${rows}×${cols} into ${out}`,
        { y: uniforms(rows * cols), dy: normals(rows * cols), dx: new Float32Array(rows * cols) },
        (kernels, at) => kernels.softmaxBackward(rows, cols, at.y, at.dy, out === 'dx' ? at.dx : at.dy),
      ),
    ),
  ),
  silu: forwardTrials('silu'),
  siluWithDerivative: derivativeTrials('siluWithDerivative'),
  biasSilu: biasTrials('biasSilu'),
  biasSiluWithDerivative: biasDerivativeTrials('biasSiluWithDerivative'),
  gelu: forwardTrials('gelu'),
  geluWithDerivative: derivativeTrials('geluWithDerivative'),
  biasGelu: biasTrials('biasGelu'),
  biasGeluWithDerivative: biasDerivativeTrials('biasGeluWithDerivative'),
  geluTanh: forwardTrials('geluTanh'),
  geluTanhWithDerivative: derivativeTrials('geluTanhWithDerivative'),
  biasGeluTanh: biasTrials('biasGeluTanh'),
  biasGeluTanhWithDerivative: biasDerivativeTrials('biasGeluTanhWithDerivative'),
  multiply: COUNTS.map((n) =>
    trial(`multiply of ${n}`, { a: normals(n), b: normals(n) }, (kernels, at) => kernels.multiply(n, at.a, at.b, at.a)),
  ),
};
