/**
 * A job is planned, then run. The plan holds every buffer's offset in the one memory, every kernel call in order, and what
 * they cost; it is a pure function of spec and data shape, and no larger for a large job.
 */
import { type Addresses, reserveAddresses, WORD_BYTES } from './addresses.js';
import type { KernelCall } from './call.js';
import { checkMetrics, checkRows, outputWidth } from './checks.js';
import { EngineError } from './errors.js';
import { buildGraph, type Graph } from './graph.js';
import { Layout, pagesFor } from './memory.js';
import { modelOf } from './models/index.js';
import type { NamedLayer } from './models/model.js';
import { countFlops, emitEvaluation, emitTraining, type Program } from './program.js';
import type { DataShape, Shape } from './shape.js';
import type { ResolvedEngineSpec } from './spec.js';
import { countSteps, type StepCounts } from './step-counts.js';
import { emitUpdate } from './update.js';

export interface LayerReport {
  readonly name: string;
  readonly type: string;
  /** Of one row. */
  readonly inputShape: Shape;
  readonly outputShape: Shape;
  readonly parameters: number;
}

export interface Plan {
  readonly parameters: number;
  /** Of engine memory, the data included: exactly what a run allocates. */
  readonly peakBytes: number;
  readonly flopsPerStep: number;
  readonly stepsPerEpoch: number;
  readonly totalSteps: number;
  readonly layers: readonly LayerReport[];

  // ── what the run needs ──
  readonly spec: ResolvedEngineSpec;
  readonly shape: DataShape;
  readonly graph: Graph;
  readonly steps: StepCounts;
  /** Values a row that the model puts out. */
  readonly width: number;
  /** Rows of a full evaluation batch. */
  readonly evaluationRows: number;
  /** Whether the best weights are kept, or the last ones are the model. */
  readonly keepsBest: boolean;
  readonly addresses: Addresses;
  /** Programs by the rows of their batch, all in one arena. */
  readonly programs: {
    /** The first batch of an update. */
    readonly first: ReadonlyMap<number, Program>;
    /** Those after it; empty where an update is one batch. */
    readonly further: ReadonlyMap<number, Program>;
    readonly evaluation: ReadonlyMap<number, Program>;
  };
  /** Penalties and optimizer, run once an update. */
  readonly update: readonly KernelCall[];
}

export interface PlanOptions {
  /** What the kernels want for themselves: KernelsFactory.scratchBytes. */
  readonly scratchBytes?: number;
}

/** A wasm32 memory ends at 4 GiB. */
const MAX_BYTES = 2 ** 32;
const PAGE_BYTES = 65_536;
/** Evaluation takes at least this many rows at once where there are that many: short batches waste calls. */
const MIN_EVALUATION_ROWS = 256;

/**
 * Plans a training run in under 5 ms. Throws `invalid_spec` where the parts do not fit one another or the data, and
 * `exceeds_engine_memory` where the run needs more than 4 GiB, naming the layer at which it goes over.
 */
export function planTraining(spec: ResolvedEngineSpec, shape: DataShape, options: PlanOptions = {}): Plan {
  checkRows(shape);
  checkMetrics(spec, shape);
  return planStack(modelOf(spec.model).layers(spec.model, outputWidth(spec.loss, shape)), spec, { shape, ...options });
}

/** The same for any stack of layers, whatever `spec.model` says. */
export function planStack(
  stack: readonly NamedLayer[],
  spec: ResolvedEngineSpec,
  { shape, scratchBytes = 0 }: PlanOptions & { shape: DataShape },
): Plan {
  const width = outputWidth(spec.loss, shape);
  const graph = buildGraph(stack, [shape.inputs]);
  const steps = countSteps(spec, shape);
  const { batchRows, batchesPerStep } = steps;
  const largestSplit = Math.max(...Object.values(shape.rows));
  const evaluationRows = Math.min(largestSplit, Math.max(batchRows, MIN_EVALUATION_ROWS));
  const keepsBest =
    shape.rows.validation > 0 && !(spec.earlyStopping.type === 'patience' && !spec.earlyStopping.restoreBest);

  const layout = new Layout();
  const addresses = reserveAddresses(layout, { spec, shape, graph, width, keepsBest, evaluationRows, scratchBytes });
  const arena = layout.reserve('arena', 0);
  const emit = { arena, resident: addresses, loss: spec.loss };
  const trainingRows = batchSizes(shape.rows.train, batchRows);
  const train = (accumulate: 0 | 1) =>
    new Map([...trainingRows].map((rows) => [rows, emitTraining(graph, { ...emit, rows, accumulate })]));
  const splitRows = Object.values(shape.rows).map((rows) => batchSizes(rows, evaluationRows));
  const programs = {
    first: train(0),
    further: batchesPerStep > 1 ? train(1) : new Map<number, Program>(),
    evaluation: new Map(
      splitRows.flatMap((sizes) => [...sizes]).map((rows) => [rows, emitEvaluation(graph, { ...emit, rows })]),
    ),
  };
  const all = [...programs.first.values(), ...programs.further.values(), ...programs.evaluation.values()];
  const bytes = Math.max(...all.map(({ end }) => end));
  const copies = 2 + addresses.optimizerState.size + Number(keepsBest); // parameters, gradients, …
  if (bytes > MAX_BYTES) refuse(graph, { bytes, copies, programs: all });

  return {
    parameters: graph.parameters.reduce((sum, { elements }) => sum + elements, 0),
    peakBytes: pagesFor(bytes) * PAGE_BYTES,
    flopsPerStep: countFlops(programs.first.get(batchRows)!.calls) * batchesPerStep,
    stepsPerEpoch: steps.stepsPerEpoch,
    totalSteps: steps.total,
    layers: graph.layers.map(({ name, spec: { type }, inputShape, outputShape, parameters }) => ({
      name,
      type,
      inputShape,
      outputShape,
      parameters: parameters.reduce((sum, { elements }) => sum + elements, 0),
    })),
    spec,
    shape,
    graph,
    steps,
    width,
    evaluationRows,
    keepsBest,
    addresses,
    programs,
    update: emitUpdate(spec, graph, addresses),
  };
}

/** Sizes of the batches that `rows` rows are cut into. */
function batchSizes(rows: number, batchRows: number): ReadonlySet<number> {
  const sizes = [rows >= batchRows ? batchRows : 0, rows % batchRows];
  return new Set(sizes.filter((size) => size > 0));
}

/** Names the first thing that does not fit: a layer's parameters, the data, or a layer's buffers. */
function refuse(
  graph: Graph,
  { bytes, copies, programs }: { bytes: number; copies: number; programs: Program[] },
): never {
  let parameterBytes = 0;
  const heavy = graph.layers.find(({ parameters }) => {
    parameterBytes += parameters.reduce((sum, { elements }) => sum + elements, 0) * copies * WORD_BYTES;
    return parameterBytes > MAX_BYTES;
  });
  const tensors = programs.flatMap((program) => program.tensors);
  const wide = tensors.find(({ pointer, elements }) => pointer + elements * WORD_BYTES > MAX_BYTES);
  const layer = heavy ?? graph.layers.find(({ name }) => name === wide?.layer);
  const [expected, got] = [`at most ${MAX_BYTES} bytes`, `${bytes} bytes`];
  throw new EngineError(
    'exceeds_engine_memory',
    `${layer?.name ?? 'data'}: the run needs more than the engine's memory holds, expected ${expected}, got ${got}`,
    { expected, got, ...(layer === undefined ? {} : { layer: layer.name, path: layer.path }) },
  );
}
