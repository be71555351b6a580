/**
 * One step of training: the gradients of its batches, summed, then norm → clip → penalties → optimizer. What it computes is
 * a function of the weights, the optimizer's state and the step's number alone.
 */
import { rowPlaces, totalWeight } from './data.js';
import type { EngineError } from './errors.js';
import type { Machine } from './machine.js';
import { nonFiniteError } from './non-finite.js';
import { optimizerOf } from './optimizers/index.js';
import { maxHyperparameters } from './optimizers/optimizer.js';
import type { Plan } from './plan.js';
import type { Program } from './program.js';
import { Draws, keyOf, permutation, streamNumber } from './rng.js';
import { learningRateAt } from './schedules/index.js';
import { placesInText } from './shape.js';
import { rowsOfBatch } from './step-counts.js';

export class Stepper {
  readonly #machine: Machine;
  readonly #plan: Plan;
  readonly #hyperparameters: Float32Array;
  /** Epoch whose order of rows stands in memory. */
  #orderedEpoch = -1;

  // ── of the last step ──
  /** Sum of the loss over its rows, before the update. */
  lossSum = 0;
  /** What its rows weigh in the mean of the loss: their number, or the sum of the weights of their classes. */
  weight = 0;
  /** Euclidean norm of the gradient of the mean loss, before it was clipped. */
  gradientNorm = 0;
  learningRate = 0;

  /** Times that a plateau has reduced the learning rate; told from outside. */
  reductions = 0;

  constructor(machine: Machine, plan: Plan) {
    this.#machine = machine;
    this.#plan = plan;
    const { memory } = machine;
    const { addresses, spec } = plan;
    const start = addresses.hyperparameters / 4;
    this.#hyperparameters = memory.f32.subarray(start, start + maxHyperparameters);
    memory.u32.set(keyOf(spec.training.seed), addresses.key / 4);
  }

  /** The step after `done` others. Throws `non_finite` where its loss or its gradient is. */
  step(done: number): void {
    const { memory, programs } = this.#machine;
    const { addresses, steps } = this.#plan;
    const { batchRows, batchesPerStep, batchesPerEpoch, stepsPerEpoch } = steps;
    const first = (done % stepsPerEpoch) * batchesPerStep;
    const end = Math.min(first + batchesPerStep, batchesPerEpoch);
    const rows = (end - 1 - first) * batchRows + rowsOfBatch(steps, end - 1);
    const places = this.#placeRows(done, { first: first * batchRows, rows });
    this.weight = totalWeight(memory, this.#plan, rows, (row) => memory.i32[places + row]!);

    memory.f64[addresses.lossSum / 8] = 0;
    memory.f32[addresses.lossScale / 4] = this.weight > 0 ? 1 / this.weight : 0;
    for (let batch = first; batch < end; batch++) {
      const start = places + (batch - first) * batchRows;
      const size = rowsOfBatch(steps, batch);
      memory.i32.copyWithin(addresses.batchRows / 4, start, start + size);
      memory.u32[addresses.draw / 4] = done * batchesPerStep + (batch - first);
      memory.u32.set([done, (batch - first) * batchRows], addresses.maskDraw / 4);
      const program = (batch === first ? programs.first : programs.further).get(size)!;
      program.run();
      this.lossSum = memory.f64[addresses.lossSum / 8]!;
      if (!Number.isFinite(this.lossSum)) throw this.#nonFinite('training loss', { program, done });
    }
    this.applyGradient(done);
  }

  /** The update from the gradient that stands in memory. */
  applyGradient(done: number): void {
    const { memory, kernels, updates } = this.#machine;
    const { addresses, graph, spec, steps } = this.#plan;
    updates.norm();
    const norm = Math.sqrt(memory.f64[addresses.squaredNorm / 8]!);
    if (!Number.isFinite(norm)) throw this.#nonFinite('gradient', { program: null, done });
    const { clipNorm, clipValue } = spec.training;
    if (clipValue !== null) kernels.clamp(graph.learntElements, addresses.gradients, clipValue);
    if (clipNorm !== null && norm > clipNorm) {
      memory.f32[addresses.clipScale / 4] = clipNorm / norm;
      updates.clip();
    }
    const { optimizer, schedule } = spec;
    const { reductions } = this;
    const at = { step: done, totalSteps: steps.total, learningRate: optimizer.learningRate, reductions };
    this.learningRate = learningRateAt(schedule, at);
    const { learningRate } = this;
    optimizerOf(optimizer).writeHyperparameters(optimizer, { learningRate, step: done + 1 }, this.#hyperparameters);
    updates.apply();
    this.gradientNorm = norm;
  }

  /**
   * Puts the places of the step's rows into memory, and says at which word they begin. `first` is the first of the rows in
   * the epoch's order.
   */
  #placeRows(done: number, { first, rows }: { first: number; rows: number }): number {
    const { addresses, shape, spec, steps } = this.#plan;
    const { u32 } = this.#machine.memory;
    const { seed, sampling } = spec.training;
    const order = addresses.order / 4;
    const epoch = Math.floor(done / steps.stepsPerEpoch);
    if (sampling === 'randomWindows') {
      const draws = new Draws(seed, streamNumber('windows'), done);
      const places = placesInText(shape);
      for (let row = 0; row < rows; row++) u32[order + row] = draws.integer(places);
      return order;
    }
    if (epoch !== this.#orderedEpoch) {
      const shuffled = permutation(shape.rows.train, seed, streamNumber('shuffle'), epoch);
      u32.set(shuffled.map(rowPlaces('train', shape)), order);
      this.#orderedEpoch = epoch;
    }
    return order + first;
  }

  #nonFinite(what: string, { program, done }: { program: Program | null; done: number }): EngineError {
    return nonFiniteError(this.#machine, this.#plan, { what, program, step: done + 1, updates: done });
  }
}
