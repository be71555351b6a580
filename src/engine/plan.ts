/**
 * A job is planned, then run. The plan holds every buffer's offset in the one memory, every kernel call in order, and what
 * they cost; it is a pure function of spec and data shape, and no larger for a large job.
 */
import { type Addresses, reserveAddresses, WORD_BYTES } from './addresses.js';
import type { KernelCall } from './call.js';
import { checkClassWeights, checkLearns, checkLogits, checkMetrics, checkRows, outputWidth } from './checks.js';
import { EngineError } from './errors.js';
import type { FeedPlan } from './feed/feed.js';
import { planRing, type Ring, trainingPlaces } from './feed/ring.js';
import { buildGraph, type Graph, isLearnt, type Parameter } from './graph.js';
import { emitLayerNorms } from './layer-norms.js';
import { layerOf } from './layers/index.js';
import { lossOf } from './losses/index.js';
import { Layout, MAX_BYTES, PAGE_BYTES, pagesFor } from './memory.js';
import { stackOf } from './models/graph-of.js';
import type { NamedLayer } from './models/model.js';
import type { Program } from './program.js';
import { boundPrograms, type Programs } from './programs.js';
import {
  type DataShape,
  givesTargets,
  hasTokenTargets,
  positionsPerRow,
  type Shape,
  standAlone,
  targetsPerRow,
} from './shape.js';
import type { ResolvedEngineSpec } from './spec.js';
import { countSteps, type StepCounts } from './step-counts.js';
import { orderLength } from './step-order.js';
import { checkModel, checkStream, checkTargets, checkTokens } from './token-checks.js';
import type { Tuning } from './tuning.js';
import { emitClip, emitSquaredNorm, emitUpdate } from './update.js';

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
  /** The same, as rows stand in memory: in a fed run each by itself. */
  readonly memoryShape: DataShape;
  /** Where rows stand that are fed; null where the splits stand in memory. */
  readonly ring: Ring | null;
  /** Words of `addresses.order`. */
  readonly orderLength: number;
  readonly graph: Graph;
  readonly steps: StepCounts;
  /** Values a row that the model puts out. */
  readonly width: number;
  /** Rows of a full evaluation batch. */
  readonly evaluationRows: number;
  /** Whether the best weights are kept, or the last ones are the model. */
  readonly keepsBest: boolean;
  /** Threads that walk the programs. */
  readonly threads: number;
  /** Of each thread; they lie one after the other. */
  readonly scratchBytes: number;
  readonly addresses: Addresses;
  /** Emits them anew each time. */
  programs(): Programs;
  /**
   * Run once an update: the gradient's squared norm; its clipping, where it is too long; penalties and optimizer. And where
   * an update is looked at, what layer-norms.ts has.
   */
  readonly updates: {
    readonly [Name in 'norm' | 'clip' | 'apply' | keyof ReturnType<typeof emitLayerNorms>]: readonly KernelCall[];
  };
}

export interface PlanOptions {
  /** What the kernels want for themselves: KernelsFactory.scratchBytes. */
  readonly scratchBytes?: number;
  /** 1 where it is not given; more need more scratch. Results do not depend on it. */
  readonly threads?: number;
  /** Of a run whose rows are fed (feed/feed.ts); left out, all splits stand in memory. */
  readonly feed?: FeedPlan | undefined;
  /** Of a run that starts from weights that have learnt; left out, everything learns. */
  readonly tuning?: Tuning | undefined;
}

const CACHE_LINE_BYTES = 64;
/** Evaluation takes at least this many rows, or positions, at once where there are that many: short batches waste calls. */
const MIN_EVALUATION_ROWS = 256;

/**
 * Plans a training run: in some 30 ms for the deepest model that a spec may ask for, twice that where V8 sees the code for the
 * first time. Throws `invalid_spec` where the parts do not fit one another or the data, and `exceeds_engine_memory` where the
 * run needs more than 4 GiB, naming the layer at which it goes over.
 */
export function planTraining(spec: ResolvedEngineSpec, shape: DataShape, options: PlanOptions = {}): Plan {
  checkRows(shape);
  checkStream(spec, shape);
  checkTargets(shape);
  checkMetrics(spec, shape);
  checkClassWeights(spec, shape);
  checkModel(spec, shape);
  const stack = stackOf(spec, shape);
  checkLogits(stack, spec, shape);
  return planStack(stack, spec, { shape, ...options });
}

/** The same for any stack of layers, whatever `spec.model` says. */
export function planStack(
  stack: readonly NamedLayer[],
  spec: ResolvedEngineSpec,
  { shape, threads = 1, ...options }: PlanOptions & { shape: DataShape },
): Plan {
  const width = outputWidth(spec.loss, shape);
  const graph = buildGraph(stack, [shape.inputs], options.tuning);
  checkTokens(graph, shape, width);
  checkLearns(graph);
  const minRows = Math.max(
    ...graph.layers.map(({ spec, inputShape }) => layerOf(spec).minRows?.(spec, inputShape) ?? 1),
  );
  const steps = countSteps(spec, shape, minRows);
  const { batchRows, lastBatchRows } = steps;
  const largestSplit = Math.max(...Object.values(shape.rows));
  const evaluationRows = Math.min(
    largestSplit,
    Math.max(batchRows, lastBatchRows, Math.ceil(MIN_EVALUATION_ROWS / positionsPerRow(shape))),
  );
  const keepsBest =
    shape.rows.validation > 0 && !(spec.earlyStopping.type === 'patience' && !spec.earlyStopping.restoreBest);

  const scratchBytes = Math.ceil((options.scratchBytes ?? 0) / CACHE_LINE_BYTES) * CACHE_LINE_BYTES;
  const layout = new Layout();
  const { feed } = options;
  const memoryShape = feed === undefined ? shape : standAlone(shape);
  const ring = feed === undefined ? null : ringFor(feed, { spec, shape, steps, evaluationRows, width });
  const length = ring === null ? orderLength(shape, steps) : trainingPlaces(ring);
  const reservation = {
    spec,
    shape: memoryShape,
    ring,
    orderLength: length,
    graph,
    width,
    keepsBest,
    evaluationRows,
    scratchBytes: threads * scratchBytes,
  };
  const addresses = reserveAddresses(layout, reservation);
  const arena = layout.reserve('arena', 0);
  const averages = Number(spec.training.emaDecay !== null);
  const copies = 2 + addresses.optimizerState.size + averages + Number(keepsBest) + addresses.snapshot.size; // parameters, gradients, …
  if (arena > MAX_BYTES) refuse(graph, { bytes: arena, copies, programs: [] }); // as no program can help
  const { largest, flopsPerStep, emitAll } = boundPrograms({ ...reservation, steps, arena, addresses });
  // An update finds the arena empty: there the weights before it are kept, where it is looked at.
  const previous = arena;
  const bytes = Math.max(previous + graph.learntElements * WORD_BYTES, ...largest.map(({ end }) => end));
  if (bytes > MAX_BYTES) refuse(graph, { bytes, copies, programs: largest });

  return {
    parameters: countLearnt(graph.parameters),
    peakBytes: pagesFor(bytes) * PAGE_BYTES,
    flopsPerStep,
    stepsPerEpoch: steps.stepsPerEpoch,
    totalSteps: steps.total,
    layers: graph.layers.map(({ name, spec: { type }, inputShape, outputShape, parameters }) => ({
      name,
      type,
      inputShape,
      outputShape,
      parameters: countLearnt(parameters.filter(({ isShared }) => !isShared)),
    })),
    spec,
    shape,
    memoryShape,
    ring,
    orderLength: length,
    graph,
    steps,
    width,
    evaluationRows,
    keepsBest,
    threads,
    scratchBytes,
    addresses,
    programs: emitAll,
    updates: {
      norm: emitSquaredNorm({ elements: graph.learntElements, x: addresses.gradients }, addresses),
      clip: emitClip(graph, addresses),
      apply: emitUpdate(spec, graph, addresses),
      ...emitLayerNorms(graph, addresses, previous),
    },
  };
}

function ringFor(
  { softTargets }: FeedPlan,
  { spec, shape, steps, evaluationRows, width }: Pick<Plan, 'spec' | 'shape' | 'steps' | 'evaluationRows' | 'width'>,
): Ring {
  const areClasses = lossOf(spec.loss).targets === 'classes';
  const soft = softTargets && areClasses && !hasTokenTargets(shape.tokens);
  const targets = givesTargets(standAlone(shape).tokens) ? targetsPerRow(shape) * (areClasses ? 1 : width) : 0;
  const rowBytes = WORD_BYTES * (shape.inputs + targets + (soft ? width : 0));
  return planRing(steps, { rowBytes, measuredRows: evaluationRows, softTargets: soft });
}

const countLearnt = (parameters: readonly Parameter[]): number =>
  parameters.filter(isLearnt).reduce((sum, { elements }) => sum + elements, 0);

/** Names the first thing that does not fit: a layer's parameters, the data, or a layer's buffers. */
function refuse(
  graph: Graph,
  { bytes, copies, programs }: { bytes: number; copies: number; programs: readonly Program[] },
): never {
  let parameterBytes = 0;
  const heavy = graph.layers.find(({ parameters }) => {
    parameterBytes += parameters.reduce((sum, { elements }) => sum + elements, 0) * copies * WORD_BYTES;
    return parameterBytes > MAX_BYTES;
  });
  const tensors = programs.flatMap((program) => program.tensors());
  const wide = tensors.find(({ pointer, elements }) => pointer + elements * WORD_BYTES > MAX_BYTES);
  const layer = heavy ?? graph.layers.find(({ name }) => name === wide?.layer);
  const [expected, got] = [`at most ${MAX_BYTES} bytes`, `${bytes} bytes`];
  throw new EngineError(
    'exceeds_engine_memory',
    `${layer?.name ?? 'data'}: the run needs more than the engine's memory holds, expected ${expected}, got ${got}`,
    { expected, got, ...(layer === undefined ? {} : { layer: layer.name, path: layer.path }) },
  );
}
