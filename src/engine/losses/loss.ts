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
  /** Of a loss of classes: float32 [rows, width], the share of each. */
  readonly targetsAreSoft: boolean;
  /** float32 [classes], or 0 where every class counts alike */
  readonly classWeights: Pointer;
  /** [rows, width] */
  readonly gradient: Pointer;
  /** float64 slot that is added to. */
  readonly sum: Pointer;
  /** float32 buffer of the program. */
  buffer(name: string, elements: number): Pointer;
  call<Name extends KernelName>(kernel: Name, ...args: KernelCall<Name>['args']): void;
}

/** Weight of each class in the mean over rows; balanced: every class has the same share in it; null: every row has. */
export type ClassWeights = readonly number[] | 'balanced' | null;

export interface Loss<Spec> {
  readonly task: 'classification' | 'regression';
  /** `classes`: the class of each row, int32. `values`: float32 [rows, width]. */
  readonly targets: 'classes' | 'values';
  /** Values a row that the model must put out, for this many classes or target columns; null where the loss cannot take them. */
  width(outputs: number): number | null;
  /** For losses of `classes`; what is reported and learnt from is divided by the sum of the weights of the rows' classes. */
  classWeights?(spec: Spec): ClassWeights;
  /** Emits the sum and its gradient. */
  emit(spec: Spec, io: LossIo): void;
  /** Whether the model puts out probabilities; left out, it puts out logits, or values. */
  takesProbabilities?(spec: Spec): boolean;
  /** Emits what predict answers with, over the prediction: probabilities for classification, nothing for regression. */
  emitActivation(spec: Spec, io: Pick<LossIo, 'rows' | 'width' | 'prediction' | 'call'>): void;
}

/** What the kernels take for row weights that are all one. */
export const noRowWeights: Pointer = 0;
