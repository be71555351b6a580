/**
 * The contract of a loss. Its kernel adds the *sum* over the rows to a float64 slot and writes the gradient of that sum:
 * the division by the rows of the whole update is the program's, so that four batches of 8 equal one of 32.
 */
import type { KernelCall, KernelName } from '../call.js';
import type { Pointer } from '../kernels/kernels.js';

export interface LossIo {
  readonly rows: number;
  /** Values a row that the model puts out. */
  readonly width: number;
  /** [rows, width] */
  readonly prediction: Pointer;
  /** int32 [rows] or float32 [rows, width], as `targets` says. */
  readonly targets: Pointer;
  /** [rows, width] */
  readonly gradient: Pointer;
  /** float64 slot that is added to. */
  readonly sum: Pointer;
  call<Name extends KernelName>(kernel: Name, ...args: KernelCall<Name>['args']): void;
}

export interface Loss<Spec> {
  readonly task: 'classification' | 'regression';
  /** `classes`: the class of each row, int32. `values`: float32 [rows, width]. */
  readonly targets: 'classes' | 'values';
  /** Values a row that the model must put out, for this many classes or target columns; null where the loss cannot take them. */
  width(outputs: number): number | null;
  /** Emits the sum and its gradient. */
  emit(spec: Spec, io: LossIo): void;
  /** Emits what predict answers with, over the prediction: probabilities for classification, nothing for regression. */
  emitActivation(io: Pick<LossIo, 'rows' | 'width' | 'prediction' | 'call'>): void;
}

/** What the kernels take for row weights that are all one. */
export const noRowWeights: Pointer = 0;
