/**
 * One step of training: the gradients of its batches, summed, then norm → clip → penalties → optimizer. What it computes is
 * a function of the weights, the optimizer's state and the step's number alone.
 */
import type { EngineError } from './errors.js';
import type { Machine, TrainingProgram } from './machine.js';
import { nonFiniteError } from './non-finite.js';
import { optimizerOf } from './optimizers/index.js';
import { maxHyperparameters } from './optimizers/optimizer.js';
import type { Plan } from './plan.js';
import type { Program } from './program.js';
import { keyOf } from './rng.js';
import { addWeights } from './row-weights.js';
import { type RowSource, StandingRows } from './rows.js';
import { learningRateAt } from './schedules/index.js';
import type { Signals } from './signals.js';
import { rowsOfBatch, stepRange } from './step-counts.js';

export class Stepper {
  readonly #machine: Machine;
  readonly #plan: Plan;
  readonly #rows: RowSource;
  readonly #hyperparameters: Float32Array;

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
  /** Of a guard, told from outside as well. */
  learningRateScale = 1;
  undone = 0;

  constructor(machine: Machine, plan: Plan, rows: RowSource = new StandingRows(machine, plan)) {
    this.#machine = machine;
    this.#plan = plan;
    this.#rows = rows;
    const { memory } = machine;
    const { addresses, spec } = plan;
    const start = addresses.hyperparameters / 4;
    this.#hyperparameters = memory.f32.subarray(start, start + maxHyperparameters);
    memory.u32.set(keyOf(spec.training.seed), addresses.key / 4);
  }

  /** The step after `done` others, looked at where there are `signals`. Throws `non_finite` where its loss or its gradient is. */
  step(done: number, signals: Signals | null = null): void {
    const { memory, programs } = this.#machine;
    const { addresses, steps } = this.#plan;
    const { batchRows, batchesPerStep } = steps;
    const { first, end, rows } = stepRange(steps, done);
    const places = this.#rows.ofStep(done);
    this.weight = addWeights(0, { memory, plan: this.#plan, isTraining: true }, { places, rows });

    memory.f64[addresses.lossSum / 8] = 0;
    memory.f32[addresses.lossScale / 4] = this.weight > 0 ? 1 / this.weight : 0;
    for (let batch = first; batch < end; batch++) {
      const start = places + (batch - first) * batchRows;
      const size = rowsOfBatch(steps, batch);
      memory.i32.copyWithin(addresses.batchRows / 4, start, start + size);
      memory.u32[addresses.draw / 4] = done * batchesPerStep + (batch - first);
      memory.u32.set([done, (batch - first) * batchRows], addresses.maskDraw / 4);
      const program = (batch === first ? programs.first : programs.further).get(size)!;
      if (signals !== null && batch === first) this.#runLookedAt(programs.first.get(size)!, { signals, done, size });
      else program.run();
      this.lossSum = memory.f64[addresses.lossSum / 8]!;
      if (!Number.isFinite(this.lossSum)) throw this.#nonFinite('training loss', { program, done });
    }
    this.applyGradient(done, signals);
  }

  /** The update from the gradient that stands in memory. */
  applyGradient(done: number, signals: Signals | null = null): void {
    const { memory, kernels, updates } = this.#machine;
    const { addresses, graph, spec, steps } = this.#plan;
    updates.norm();
    const norm = Math.sqrt(memory.f64[addresses.squaredNorm / 8]!);
    if (!Number.isFinite(norm)) throw this.#nonFinite('gradient', { program: null, done });
    signals?.beforeUpdate(done + 1);
    const { clipNorm, clipValue } = spec.training;
    if (clipValue !== null) kernels.clamp(graph.learntElements, addresses.gradients, clipValue);
    if (clipNorm !== null && norm > clipNorm) {
      memory.f32[addresses.clipScale / 4] = clipNorm / norm;
      updates.clip();
    }
    const { optimizer, schedule } = spec;
    const { reductions } = this;
    const at = { step: done, totalSteps: steps.total, learningRate: optimizer.learningRate, reductions };
    this.learningRate = learningRateAt(schedule, at) * this.learningRateScale;
    const { learningRate } = this;
    optimizerOf(optimizer).writeHyperparameters(
      optimizer,
      { learningRate, step: done + 1 - this.undone },
      this.#hyperparameters,
    );
    updates.apply();
    signals?.afterUpdate(done + 1);
    this.gradientNorm = norm;
  }

  #runLookedAt(
    program: TrainingProgram,
    { signals, done, size }: { signals: Signals; done: number; size: number },
  ): void {
    program.runForward();
    signals.lookAtActivations(done + 1, program, size);
    program.runBackward();
  }

  #nonFinite(what: string, { program, done }: { program: Program | null; done: number }): EngineError {
    return nonFiniteError(this.#machine, this.#plan, { what, program, step: done + 1, updates: done });
  }
}
