/** Where in the memory things stand that outlive a batch, in the order in which they lie. */

import { type Ring, ringPlaces, trainingPlaces } from './feed/ring.js';
import type { Graph } from './graph.js';
import { keepsSnapshot } from './guard.js';
import { type Pointer, SQUARES_CHUNK } from './kernels/kernels.js';
import { layerChunks } from './layer-norms.js';
import { classWeightsOf, lossOf } from './losses/index.js';
import type { Layout } from './memory.js';
import { optimizerOf } from './optimizers/index.js';
import { maxHyperparameters } from './optimizers/optimizer.js';
import type { Resident } from './program.js';
import { type DataShape, givesTargets, placesPerRow, targetsPerRow } from './shape.js';
import { type Snapshot, snapshotOf } from './snapshot.js';
import type { ResolvedEngineSpec } from './spec.js';

export const WORD_BYTES = 4;

/** What programs use, and what the loop does beside them. */
export interface Addresses extends Resident {
  /** For the kernels: packed panels. */
  readonly scratch: Pointer;
  /** float32 [graph.elements], the moving average of the parameters; 0 where there is none. */
  readonly average: Pointer;
  /** What is evaluated: the average where there is one, else the parameters. */
  readonly model: Pointer;
  /** float32 [graph.elements], the weights that will be the model; 0 where the last ones are. */
  readonly best: Pointer;
  /** The optimizer's buffers by name, float32 [graph.elements] each. */
  readonly optimizerState: ReadonlyMap<string, Pointer>;
  /** Where a guard may roll back: what it goes back to. */
  readonly snapshot: ReadonlyMap<string, Snapshot>;
  /** float32 [maxHyperparameters] */
  readonly hyperparameters: Pointer;
  /** float64 [chunks]: what is summed to a squared norm, see the kernel chunkSquares */
  readonly squares: Pointer;
  /** float64: squared norm of whatever was asked last */
  readonly squaredNorm: Pointer;
  /** float64 [layerChunks]: the same by layers, see layer-norms.ts */
  readonly layerSquares: Pointer;
  /** float32: 1, a learning rate that subtracts what stands in the gradient's place */
  readonly one: Pointer;
  /** float32: what the gradient is clipped by */
  readonly clipScale: Pointer;
  /**
   * int32 [order length]: where the rows of this epoch begin, in its order; of random windows, those of this step; of a fed
   * run, those of its ring
   */
  readonly order: Pointer;
}

export interface Reservation {
  readonly scratchBytes: number;
  readonly spec: ResolvedEngineSpec;
  /** As rows stand in memory. */
  readonly shape: DataShape;
  /** Of a fed run. */
  readonly ring: Ring | null;
  readonly orderLength: number;
  readonly graph: Graph;
  readonly width: number;
  readonly keepsBest: boolean;
  readonly evaluationRows: number;
}

export function reserveAddresses(layout: Layout, plan: Reservation): Addresses {
  const { spec, shape, ring, graph, width, keepsBest, evaluationRows, scratchBytes } = plan;
  const words = (name: string, count: number) => layout.reserve(name, count * WORD_BYTES);
  const total = (splits: DataShape['rows']) => splits.train + splits.validation + splits.test;
  const rows = ring === null ? total(shape.rows) : ringPlaces(ring);
  const stream = shape.tokens?.stream;
  const targetColumns = lossOf(spec.loss).targets === 'classes' ? 1 : width;
  const stateNames = optimizerOf(spec.optimizer).stateNames(spec.optimizer);
  const weighsClasses = classWeightsOf(spec.loss) !== null;
  const averages = spec.training.emaDecay !== null;
  const scratch = layout.reserve('scratch', scratchBytes);
  const parameters = words('parameters', graph.elements);
  const average = averages ? words('average', graph.elements) : 0;
  const inputs = words('inputs', ((stream ? total(stream) : rows) * shape.inputs) / placesPerRow(shape));
  const targetsAt = (inputs: Pointer) => {
    if (givesTargets(shape.tokens)) return words('targets', rows * targetColumns * targetsPerRow(shape));
    return shape.tokens?.targets === 'position' ? inputs + WORD_BYTES : 0; // the next token; or drawn batch by batch
  };
  const optimizerState = new Map(stateNames.map((name) => [name, words(`optimizer/${name}`, graph.elements)]));
  return {
    scratch,
    lossSum: words('lossSum', 2),
    lossScale: words('lossScale', 1),
    squares: words('squares', 2 * Math.ceil(graph.elements / SQUARES_CHUNK)),
    squaredNorm: words('squaredNorm', 2),
    layerSquares: words('layerSquares', 2 * layerChunks(graph)),
    one: words('one', 1),
    clipScale: words('clipScale', 1),
    hyperparameters: words('hyperparameters', maxHyperparameters),
    key: words('key', 2),
    draw: words('draw', 1),
    maskDraw: words('maskDraw', 2),
    parameters,
    average,
    model: averages ? average : parameters,
    gradients: words('gradients', graph.elements),
    best: keepsBest ? words('best', graph.elements) : 0,
    optimizerState,
    snapshot: keepsSnapshot(spec.guard)
      ? snapshotOf({ parameters, average, optimizerState }, (name) => words(`snapshot/${name}`, graph.elements))
      : new Map(),
    order: words('order', plan.orderLength),
    // no training batch is larger than an evaluation batch
    batchRows: words('batchRows', evaluationRows),
    classWeights: weighsClasses ? words('classWeights', shape.outputs) : 0,
    inputs,
    targets: targetsAt(inputs),
    softTargets: ring?.softTargets ? words('softTargets', trainingPlaces(ring) * width) : 0,
  };
}
