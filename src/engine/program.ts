/**
 * Programs: a model's forward and backward pass over a batch of fixed size as a list of kernel calls. Emitting one computes
 * nothing and allocates nothing in the engine's memory, so that a plan is the same work for any size.
 */
import type { KernelCall, KernelName } from './call.js';
import type { Graph, GraphLayer } from './graph.js';
import type { Kernels, Pointer } from './kernels/kernels.js';
import { layerOf } from './layers/index.js';
import type { LayerIo } from './layers/layer.js';
import { lossOf, type ResolvedLossSpec } from './losses/index.js';
import { Layout } from './memory.js';
import { streamNumber } from './rng.js';
import { elementsOf } from './shape.js';

/** What outlives a batch: it lies below the arena in which each program has its buffers. */
export interface Resident {
  /** float32 [graph.elements] each */
  readonly parameters: Pointer;
  readonly gradients: Pointer;
  /** float32 [rows, inputs] of every split, one after the other */
  readonly inputs: Pointer;
  /** int32 [rows], or float32 [rows, width], as the loss has it */
  readonly targets: Pointer;
  /** int32 [batch rows]: which rows of the data are the batch */
  readonly batchRows: Pointer;
  /** float64: sum of the loss over rows */
  readonly lossSum: Pointer;
  /** float32: 1 / rows of the update */
  readonly lossScale: Pointer;
  /** Two u32: the seed as Philox's key */
  readonly key: Pointer;
  /** u32: number of the batch within the run */
  readonly draw: Pointer;
}

/** A buffer of a program, for finding where a value stopped being finite. */
export interface ProgramTensor {
  readonly layer: string;
  readonly name: string;
  readonly pointer: Pointer;
  readonly elements: number;
}

export interface Program {
  readonly calls: readonly KernelCall[];
  /** In the order in which they are computed. */
  readonly tensors: readonly ProgramTensor[];
  /** [rows, inputs]; predict writes it, the others gather it. */
  readonly input: Pointer;
  /** [rows, width]: logits, or for predict what it answers with. */
  readonly output: Pointer;
  /** Past the last byte of its buffers. */
  readonly end: Pointer;
}

export interface ProgramOptions {
  readonly rows: number;
  /** Where the arena begins. */
  readonly arena: Pointer;
  readonly resident: Resident;
  readonly loss: ResolvedLossSpec;
}

/** gather → forward → loss → backward. `accumulate` is 0 for the first batch of an update, 1 for those that add to it. */
export function emitTraining(graph: Graph, options: ProgramOptions & { accumulate: 0 | 1 }): Program {
  const emitter = new Emitter(graph, { ...options, training: true });
  emitter.gather();
  emitter.forward();
  emitter.loss();
  emitter.backward();
  return emitter.program();
}

/** gather → forward → loss; the layers in evaluation mode. */
export function emitEvaluation(graph: Graph, options: ProgramOptions): Program {
  const emitter = new Emitter(graph, { ...options, training: false, accumulate: 0 });
  emitter.gather();
  emitter.forward();
  emitter.loss();
  return emitter.program();
}

/** forward → probabilities (classification) or values (regression), from rows that the caller writes to `input`. */
export function emitPrediction(graph: Graph, options: ProgramOptions): Program {
  const emitter = new Emitter(graph, { ...options, training: false, accumulate: 0 });
  emitter.forward();
  emitter.activation();
  return emitter.program();
}

/** The calls bound to a backend, as one function to run a batch by. */
export function link(calls: readonly KernelCall[], kernels: Kernels): () => void {
  const linked = calls.map(({ kernel, args }) => ({ run: kernels[kernel] as (...args: number[]) => void, args }));
  return () => {
    for (const { run, args } of linked) run(...args);
  };
}

/** Multiplications and additions of the matrix products, which are all but a few percent of a program's work. */
export function countFlops(calls: readonly KernelCall[]): number {
  return calls.reduce((sum, { kernel, args }) => {
    if (kernel !== 'gemmNN' && kernel !== 'gemmTN' && kernel !== 'gemmNT') return sum;
    const [m, n, k] = args as KernelCall<'gemmNN'>['args'];
    return sum + 2 * m * n * k;
  }, 0);
}

class Emitter {
  readonly #graph: Graph;
  readonly #options: ProgramOptions & { training: boolean; accumulate: 0 | 1 };
  readonly #layout: Layout;
  readonly #calls: KernelCall[] = [];
  readonly #tensors: ProgramTensor[] = [];
  /** values[i] is the input of layer i; the last one is the output. */
  readonly #values: Pointer[] = [];
  readonly #layerIos: LayerIo[];
  #outputGradient: Pointer = 0;

  constructor(graph: Graph, options: ProgramOptions & { training: boolean; accumulate: 0 | 1 }) {
    this.#graph = graph;
    this.#options = options;
    this.#layout = new Layout(options.arena);
    this.#values.push(this.#buffer('data', 'input', options.rows * elementsOf(graph.layers[0]!.inputShape)));
    this.#layerIos = graph.layers.map((layer, index) => this.#layerIo(layer, index));
  }

  readonly #call = <Name extends KernelName>(kernel: Name, ...args: KernelCall<Name>['args']): void => {
    this.#calls.push({ kernel, args });
  };

  #buffer(layer: string, name: string, elements: number): Pointer {
    const pointer = this.#layout.reserve(`${layer}/${name}`, elements * Float32Array.BYTES_PER_ELEMENT);
    this.#tensors.push({ layer, name, pointer, elements });
    return pointer;
  }

  #layerIo(layer: GraphLayer, index: number): LayerIo {
    const { rows, training, accumulate, resident } = this.#options;
    const buffers = new Map<string, Pointer>();
    const offsetOf = (name: string) => {
      const parameter = layer.parameters.find((candidate) => candidate.name === name);
      if (parameter === undefined) throw new TypeError(`${layer.name} has no parameter ${name}`);
      return parameter.offset * Float32Array.BYTES_PER_ELEMENT;
    };
    return {
      rows,
      inputShape: layer.inputShape,
      outputShape: layer.outputShape,
      training,
      accumulate,
      needsInputGradient: this.#graph.layers.slice(0, index).some(({ parameters }) => parameters.length > 0),
      random: { key: resident.key, step: resident.draw, stream: streamNumber('dropout', index) },
      parameter: (name) => resident.parameters + offsetOf(name),
      gradient: (name) => resident.gradients + offsetOf(name),
      buffer: (name, elements) => {
        const known = buffers.get(name);
        if (known !== undefined) return known;
        const pointer = this.#buffer(layer.name, name, elements);
        buffers.set(name, pointer);
        return pointer;
      },
      call: this.#call,
    };
  }

  get #output(): Pointer {
    return this.#values.at(-1)!;
  }

  get #width(): number {
    return elementsOf(this.#graph.layers.at(-1)!.outputShape);
  }

  gather(): void {
    const { rows, resident } = this.#options;
    const input = this.#values[0]!;
    this.#call(
      'gatherRows',
      rows,
      elementsOf(this.#graph.layers[0]!.inputShape),
      resident.inputs,
      resident.batchRows,
      input,
    );
  }

  forward(): void {
    this.#graph.layers.forEach(({ spec }, index) => {
      this.#values.push(layerOf(spec).forward(spec, this.#layerIos[index]!, this.#values[index]!));
    });
  }

  /** The loss' sum, and the gradient of its mean over the update's rows: divided here, where it is smallest. */
  loss(): void {
    const { rows, resident, loss, training } = this.#options;
    const width = this.#width;
    // Classes are gathered by the same kernel as values: it copies 32-bit words.
    const columns = lossOf(loss).targets === 'classes' ? 1 : width;
    const targets = this.#layout.reserve('loss/targets', rows * columns * Float32Array.BYTES_PER_ELEMENT);
    this.#call('gatherRows', rows, columns, resident.targets, resident.batchRows, targets);
    const gradient = this.#buffer('loss', 'gradient', rows * width);
    const io = { rows, width, prediction: this.#output, targets, gradient, sum: resident.lossSum, call: this.#call };
    lossOf(loss).emit(loss, io);
    if (training) this.#call('scale', rows * width, gradient, resident.lossScale);
    this.#outputGradient = gradient;
  }

  backward(): void {
    const { layers } = this.#graph;
    const lowest = layers.findIndex(({ parameters }) => parameters.length > 0);
    let dy = this.#outputGradient;
    for (let index = layers.length - 1; index >= lowest; index--) {
      const { spec } = layers[index]!;
      const [x, y] = [this.#values[index]!, this.#values[index + 1]!];
      dy = layerOf(spec).backward(spec, this.#layerIos[index]!, { x, y, dy });
    }
  }

  activation(): void {
    const { rows, loss } = this.#options;
    lossOf(loss).emitActivation({ rows, width: this.#width, prediction: this.#output, call: this.#call });
  }

  program(): Program {
    return {
      calls: this.#calls,
      tensors: this.#tensors,
      input: this.#values[0]!,
      output: this.#output,
      end: this.#layout.bytes,
    };
  }
}
