/**
 * The training loop: an iterator of what there is to say. Between two events it only walks programs. Time decides when
 * progress is told and which checkpoints exist, and nothing else: a run stopped anywhere and resumed gives the same rows
 * and the same bytes as one that was not.
 */
import { asksForScores } from './asked-metrics.js';
import { encodeCheckpoint, type RunState, restoreCheckpoint } from './checkpoint.js';
import { loadData, type SplitName, type TrainingData } from './data.js';
import { evaluate, type MetricScale, type SplitMetrics } from './evaluate.js';
import type { FinalMetrics, MetricRow, TrainEvent, TrainOutcome } from './events.js';
import { FedRows } from './feed/fed-rows.js';
import type { Feed } from './feed/feed.js';
import { type InheritedWeights, inherit } from './inherit.js';
import type { KernelsFactory } from './kernels/kernels.js';
import { link } from './link.js';
import { createMachine, type Machine } from './machine.js';
import { ratio } from './metrics/classification-metric.js';
import { watchedName } from './metrics/watched.js';
import { nonFiniteError } from './non-finite.js';
import { type Plan, planTraining } from './plan.js';
import { Draws, streamNumber } from './rng.js';
import { loadClassWeights } from './row-weights.js';
import { type RowSource, StandingRows } from './rows.js';
import { startPlateau, watchPlateau } from './schedules/plateau.js';
import type { DataShape } from './shape.js';
import { Signals } from './signals.js';
import type { ResolvedEngineSpec } from './spec.js';
import { Stepper } from './step.js';
import { emitSquaredNorm } from './update.js';
import { unwatched, watch } from './watch.js';

export type StopRequest = 'no' | 'checkpoint' | 'now' | 'finish';

export interface TrainInput {
  readonly spec: ResolvedEngineSpec;
  readonly shape: DataShape;
  /** The splits, to stand in memory; or what feeds them. */
  readonly data: TrainingData | Feed;
  readonly kernels: KernelsFactory;
  /** Threads that share each step, 1 where it is not given; results do not depend on it. */
  readonly threads?: number;
  /** A checkpoint of the same spec, data shape and kernels. */
  readonly resumeFrom?: Uint8Array;
  /** Whether the checkpoint may be one of other kernels: the run then ends in other bits than it would have. */
  readonly anyKernels?: boolean;
  /** Where nothing is resumed: a checkpoint of another spec to start from, as inherit.ts says. */
  readonly inheritFrom?: { readonly file: Uint8Array; readonly weights: InheritedWeights };
  /**
   * Asked after every step. `checkpoint` ends the run with a checkpoint of kind `stop`, `now` without; `finish` makes this
   * step the last one and ends the run as if it were complete.
   */
  readonly shouldStop?: () => StopRequest;
  /** Stored in every checkpoint's metadata. */
  readonly metadata?: Readonly<Record<string, string>>;
  /** For regression: how the targets were scaled. */
  readonly metricScale?: MetricScale;
}

/** What a run takes beside its plan. */
type RunInput = Omit<TrainInput, 'spec' | 'shape' | 'threads'>;

export interface Trainer {
  readonly plan: Plan;
  /** Updates done so far. */
  readonly step: number;
  /** The run, once; every metric row of a step comes before the step's checkpoint. */
  run(): Generator<TrainEvent, TrainOutcome, void>;
}

/** Time without an event after which the next step makes one. */
const PROGRESS_MILLISECONDS = 100;

/** Allocates the plan's memory and puts the run at its start, or where `resumeFrom` left it. Throws what planning throws. */
export async function createTrainer(input: TrainInput): Promise<Trainer> {
  const { spec, shape, kernels, threads = 1 } = input;
  const feed = isFeed(input.data) ? input.data : undefined;
  return createTrainerFor(planTraining(spec, shape, { scratchBytes: kernels.scratchBytes, threads, feed }), input);
}

/** The same for a plan that is made already. */
export async function createTrainerFor(plan: Plan, input: RunInput): Promise<Trainer> {
  const machine = await createMachine(plan, input.kernels);
  const state = stateAtStart(machine, plan, input);
  return new Run(machine, plan, { ...input, state, rows: await rowsFor(machine, plan, input.data, state.step) });
}

const isFeed = (data: RunInput['data']): data is Feed => 'start' in data;

async function rowsFor(machine: Machine, plan: Plan, data: RunInput['data'], firstStep: number): Promise<RowSource> {
  if (isFeed(data)) {
    loadClassWeights(plan, machine.memory, () => data.classCounts);
    return FedRows.start(data, { machine, plan, firstStep });
  }
  loadData(data, plan, machine.memory);
  return new StandingRows(machine, plan);
}

function stateAtStart(machine: Machine, plan: Plan, input: RunInput): RunState {
  const { resumeFrom, anyKernels, inheritFrom } = input;
  if (resumeFrom !== undefined) return restoreCheckpoint(resumeFrom, machine, { plan, anyKernels });
  initialize(machine, plan);
  if (inheritFrom === undefined) return startState;
  const { file, weights } = inheritFrom;
  return inherit(file, weights, { ...machine, plan }) ?? startState;
}

/** Where a run stands before its first step. */
export const startState: RunState = {
  step: 0,
  openLoss: { sum: 0, weight: 0 },
  best: unwatched,
  earlyStopping: unwatched,
  plateau: startPlateau,
  metrics: {},
};

/** Writes the parameters that a run starts from; their average starts from the same. */
export function initialize({ memory }: Machine, { graph, addresses, spec }: Plan): void {
  graph.parameters.forEach(({ elements, offset, initializer }, index) => {
    const first = addresses.parameters / 4 + offset;
    const draws = new Draws(spec.training.seed, streamNumber('init', index));
    initializer(memory.f32.subarray(first, first + elements), draws);
  });
  const { parameters: from, average: to } = addresses;
  if (to !== 0) copyFloats(memory.f32, { from, to, elements: graph.elements });
}

function copyFloats(f32: Float32Array, { from, to, elements }: { from: number; to: number; elements: number }): void {
  f32.copyWithin(to / 4, from / 4, from / 4 + elements);
}

class Run implements Trainer {
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
    this.#stepper.reductions = state.plateau.reductions;
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
      this.#stepper.step(this.#step, this.#signals.isDue(this.#step + 1) ? this.#signals : null);
      this.#openLossSum += this.#stepper.lossSum;
      this.#openLossWeight += this.#stepper.weight;
      const step = ++this.#step;
      this.#rows.push(...this.#signals.take());
      if (this.#isDue(spec.evaluation) || step === steps.total) this.#evaluate();
      if (step % spec.logging.everySteps === 0 || this.#finished) this.#log();

      const now = performance.now();
      const sinceCheckpoint = (now - checkpointAt) / 1000;
      const { everySeconds, minSeconds } = spec.checkpoints;
      const due = everySeconds === undefined ? this.#isDue(spec.checkpoints) : sinceCheckpoint >= everySeconds;
      if (due && sinceCheckpoint >= minSeconds && !this.#finished) {
        yield* this.#flush();
        yield this.#checkpoint('periodic');
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
        if (!this.#isDue(spec.evaluation)) this.#evaluate();
        cutShort = true;
        break;
      }
      if (stop !== 'no' && !this.#finished) {
        yield* this.#flush();
        if (stop === 'checkpoint') yield this.#checkpoint('stop');
        return { reason: 'stopped', step, epoch: this.#epoch, bestStep: this.#bestStep };
      }
    }
    yield* this.#flush();
    // Made first, since measuring the model puts its weights in the place of the last ones.
    const checkpoint = this.#checkpoint('final');
    const metrics = this.#finalMetrics();
    yield checkpoint;
    const reason = cutShort ? 'cutShort' : this.#step < steps.total ? 'earlyStopped' : 'completed';
    return { reason, step: this.#step, epoch: this.#epoch, bestStep: this.#bestStep, metrics };
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

  /** Measures the validation split; remembers the weights if they are the best. */
  #evaluate(): void {
    const { shape, spec } = this.plan;
    this.#expectFiniteWeights();
    if (shape.rows.validation === 0) return;
    const { values } = this.#measure('validation', asksForScores(spec));
    const { metrics, best } = spec.evaluation;
    const names = metrics === 'auto' ? Object.keys(values).filter((name) => !name.includes('.')) : ['loss', ...metrics];
    const step = this.#step;
    const named = names.map((name) => [`validation.${name}`, values[name]!] as const);
    this.#rows.push(...named.map(([name, value]) => ({ step, name, value })));
    this.#metrics = Object.fromEntries(named);

    this.#best = watch(this.#best, best, { step, value: values[watchedName(best.metric)]! });
    if (this.#bestStep === step) this.#keepWeights();
    if (spec.earlyStopping.type === 'patience') {
      const value = values[watchedName(spec.earlyStopping.metric)]!;
      this.#earlyStopping = watch(this.#earlyStopping, spec.earlyStopping, { step, value });
    }
    if (spec.schedule.type === 'plateau') {
      const value = values[watchedName(spec.schedule.metric)]!;
      this.#plateau = watchPlateau(this.#plateau, spec.schedule, { step, value });
      this.#stepper.reductions = this.#plateau.reductions;
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

  #checkpoint(kind: 'periodic' | 'stop' | 'final'): TrainEvent {
    this.#expectFiniteWeights();
    const best = this.#bestStep === this.#step;
    if (best) this.#keepWeights();
    const state: RunState = {
      step: this.#step,
      openLoss: { sum: this.#openLossSum, weight: this.#openLossWeight },
      best: this.#best,
      earlyStopping: this.#earlyStopping,
      plateau: this.#plateau,
      metrics: this.#metrics,
    };
    const bytes = encodeCheckpoint(this.#machine, this.plan, { state, metadata: this.#input.metadata ?? {} });
    return { type: 'checkpoint', step: this.#step, epoch: this.#epoch, kind, best, bytes, metrics: this.#metrics };
  }

  /** Of the model: the best weights where they are kept. */
  #finalMetrics(): FinalMetrics {
    const { keepsBest, addresses, graph, shape } = this.plan;
    const { f32 } = this.#machine.memory;
    if (keepsBest) copyFloats(f32, { from: addresses.best, to: addresses.model, elements: graph.elements });
    return {
      train: this.#measure('train', true),
      validation: shape.rows.validation > 0 ? this.#measure('validation', true) : null,
      test: shape.rows.test > 0 ? this.#measure('test', true) : null,
    };
  }

  #measure(name: SplitName, scored: boolean): SplitMetrics {
    const { metricScale: scale } = this.#input;
    return evaluate(this.#machine, this.plan, name, { source: this.#rowSource, step: this.#step, scale, scored });
  }

  /** What an update wrote is seen in the next step's loss; before weights are kept or measured it is looked for here. */
  #expectFiniteWeights(): void {
    const { graph, addresses } = this.plan;
    link(emitSquaredNorm({ elements: graph.elements, x: addresses.parameters }, addresses), this.#machine.kernels)();
    if (Number.isFinite(this.#machine.memory.f64[addresses.squaredNorm / 8])) return;
    const at = { step: this.#step, updates: this.#step };
    throw nonFiniteError(this.#machine, this.plan, { what: 'weights', program: null, ...at });
  }
}
