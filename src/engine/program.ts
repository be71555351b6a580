/**
 * Programs: a model's forward and backward pass over a batch of fixed size as a list of kernel calls. Emitting one computes
 * nothing and allocates nothing in the engine's memory, so that a plan is the same work for any size.
 */
import { Arena, type Frame, type Placement } from './arena.js';
import type { KernelCall, KernelName } from './call.js';
import { EngineError } from './errors.js';
import { fuseCalls } from './fuse.js';
import { type Graph, type GraphLayer, isLearnt, type Parameter } from './graph.js';
import type { Pointer } from './kernels/kernels.js';
import { windowPlaces } from './kernels/window.js';
import { layerOf } from './layers/index.js';
import type { Activated, Correction, LayerIo, Past } from './layers/layer.js';
import { lossOf, type ResolvedLossSpec } from './losses/index.js';
import { MAX_BYTES } from './memory.js';
import { streamNumber } from './rng.js';
import { elementsOf, hasTokenTargets, placesPerRow, type TokenShape } from './shape.js';

/** What outlives a batch: it lies below the arena in which each program has its buffers. */
export interface Resident {
  /** float32 [graph.elements] each */
  readonly parameters: Pointer;
  readonly gradients: Pointer;
  /** float32 or int32 [rows, inputs] of every split, one after the other; of texts their tokens, int32 */
  readonly inputs: Pointer;
  /** int32 [rows], or float32 [rows, width], as the loss has it; of texts their tokens from the second on */
  readonly targets: Pointer;
  /** float32 [rows, classes] in place of those, for training alone: the share of each class; 0 where each row has one class */
  readonly softTargets: Pointer;
  /** float32 [classes], or 0 where every class counts alike */
  readonly classWeights: Pointer;
  /** int32 [batch rows]: the places at which the rows of the batch begin */
  readonly batchRows: Pointer;
  /** float64: sum of the loss over rows */
  readonly lossSum: Pointer;
  /** float32: 1 / weight of the update's rows */
  readonly lossScale: Pointer;
  /** Two u32: the seed as Philox's key */
  readonly key: Pointer;
  /** u32: number of the batch within the run */
  readonly draw: Pointer;
  /** Two u32 that masks are drawn by: the step, or the split that is measured, and the number of the batch's first row in it */
  readonly maskDraw: Pointer;
}

/** A buffer of a program, for finding where a value stopped being finite. */
export interface ProgramTensor extends Placement {
  readonly layer: string;
  readonly name: string;
  readonly elements: number;
}

/** What an activation function of a layer puts out for the rows of the batch. */
export interface ProgramActivation extends Activated {
  /** Name of the layer; of one inside of another, of both. */
  readonly layer: string;
}

export interface Program {
  readonly calls: readonly KernelCall[];
  /** How many of them come before backward. */
  readonly forwardCalls: number;
  /** They stand in memory between forward and backward; none in a program that does not train. */
  activations(): readonly ProgramActivation[];
  /** In the order in which they are computed. */
  tensors(): readonly ProgramTensor[];
  /** [rows, inputs]; predict writes it, the others gather it. */
  readonly input: Pointer;
  /** [rows, width]: logits, or for predict what it answers with. */
  readonly output: Pointer;
  /** int32 or float32, those of the batch as the loss takes them; 0 in a program that predicts. */
  readonly targets: Pointer;
  /** What its layers keep for the programs that go on with the same text, in the order in which they asked for it. */
  readonly caches: readonly { readonly pointer: Pointer; readonly elements: number }[];
  /** Where its buffers lie: those of a program for fewer rows may lie there as well. */
  readonly frame: Frame;
  /** Past the last byte of its buffers. */
  readonly end: Pointer;
}

export interface ProgramOptions {
  readonly rows: number;
  /** Where the arena begins; or the frame of a program of the same kind for at least as many rows. */
  readonly arena: Pointer | Frame;
  readonly resident: Resident;
  readonly loss: ResolvedLossSpec;
  /** Of the data, where its rows are tokens. */
  readonly tokens?: TokenShape | undefined;
  /** Where its one row goes on with a text. */
  readonly past?: Past;
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
export function emitPrediction(graph: Graph, options: ProgramOptions, activated = true): Program {
  const emitter = new Emitter(graph, { ...options, training: false, accumulate: 0 });
  emitter.forward();
  if (activated) emitter.activation();
  return emitter.program();
}

/** Multiplications and additions of the matrix products, which are all but a few percent of a program's work. */
export function countFlops(calls: readonly KernelCall[]): number {
  return calls.reduce((sum, { kernel, args }) => {
    const count = flops[kernel];
    return count === undefined ? sum : sum + count(args);
  }, 0);
}

const ofProduct = ([m, n, k]: readonly number[]) => 2 * m! * n! * k!;
const ofConvolution = ([rows, channels, height, width, filters, kernel, stride, padding]: readonly number[]) => {
  const window = { kernel: kernel!, stride: stride!, padding: padding! };
  const pixels = windowPlaces(height!, window) * windowPlaces(width!, window);
  return 2 * rows! * filters! * pixels * channels! * kernel! ** 2;
};
/** Of q kᵀ and p v, over the whole square of positions, whatever of it is left out. */
const ofAttention = ([rows, heads, time, headSize]: readonly number[]) => 4 * rows! * heads! * time! ** 2 * headSize!;

const flops: { readonly [Name in KernelName]?: (args: readonly number[]) => number } = {
  gemmNN: ofProduct,
  gemmTN: ofProduct,
  gemmNT: ofProduct,
  conv2d: ofConvolution,
  conv2dBackwardWeight: ofConvolution,
  conv2dBackwardInput: ofConvolution,
  attention: ofAttention,
  attentionBackward: (args) => 2 * ofAttention(args),
};

class Emitter {
  readonly #graph: Graph;
  readonly #options: ProgramOptions & { training: boolean; accumulate: 0 | 1 };
  readonly #arena = new Arena();
  readonly #forwardCalls: KernelCall[] = [];
  readonly #backwardCalls: KernelCall[] = [];
  #inBackward = false;
  readonly #activations: ProgramActivation[] = [];
  readonly #tensors: Omit<ProgramTensor, 'first' | 'last'>[] = [];
  /** values[i] is the input of layer i; the last one is the output. */
  readonly #values: Pointer[] = [];
  readonly #caches: { pointer: Pointer; elements: number }[] = [];
  readonly #layerIos: LayerIo[];
  /** Layers that use a parameter of one below them: index, and the parameter's offset. */
  readonly #sharedUses: readonly { index: number; offset: number }[];
  /** Index of the lowest layer that learns. */
  readonly #lowest: number;
  /** int32 [rows, time], or 0. */
  readonly #keyMask: Pointer;
  /** Of the batch, as the loss takes them. */
  #targets: Pointer = 0;
  #outputGradient: Pointer = 0;

  constructor(graph: Graph, options: ProgramOptions & { training: boolean; accumulate: 0 | 1 }) {
    this.#graph = graph;
    this.#options = options;
    this.#sharedUses = graph.layers.flatMap(({ parameters }, index) =>
      parameters.filter(({ isShared }) => isShared).map(({ offset }) => ({ index, offset })),
    );
    this.#lowest = graph.layers.findIndex(({ parameters }) => parameters.some(isLearnt));
    this.#values.push(this.#buffer('data', 'input', options.rows * this.#inputs));
    const padded = (options.tokens?.padding ?? null) !== null;
    this.#keyMask = padded ? this.#buffer('data', 'keyMask', options.rows * this.#inputs) : 0;
    this.#layerIos = graph.layers.map((layer, index) => this.#layerIo(layer, index));
  }

  readonly #call = <Name extends KernelName>(kernel: Name, ...args: KernelCall<Name>['args']): void => {
    (this.#inBackward ? this.#backwardCalls : this.#forwardCalls).push({ kernel, args });
  };

  /** Throws `exceeds_engine_memory` where no memory can hold the buffer alone: whatever comes behind it is not looked at. */
  #buffer(layer: string, name: string, elements: number): Pointer {
    const bytes = elements * Float32Array.BYTES_PER_ELEMENT;
    if (bytes > MAX_BYTES) {
      const path = this.#graph.layers.find((candidate) => candidate.name === layer)?.path;
      const [expected, got] = [`at most ${MAX_BYTES} bytes`, `${bytes} bytes`];
      throw new EngineError(
        'exceeds_engine_memory',
        `${layer}: ${name}: the run needs more than the engine's memory holds, expected ${expected}, got ${got}`,
        { expected, got, ...(path === undefined ? {} : { layer, path }) },
      );
    }
    const pointer = this.#arena.reserve(bytes);
    this.#tensors.push({ layer, name, pointer, elements });
    return pointer;
  }

  #layerIo(layer: GraphLayer, index: number): LayerIo {
    const { rows, training, accumulate, resident } = this.#options;
    const buffers = new Map<string, Pointer>();
    const parameters = new Map(layer.parameters.map((parameter) => [parameter.name, parameter]));
    const parameterOf = (name: string) => {
      const parameter = parameters.get(name);
      if (parameter === undefined) throw new TypeError(`${layer.name} has no parameter ${name}`);
      return parameter;
    };
    const offsetOf = (name: string) => parameterOf(name).offset * Float32Array.BYTES_PER_ELEMENT;
    const buffer = (name: string, elements: number) => {
      const known = buffers.get(name);
      if (known !== undefined) return known;
      const pointer = this.#buffer(layer.name, name, elements);
      buffers.set(name, pointer);
      return pointer;
    };
    return {
      rows,
      inputShape: layer.inputShape,
      outputShape: layer.outputShape,
      training,
      // Where a layer above has the same parameter, the gradient stands there already.
      accumulate: this.#isSharedAbove(layer, index) ? 1 : accumulate,
      needsInputGradient: this.#lowest >= 0 && index > this.#lowest,
      random: { key: resident.key, step: resident.draw, stream: streamNumber('dropout', index) },
      keyMask: this.#keyMask,
      parameter: (name) => resident.parameters + offsetOf(name),
      gradient: (name) => resident.gradients + offsetOf(name),
      learns: (name) => isLearnt(parameterOf(name)),
      correction: (name) => this.#correctionOf(parameterOf(name)),
      past: this.#options.past ?? null,
      buffer,
      cache: (name, elements) => {
        const pointer = buffer(name, elements);
        this.#caches.push({ pointer, elements });
        return pointer;
      },
      activated: (activation) => {
        if (!training) return;
        const name = activation.inner === undefined ? layer.name : `${layer.name}.${activation.inner}`;
        this.#activations.push({ ...activation, layer: name });
      },
      call: this.#call,
    };
  }

  #correctionOf({ offset }: Parameter): Correction | null {
    const found = this.#graph.corrections.find(({ weight }) => weight.offset === offset);
    return found === undefined ? null : { rank: found.down.shape[1]!, scale: found.scale };
  }

  get #output(): Pointer {
    return this.#values.at(-1)!;
  }

  /** Elements of a row of the data. */
  get #inputs(): number {
    return elementsOf(this.#graph.layers[0]!.inputShape);
  }

  get #places(): number {
    return placesPerRow({ inputs: this.#inputs, tokens: this.#options.tokens });
  }

  #isSharedAbove(layer: GraphLayer, index: number): boolean {
    const above = this.#sharedUses.filter((use) => use.index > index);
    return above.some(({ offset }) => layer.parameters.some((parameter) => parameter.offset === offset));
  }

  /** Values of a prediction, and how many the batch has: more than rows where each position is one. */
  get #predictions(): { width: number; count: number } {
    const { outputShape } = this.#graph.layers.at(-1)!;
    const width = hasTokenTargets(this.#options.tokens) ? outputShape.at(-1)! : elementsOf(outputShape);
    return { width, count: (this.#options.rows * elementsOf(outputShape)) / width };
  }

  get #isSoft(): boolean {
    return this.#options.training && this.#options.resident.softTargets !== 0;
  }

  gather(): void {
    const { rows, resident } = this.#options;
    const [input, inputs] = [this.#values[0]!, this.#inputs];
    this.#call('gatherRows', rows, inputs, resident.inputs, inputs / this.#places, resident.batchRows, input);
    if (this.#options.tokens?.targets === 'masked') this.#mask(this.#options.tokens);
  }

  /** Masks the input; what was masked is the batch's targets. Measures draw from a stream of their own: the same each time. */
  #mask({ vocabulary, mask }: TokenShape): void {
    const { rows, training, resident } = this.#options;
    const inputs = this.#inputs;
    const { token, firstOrdinary } = mask!;
    const stream = streamNumber('mask', training ? 0 : 1);
    this.#targets = this.#arena.reserve(rows * inputs * Int32Array.BYTES_PER_ELEMENT);
    const [input, targets] = [this.#values[0]!, this.#targets];
    const { key, maskDraw } = resident;
    this.#call('maskTokens', rows, inputs, vocabulary, token, firstOrdinary, input, targets, key, stream, maskDraw);
  }

  #gatherTargets(): void {
    const { rows, resident, loss } = this.#options;
    const { width, count } = this.#predictions;
    if (this.#isSoft) {
      this.#targets = this.#arena.reserve(rows * width * Float32Array.BYTES_PER_ELEMENT);
      this.#call('gatherRows', rows, width, resident.softTargets, width, resident.batchRows, this.#targets);
      return;
    }
    // Classes are gathered by the same kernel as values: it copies 32-bit words.
    const columns = ((lossOf(loss).targets === 'classes' ? 1 : width) * count) / rows;
    this.#targets = this.#arena.reserve(rows * columns * Float32Array.BYTES_PER_ELEMENT);
    const stride = columns / this.#places;
    this.#call('gatherRows', rows, columns, resident.targets, stride, resident.batchRows, this.#targets);
  }

  forward(): void {
    const padding = this.#options.tokens?.padding ?? null;
    if (padding !== null) {
      this.#call('notEqual', this.#options.rows * this.#inputs, this.#values[0]!, padding, this.#keyMask);
    }
    this.#graph.layers.forEach(({ spec }, index) => {
      this.#values.push(layerOf(spec).forward(spec, this.#layerIos[index]!, this.#values[index]!));
    });
  }

  /** The loss' sum, and the gradient of its mean over the update's rows by weight: divided here, where it is smallest. */
  loss(): void {
    const { resident, loss, training } = this.#options;
    const { width, count: rows } = this.#predictions;
    if (this.#targets === 0) this.#gatherTargets();
    const gradient = this.#buffer('loss', 'gradient', rows * width);
    const { lossSum: sum, classWeights } = resident;
    const buffer = (name: string, elements: number) => this.#buffer('loss', name, elements);
    const io = {
      rows,
      width,
      prediction: this.#output,
      targets: this.#targets,
      targetsAreSoft: this.#isSoft,
      classWeights,
      gradient,
      sum,
      buffer,
      call: this.#call,
    };
    lossOf(loss).emit(loss, io);
    if (training) this.#call('scale', rows * width, gradient, resident.lossScale);
    this.#outputGradient = gradient;
  }

  backward(): void {
    const { layers } = this.#graph;
    this.#inBackward = true;
    let dy = this.#outputGradient;
    for (let index = layers.length - 1; index >= this.#lowest; index--) {
      const { spec } = layers[index]!;
      const [x, y] = [this.#values[index]!, this.#values[index + 1]!];
      dy = layerOf(spec).backward(spec, this.#layerIos[index]!, { x, y, dy });
    }
  }

  activation(): void {
    const { loss } = this.#options;
    const { width, count: rows } = this.#predictions;
    lossOf(loss).emitActivation(loss, { rows, width, prediction: this.#output, call: this.#call });
  }

  program(): Program {
    const caches = this.#caches.map(({ pointer }) => pointer);
    const [input, output, targets] = [this.#values[0]!, this.#output, this.#targets];
    const outputs = targets === 0 ? [output] : [output, targets];
    const [forward, backward] = [this.#forwardCalls, this.#backwardCalls].map(fuseCalls) as [
      KernelCall[],
      KernelCall[],
    ];
    const placed = this.#arena.place([...forward, ...backward], {
      at: this.#options.arena,
      inputs: [input, ...caches],
      outputs: [...outputs, ...caches],
      kept: { buffers: this.#activations.map(({ y }) => y), until: forward.length },
    });
    return {
      calls: placed.calls,
      forwardCalls: forward.length,
      activations: () => this.#activations.map((it) => ({ ...it, y: placed.placementOf(it.y).pointer })),
      // Asked for only where a run goes wrong.
      tensors: () => this.#tensors.map((tensor) => ({ ...tensor, ...placed.placementOf(tensor.pointer) })),
      input: placed.placementOf(input).pointer,
      output: placed.placementOf(output).pointer,
      targets: targets === 0 ? 0 : placed.placementOf(targets).pointer,
      caches: this.#caches.map(({ pointer, elements }) => ({ pointer: placed.placementOf(pointer).pointer, elements })),
      frame: placed.frame,
      end: placed.end,
    };
  }
}
