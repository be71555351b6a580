/**
 * The training loop: an iterator of what there is to say. Between two events it only walks programs. Time decides when
 * progress is told and which checkpoints exist, and nothing else: a run stopped anywhere and resumed gives the same rows
 * and the same bytes as one that was not.
 */
import { asksForScores } from './asked-metrics.js';
import { encodeCheckpoint, type RunState } from './checkpoint.js';
import type { SplitName } from './data.js';
import { EngineError } from './errors.js';
import { evaluate, type SplitMetrics } from './evaluate.js';
import type { FinalMetrics, MetricRow, Rollback, TrainEvent, TrainOutcome } from './events.js';
import { mayRollBack, rolledBack, spikeThreshold, withLoss } from './guard.js';
import { link } from './link.js';
import type { Machine } from './machine.js';
import { ratio } from './metrics/classification-metric.js';
import { watchedName } from './metrics/watched.js';
import { nonFiniteError } from './non-finite.js';
import type { Plan } from './plan.js';
import { RecentNorms, withPostMortem } from './post-mortem.js';
import type { RowSource } from './rows.js';
import { watchPlateau } from './schedules/plateau.js';
import { Signals } from './signals.js';
import { copyFloats, restoreSnapshot, withSnapshot } from './snapshot.js';
import { Stepper } from './step.js';
import type { RunInput, Trainer } from './train.js';
import { emitSquaredNorm } from './update.js';
import { watch } from './watch.js';

/** Times the loss of its first step, or 1, that a model may have at most. */
const mostGrowth = 1000;
/** Time without an event after which the next step makes one. */
const PROGRESS_MILLISECONDS = 100;

export class Run implements Trainer {
  readonly plan: Plan;
  readonly #machine: Machine;
  readonly #input: RunInput;
  readonly #stepper: Stepper;
  readonly #signals: Signals;
  readonly #rowSource: RowSource;

  // RunState, taken apart: a step changes numbers in place and makes no object.
  #step: number;
  #openLossSum: number;
  #openLossWeight: number;
  #best: RunState['best'];
  #earlyStopping: RunState['earlyStopping'];
  #plateau: RunState['plateau'];
  #guard: RunState['guard'];
  readonly #gradientNorms: RecentNorms;
  #firstLoss: number | null;
  #metrics: RunState['metrics'];

  /** Logged, but not yet said. */
  #rows: MetricRow[] = [];

  constructor(
    machine: Machine,
    plan: Plan,
    { state, rows, ...input }: RunInput & { state: RunState; rows: RowSource },
  ) {
    this.plan = plan;
    this.#machine = machine;
    this.#input = input;
    this.#rowSource = rows;
    this.#stepper = new Stepper(machine, plan, rows);
    this.#signals = new Signals(machine, plan);
    this.#step = state.step;
    this.#openLossSum = state.openLoss.sum;
    this.#openLossWeight = state.openLoss.weight;
    this.#best = state.best;
    this.#earlyStopping = state.earlyStopping;
    this.#plateau = state.plateau;
    this.#guard = state.guard;
    this.#gradientNorms = new RecentNorms(state.gradientNorms);
    this.#firstLoss = state.firstLoss;
    this.#tellStepper();
    this.#metrics = state.metrics;
  }

  get step(): number {
    return this.#step;
  }

  *run(): Generator<TrainEvent, TrainOutcome, void> {
    try {
      return yield* this.#train();
    } catch (error) {
      yield* this.#flush(); // how it came to this is what one wants to see
      throw error;
    } finally {
      void this.#rowSource.close();
      void this.#machine.close();
    }
  }

  *#train(): Generator<TrainEvent, TrainOutcome, void> {
    const { steps, spec } = this.plan;
    const startedAt = performance.now();
    let [checkpointAt, progressAt, progressStep] = [startedAt, startedAt, this.#step];
    let cutShort = false;
    while (!this.#finished) {
      const { rollbacks } = this.#guard;
      yield* this.#advance();
      const step = this.#step;
      if (this.#isDue(spec.evaluation) || step === steps.total) yield* this.#evaluate();
      const isWhole = rollbacks === this.#guard.rollbacks; // else there is nothing to log of it
      if (isWhole && (step % spec.logging.everySteps === 0 || this.#finished)) this.#log();

      const now = performance.now();
      const sinceCheckpoint = (now - checkpointAt) / 1000;
      const { everySeconds, minSeconds } = spec.checkpoints;
      const due = everySeconds === undefined ? this.#isDue(spec.checkpoints) : sinceCheckpoint >= everySeconds;
      if (due && sinceCheckpoint >= minSeconds && !this.#finished) {
        yield* this.#flush();
        yield* this.#checkpoint('periodic');
        checkpointAt = now;
      }
      if (now - progressAt >= PROGRESS_MILLISECONDS) {
        yield* this.#flush();
        const stepsPerSecond = (step - progressStep) / ((now - progressAt) / 1000);
        yield { type: 'progress', step, epoch: this.#epoch, totalSteps: steps.total, stepsPerSecond };
        [progressAt, progressStep] = [now, step];
      }
      const stop = this.#input.shouldStop?.() ?? 'no';
      if (stop === 'finish' && !this.#finished) {
        if (!this.#isDue(spec.evaluation)) yield* this.#evaluate();
        cutShort = true;
        break;
      }
      if (stop !== 'no' && !this.#finished) {
        yield* this.#flush();
        if (stop === 'checkpoint') yield* this.#checkpoint('stop');
        return { reason: 'stopped', step, epoch: this.#epoch, bestStep: this.#bestStep };
      }
    }
    yield* this.#flush();
    // Made first, since measuring the model puts its weights in the place of the last ones.
    const checkpoint = [...this.#checkpoint('final')];
    const metrics = this.#finalMetrics();
    this.#expectLearnt(metrics.train.values.loss!);
    yield* checkpoint;
    const reason = cutShort ? 'cutShort' : this.#step < steps.total ? 'earlyStopped' : 'completed';
    return { reason, step: this.#step, epoch: this.#epoch, bestStep: this.#bestStep, metrics };
  }

  /** One step, or where it goes wrong the way back. */
  *#advance(): Generator<TrainEvent, void, void> {
    const { logging, guard } = this.plan.spec;
    const stepper = this.#stepper;
    try {
      stepper.step(this.#step, this.#signals.isDue(this.#step + 1) ? this.#signals : null);
    } catch (error) {
      this.#signals.take();
      if (!isNonFinite(error)) throw error;
      this.#step++;
      return yield* this.#rollBack(error);
    }
    this.#step++;
    this.#rows.push(...this.#signals.take());
    this.#openLossSum += stepper.lossSum;
    this.#openLossWeight += stepper.weight;
    this.#firstLoss ??= ratio(stepper.lossSum, stepper.weight);
    this.#gradientNorms.add(this.#step, stepper.gradientNorm);
    if (this.#step % logging.everySteps !== 0) return;
    const loss = ratio(this.#openLossSum, this.#openLossWeight);
    const threshold = spikeThreshold(this.#guard, guard, this.#firstLoss);
    if (threshold === null || loss <= threshold) {
      this.#guard = withLoss(this.#guard, guard, loss);
      return;
    }
    this.#log();
    const [step, expected] = [this.#step, `at most ${threshold}`];
    const message = `step ${step}: the training loss leapt to ${loss}, expected ${expected}`;
    yield* this.#rollBack(new EngineError('loss_spike', message, { step, expected, got: loss, value: loss }));
  }

  /** To the last snapshot, where the guard has it so; else the run ends here. */
  *#rollBack(error: EngineError): Generator<TrainEvent, void, void> {
    const { plan } = this;
    const { guard } = plan.spec;
    const step = this.#step;
    const { snapshot } = this.#guard;
    if (snapshot === null || !mayRollBack(guard, error.code, this.#guard)) {
      throw this.#endedBy(error);
    }
    yield* this.#flush();
    restoreSnapshot(this.#machine, plan);
    this.#guard = rolledBack(this.#guard, guard, step);
    this.#tellStepper();
    this.#openLossSum = 0;
    this.#openLossWeight = 0;
    yield {
      ...{ type: 'rollback', step, to: snapshot.step, factor: guard.learningRateFactor },
      ...{ reason: error.code as Rollback['reason'], message: error.message },
    };
  }

  #endedBy(error: EngineError): EngineError {
    const at = { step: this.#step, gradientNorms: this.#gradientNorms.list(), rollbacks: this.#guard.rollbacks };
    return withPostMortem(error, this.plan, at);
  }

  #tellStepper(): void {
    this.#stepper.reductions = this.#plateau.reductions;
    this.#stepper.learningRateScale = this.#guard.learningRateScale;
    this.#stepper.undone = this.#guard.undone;
  }

  /** Epoch that the last step belongs to, from 1; 0 before the first. */
  get #epoch(): number {
    return Math.ceil(this.#step / this.plan.steps.stepsPerEpoch);
  }

  /** Step of the weights that are the model: the best, or the present ones where there is no best yet. */
  get #bestStep(): number {
    return this.plan.keepsBest && this.#best.value !== null ? this.#best.step : this.#step;
  }

  get #finished(): boolean {
    const { steps, spec } = this.plan;
    const stopsEarly =
      spec.earlyStopping.type === 'patience' && this.#earlyStopping.waited >= spec.earlyStopping.patience;
    return this.#step >= steps.total || stopsEarly;
  }

  #isDue({ everyEpochs, everySteps }: { everyEpochs?: number | undefined; everySteps?: number | undefined }): boolean {
    const interval = everySteps ?? (everyEpochs ?? Number.POSITIVE_INFINITY) * this.plan.steps.stepsPerEpoch;
    return this.#step % interval === 0;
  }

  #log(): void {
    const step = this.#step;
    this.#rows.push(
      { step, name: 'train.loss', value: ratio(this.#openLossSum, this.#openLossWeight) },
      { step, name: 'train.gradientNorm', value: this.#stepper.gradientNorm },
      { step, name: 'train.learningRate', value: this.#stepper.learningRate },
    );
    this.#openLossSum = 0;
    this.#openLossWeight = 0;
  }

  /** Measures the validation split; remembers the weights if they are the best, and those that a guard may go back to. */
  *#evaluate(): Generator<TrainEvent, void, void> {
    const { shape, spec } = this.plan;
    if (!this.#weightsAreFinite()) yield* this.#rollBack(this.#nonFiniteWeights());
    const keepSnapshot = () => {
      this.#guard = withSnapshot({ guard: this.#guard, step: this.#step }, this.#machine, this.plan);
    };
    if (shape.rows.validation === 0) return keepSnapshot();
    const { values } = yield* this.#measureValidation();
    const { metrics, best } = spec.evaluation;
    const names = metrics === 'auto' ? Object.keys(values).filter((name) => !name.includes('.')) : ['loss', ...metrics];
    const step = this.#step;
    const named = names.map((name) => [`validation.${name}`, values[name]!] as const);
    this.#rows.push(...named.map(([name, value]) => ({ step, name, value })));
    this.#metrics = Object.fromEntries(named);

    keepSnapshot();
    this.#best = watch(this.#best, best, { step, value: values[watchedName(best.metric)]! });
    if (this.#bestStep === step) this.#keepWeights();
    if (spec.earlyStopping.type === 'patience') {
      const value = values[watchedName(spec.earlyStopping.metric)]!;
      this.#earlyStopping = watch(this.#earlyStopping, spec.earlyStopping, { step, value });
    }
    if (spec.schedule.type === 'plateau') {
      const value = values[watchedName(spec.schedule.metric)]!;
      this.#plateau = watchPlateau(this.#plateau, spec.schedule, { step, value });
      this.#tellStepper();
    }
  }

  /** Of the present weights, or where their loss is not finite of those that the guard goes back to. */
  *#measureValidation(): Generator<TrainEvent, SplitMetrics, void> {
    for (;;) {
      try {
        return this.#measure('validation', asksForScores(this.plan.spec));
      } catch (error) {
        if (!isNonFinite(error)) throw error;
        yield* this.#rollBack(error);
      }
    }
  }

  /** The present weights become the model. */
  #keepWeights(): void {
    const { keepsBest, addresses, graph } = this.plan;
    if (!keepsBest) return;
    copyFloats(this.#machine.memory.f32, { from: addresses.model, to: addresses.best, elements: graph.elements });
  }

  *#flush(): Generator<TrainEvent, void, void> {
    if (this.#rows.length === 0) return;
    const rows = this.#rows;
    this.#rows = [];
    yield { type: 'metrics', rows };
  }

  /** None where the weights are not finite: whether there is one follows from the time, but where a guard goes back must not. */
  *#checkpoint(kind: 'periodic' | 'stop' | 'final'): Generator<TrainEvent, void, void> {
    if (!this.#weightsAreFinite()) {
      if (this.plan.spec.guard.onNonFinite === 'rollback' && kind !== 'final') return;
      throw this.#endedBy(this.#nonFiniteWeights());
    }
    const best = this.#bestStep === this.#step;
    if (best) this.#keepWeights();
    const state: RunState = {
      step: this.#step,
      openLoss: { sum: this.#openLossSum, weight: this.#openLossWeight },
      best: this.#best,
      earlyStopping: this.#earlyStopping,
      plateau: this.#plateau,
      guard: this.#guard,
      gradientNorms: this.#gradientNorms.list(),
      firstLoss: this.#firstLoss,
      metrics: this.#metrics,
    };
    const bytes = encodeCheckpoint(this.#machine, this.plan, { state, metadata: this.#input.metadata ?? {} });
    yield { type: 'checkpoint', step: this.#step, epoch: this.#epoch, kind, best, bytes, metrics: this.#metrics };
  }

  /** Of the model: the best weights where they are kept. */
  #finalMetrics(): FinalMetrics {
    const { keepsBest, addresses, graph, shape } = this.plan;
    const { f32 } = this.#machine.memory;
    if (keepsBest) copyFloats(f32, { from: addresses.best, to: addresses.model, elements: graph.elements });
    try {
      return {
        train: this.#measure('train', true),
        validation: shape.rows.validation > 0 ? this.#measure('validation', true) : null,
        test: shape.rows.test > 0 ? this.#measure('test', true) : null,
      };
    } catch (error) {
      throw isNonFinite(error) ? this.#endedBy(error) : error;
    }
  }

  #measure(name: SplitName, scored: boolean): SplitMetrics {
    const { metricScale: scale } = this.#input;
    return evaluate(this.#machine, this.plan, name, { source: this.#rowSource, step: this.#step, scale, scored });
  }

  /** Whatever it took, a run ends with weights that are of some use, or says that it has none. */
  #expectLearnt(loss: number): void {
    const bound = mostGrowth * Math.max(1, this.#firstLoss ?? 0);
    if (loss <= bound) return;
    const [expected, got, step] = [`at most ${bound}`, String(loss), this.#step];
    const message = `step ${step}: the loss of the model is ${got}, expected ${expected}, ${mostGrowth} times that of the start`;
    throw new EngineError('diverged', message, { step, expected, got });
  }

  /** What an update wrote is seen in the next step's loss; before weights are kept or measured it is looked for here. */
  #weightsAreFinite(): boolean {
    const { graph, addresses } = this.plan;
    link(emitSquaredNorm({ elements: graph.elements, x: addresses.parameters }, addresses), this.#machine.kernels)();
    return Number.isFinite(this.#machine.memory.f64[addresses.squaredNorm / 8]);
  }

  #nonFiniteWeights(): EngineError {
    const at = { step: this.#step, updates: this.#step };
    return nonFiniteError(this.#machine, this.plan, { what: 'weights', program: null, ...at });
  }
}

const isNonFinite = (error: unknown): error is EngineError =>
  error instanceof EngineError && error.code === 'non_finite';
