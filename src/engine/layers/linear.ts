/** y = f(x W + b) over the last axis, as the layers have it that are made of it: weights [inputs, units]. */
import { type Initializer, zeros } from '../initializers.js';
import type { Pointer } from '../kernels/kernels.js';
import { rowParts } from '../threads/parts.js';
import { downOf, upOf } from '../tuning.js';
import { type ActivationName, activations } from './activation.js';
import type { LayerIo, ParameterSpec } from './layer.js';
import { emitColumnSums, emitZeros } from './sums.js';

export interface Linear {
  /** Rows of x: batch rows, or their positions. */
  readonly rows: number;
  readonly inputs: number;
  readonly units: number;
  /** Names of the parameters; no bias where it is null. */
  readonly weight: string;
  readonly bias: string | null;
  readonly activation?: ActivationName | 'identity';
  /** Elements of x from row to row: more than `inputs` where only a part of each row is taken. */
  readonly stride?: number;
}

export function linearParameters(
  { inputs, units, weight, bias }: Omit<Linear, 'rows'>,
  initializer: Initializer,
): ParameterSpec[] {
  const matrix: ParameterSpec = { name: weight, shape: [inputs, units], penalised: true, adaptable: true, initializer };
  if (bias === null) return [matrix];
  return [matrix, { name: bias, shape: [units], penalised: false, initializer: zeros }];
}

/** Into y [rows, units]. */
export function emitLinear(io: LayerIo, linear: Linear, { x, y }: { x: Pointer; y: Pointer }): void {
  const { rows, inputs, units, weight, bias, activation = 'identity', stride = inputs } = linear;
  io.call('gemmNN', rows, units, inputs, x, stride, io.parameter(weight), units, y, units, 0);
  emitCorrection(io, linear, { x, y });
  const at = bias === null ? null : { x: y, bias: io.parameter(bias), y };
  if (activation === 'identity') {
    if (at !== null) io.call('biasIdentity', rows, units, y, at.bias, y);
    return;
  }
  const f = activations[activation];
  if (at === null) f.apply(io, rows * units, y, y);
  else f.applyWithBias(io, { rows, cols: units }, at);
  io.activated({ y, shape: io.outputShape, flat: f.flat });
}

/** dz = f′(z) dy over dy, dW = xᵀ dz where it learns, db = Σ rows dz, dx = dz Wᵀ; the last is left out where dx is null. */
export function emitLinearBackward(
  io: LayerIo,
  linear: Linear,
  { x, y, dy, dx }: { x: Pointer; y: Pointer; dy: Pointer; dx: Pointer | null },
): void {
  const { rows, inputs, units, weight, bias, activation = 'identity', stride = inputs } = linear;
  const dz = dy;
  if (bias !== null) emitBiasBackward(io, { rows, cols: units, bias, activation }, { y, dz });
  else if (activation !== 'identity') activations[activation].backward(io, rows * units, y, dz);
  if (io.learns(weight)) {
    io.call('gemmTN', inputs, units, rows, x, stride, dz, units, io.gradient(weight), units, io.accumulate);
  }
  if (dx !== null) io.call('gemmNT', rows, inputs, units, dz, units, io.parameter(weight), units, dx, stride, 0);
  emitCorrectionBackward(io, linear, { x, dz, dx });
}

/** What corrects the weight, if anything does: the names of A and B, and u [rows, rank], which both passes need. */
function correctionOf(io: LayerIo, { rows, weight }: Linear) {
  const correction = io.correction(weight);
  if (correction === null) return null;
  const down = downOf(weight);
  return { ...correction, down, up: upOf(weight), u: io.buffer(down, rows * correction.rank) };
}

/** u = s x A [rows, rank] and y += u B, where the weight is corrected. */
function emitCorrection(io: LayerIo, linear: Linear, { x, y }: { x: Pointer; y: Pointer }): void {
  const { rows, inputs, units, stride = inputs } = linear;
  const correction = correctionOf(io, linear);
  if (correction === null) return;
  const { rank, scale, down, up, u } = correction;
  io.call('gemmNN', rows, rank, inputs, x, stride, io.parameter(down), rank, u, rank, 0);
  io.call('affine', rows * rank, u, u, scale, 0);
  io.call('gemmNN', rows, units, rank, u, rank, io.parameter(up), units, y, units, 1);
}

/** dB = uᵀ dz, v = s dz Bᵀ [rows, rank], dA = xᵀ v, dx += v Aᵀ. */
function emitCorrectionBackward(
  io: LayerIo,
  linear: Linear,
  { x, dz, dx }: { x: Pointer; dz: Pointer; dx: Pointer | null },
): void {
  const { rows, inputs, units, stride = inputs } = linear;
  const correction = correctionOf(io, linear);
  if (correction === null) return;
  const { rank, scale, down, up, u } = correction;
  const v = io.buffer(`${down}Gradient`, rows * rank);
  io.call('gemmTN', rank, units, rows, u, rank, dz, units, io.gradient(up), units, io.accumulate);
  io.call('gemmNT', rows, rank, units, dz, units, io.parameter(up), units, v, rank, 0);
  io.call('affine', rows * rank, v, v, scale, 0);
  io.call('gemmTN', inputs, rank, rows, x, stride, v, rank, io.gradient(down), rank, io.accumulate);
  if (dx !== null) io.call('gemmNT', rows, inputs, rank, v, rank, io.parameter(down), rank, dx, stride, 1);
}

/** dz = f′(z) dy over dy, and db = Σ rows dz: what each part of the call has summed, added up. */
export function emitBiasBackward(
  io: LayerIo,
  {
    rows,
    cols,
    bias,
    activation,
  }: { rows: number; cols: number; bias: string; activation: ActivationName | 'identity' },
  { y, dz }: { y: Pointer; dz: Pointer },
): void {
  const parts = rowParts(rows, cols);
  const sums = emitZeros(io, `${bias}Sums`, parts * cols); // [parts, cols]
  if (activation === 'identity') io.call('biasIdentityBackward', rows, cols, dz, sums);
  else activations[activation].backwardWithBias(io, { rows, cols }, { y, dy: dz, sums });
  emitColumnSums(io, { rows: parts, cols }, { x: sums, gradient: io.gradient(bias) });
}
