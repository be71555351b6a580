/**
 * The contract of a layer: its shape rule, its parameters, and the kernel calls of forward and backward. A layer never
 * computes: it emits calls into a program while that is planned, so that running a step has no shape logic left.
 */

import type { KernelCall, KernelName } from '../call.js';
import type { Initializer } from '../initializers.js';
import type { Pointer } from '../kernels/kernels.js';
import type { Shape } from '../shape.js';
import type { Flat } from './activation.js';

/** A tensor that is learnt, as a layer declares it. */
export interface ParameterSpec {
  readonly name: string;
  readonly shape: Shape;
  /** Whether l1 and l2 act on it: weights yes, biases never. */
  readonly penalised: boolean;
  /** false: no optimizer moves it, and penalties do not act on it: forward does, in training (running statistics), or nothing. */
  readonly learnt?: false;
  /** Whether it is the matrix of a product that takes a correction of low rank: see tuning.ts. */
  readonly adaptable?: true;
  readonly initializer: Initializer;
}

/** Random numbers of one layer: a function of (key, step, stream, element) alone. */
export interface RandomSource {
  readonly key: Pointer;
  readonly step: Pointer;
  readonly stream: number;
}

/** In a program that goes on with a text: what is known of the positions before those that it computes. */
export interface Past {
  /** How many there are. */
  readonly positions: number;
  /** How many there may be with those that follow: caches have room for so many. */
  readonly context: number;
}

/** What an activation function puts out. */
export interface Activated {
  /** float32 [rows, …shape] */
  readonly y: Pointer;
  readonly shape: Shape;
  readonly flat: Flat;
  /** Name of the layer inside of this one that has the function; left out where it is its own. */
  readonly inner?: string;
}

/** y += scale · (x A) B, A [inputs, rank], B [rank, units]. */
export interface Correction {
  readonly rank: number;
  readonly scale: number;
}

/** What a layer sees of the program that is being emitted. */
export interface LayerIo {
  /** Rows of the batch. */
  readonly rows: number;
  /** Shape of one row. */
  readonly inputShape: Shape;
  readonly outputShape: Shape;
  readonly training: boolean;
  /** 0: this batch's gradients overwrite what stands there (first of an update); 1: they are added. */
  readonly accumulate: 0 | 1;
  /** False when nothing below learns: backward may then leave the input's gradient out. */
  readonly needsInputGradient: boolean;
  readonly random: RandomSource;
  /** int32 [rows, time]: 0 where the model's input is padding; 0 itself where nothing is padded. */
  readonly keyMask: Pointer;
  /** A parameter by the name the layer gave it. */
  parameter(name: string): Pointer;
  gradient(name: string): Pointer;
  /** False of a frozen parameter: nobody asks for its gradient. */
  learns(name: string): boolean;
  /** Of a weight that is corrected: rank and scale of the factors, parameters that tuning.ts names; else null. */
  correction(name: string): Correction | null;
  /** null where a program computes whole rows. */
  readonly past: Past | null;
  /** float32 buffer of this layer and program; the same name gives the same buffer, so that backward finds what forward left. */
  buffer(name: string, elements: number): Pointer;
  /** The same, in which the next program that goes on with the text finds what this one wrote. */
  cache(name: string, elements: number): Pointer;
  /** Tells of a buffer that an activation function has written: it is looked at once forward is done. */
  activated(activation: Activated): void;
  call<Name extends KernelName>(kernel: Name, ...args: KernelCall<Name>['args']): void;
}

export interface Layer<Spec> {
  /** Least rows of a training batch; 1 where it is left out. */
  minRows?(spec: Spec, inputShape: Shape): number;
  /** Shape of one row's output; an EngineError that says expected and got where the input does not fit. */
  outputShape(spec: Spec, inputShape: Shape): Shape;
  parameters(spec: Spec, inputShape: Shape): readonly ParameterSpec[];
  /** Emits y = f(x); returns y. It may be x, when nothing is to be done. */
  forward(spec: Spec, io: LayerIo, x: Pointer): Pointer;
  /** Emits the parameters' gradients and dx; returns dx, which may be dy's own buffer. */
  backward(spec: Spec, io: LayerIo, tensors: { x: Pointer; y: Pointer; dy: Pointer }): Pointer;
}
