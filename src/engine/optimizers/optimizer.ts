/**
 * The contract of an optimizer: stateless like optax's. It names the buffers it needs (each the size of the flat
 * parameter buffer, zero at the start), emits its update once, and says before each update what the learning rate and the
 * step number make of its hyperparameters.
 */
import type { KernelCall, KernelName } from '../call.js';
import type { Pointer } from '../kernels/kernels.js';

export interface OptimizerIo {
  /** Elements of the flat buffers. */
  readonly elements: number;
  /** Of them, those at the front that penalties and decay act on. */
  readonly penalisedElements: number;
  readonly parameters: Pointer;
  readonly gradients: Pointer;
  /** float32 [maxHyperparameters], written before each update. */
  readonly hyperparameters: Pointer;
  state(name: string): Pointer;
  call<Name extends KernelName>(kernel: Name, ...args: KernelCall<Name>['args']): void;
}

export const maxHyperparameters = 4;

export interface Optimizer<Spec> {
  /** Buffers it needs. Throws `invalid_spec` where the spec contradicts itself. */
  stateNames(spec: Spec): readonly string[];
  emit(spec: Spec, io: OptimizerIo): void;
  /** Writes what changes from step to step; `step` counts updates from 1. */
  writeHyperparameters(spec: Spec, at: { learningRate: number; step: number }, out: Float32Array): void;
}

/** Schema of a learning rate: up to where float32 still holds it, since finding a good one means trying bad ones. */
export const learningRateBounds = { exclusiveMinimum: 0, maximum: 1e30 };
