/**
 * Signals: how each layer does, at some of a run's steps: norms of its gradient and of its weights, how far the update moved
 * them, and what its activation function puts out. They are read from what stands in memory; the run computes the same
 * bits with them as without.
 */
import { describeActivation } from './activations-seen.js';
import type { MetricRow } from './events.js';
import { chunksByLayer, type LayerChunks } from './layer-norms.js';
import type { Machine } from './machine.js';
import type { Plan } from './plan.js';
import type { Program } from './program.js';

/** Looking takes as long as some steps of a small model, and a fraction of one of a large: that seldom, it is less than 2 %. */
const leastInterval = (flopsPerStep: number) => Math.min(256, Math.max(64, Math.ceil(2 ** 34 / flopsPerStep)));
/** Points a series, or of all series together. */
const MAX_POINTS = 1000;
const MAX_POINTS_TOGETHER = 200_000;

/** `layers.<layer>.<signal>` */
export const signalNames = [
  'gradientNorm',
  'weightNorm',
  'updateRatio',
  'activationMean',
  'activationDeviation',
  'saturation',
  'deadUnits',
] as const;
export type SignalName = (typeof signalNames)[number];

/** Steps between two looks: a multiple of those between two logged ones. */
export function signalInterval({ spec, steps, graph, flopsPerStep }: Plan): number {
  const { everySteps } = spec.logging;
  const series = graph.layers.length * signalNames.length;
  const points = Math.max(1, Math.min(MAX_POINTS, Math.floor(MAX_POINTS_TOGETHER / series)));
  return everySteps * Math.ceil(Math.max(leastInterval(flopsPerStep), steps.total / points) / everySteps);
}

export class Signals {
  readonly #machine: Machine;
  readonly #interval: number;
  readonly #layers: readonly LayerChunks[];
  /** First word of `layerSquares`, as float64. */
  readonly #squares: number;
  /** By layer. */
  #weightNorms: readonly number[] = [];
  /** Of the step at hand. */
  #rows: MetricRow[] = [];

  constructor(machine: Machine, plan: Plan) {
    const { graph, addresses } = plan;
    this.#machine = machine;
    this.#interval = signalInterval(plan);
    this.#layers = chunksByLayer(graph);
    this.#squares = addresses.layerSquares / 8;
    machine.memory.f32[addresses.one / 4] = 1;
  }

  /** Whether a step, from 1, is looked at: one an interval; and before the first, where most runs go wrong, each power of two. */
  isDue(step: number): boolean {
    return step % this.#interval === 0 || (step < this.#interval && Number.isInteger(Math.log2(step)));
  }

  /** Between forward and backward of a batch. */
  lookAtActivations(step: number, program: Program, rows: number): void {
    for (const activation of program.activations()) {
      const statistics = describeActivation(this.#machine.memory.f32, activation, rows);
      for (const [name, value] of Object.entries(statistics)) {
        this.#add(step, activation.layer, name as SignalName, value);
      }
    }
  }

  /** Where the gradient stands, before it is clipped and the weights are moved. */
  beforeUpdate(step: number): void {
    const { updates } = this.#machine;
    updates.gradientSquares();
    const gradientNorms = this.#norms();
    updates.weightSquares();
    this.#weightNorms = this.#norms();
    for (const [index, { layer }] of this.#layers.entries()) {
      this.#add(step, layer, 'gradientNorm', gradientNorms[index]!);
      this.#add(step, layer, 'weightNorm', this.#weightNorms[index]!);
    }
  }

  afterUpdate(step: number): void {
    this.#machine.updates.changeSquares();
    for (const [index, change] of this.#norms().entries()) {
      this.#add(step, this.#layers[index]!.layer, 'updateRatio', change / this.#weightNorms[index]!);
    }
  }

  /** What was seen since it was asked before. */
  take(): MetricRow[] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  /** Where there is no such number, as of a layer that starts at 0 how far it moved, there is no point. */
  #add(step: number, layer: string, signal: SignalName, value: number): void {
    if (Number.isFinite(value)) this.#rows.push({ step, name: `layers.${layer}.${signal}`, value });
  }

  /** Of what was summed last, by layer. */
  #norms(): number[] {
    const { f64 } = this.#machine.memory;
    return this.#layers.map(({ first, end }) => {
      let sum = 0;
      for (let chunk = first; chunk < end; chunk++) sum += f64[this.#squares + chunk]!;
      return Math.sqrt(sum);
    });
  }
}
