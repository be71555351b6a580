/** A run of training, and what it starts from: nothing, a checkpoint of its own, one of another spec, or weights by name. */
import { type RunState, restoreCheckpoint } from './checkpoint.js';
import { loadData, type TrainingData } from './data.js';
import type { MetricScale } from './evaluate.js';
import type { TrainEvent, TrainOutcome } from './events.js';
import { FedRows } from './feed/fed-rows.js';
import type { Feed } from './feed/feed.js';
import { startGuard } from './guard.js';
import { type InheritedWeights, inherit } from './inherit.js';
import type { KernelsFactory } from './kernels/kernels.js';
import { createMachine, type Machine } from './machine.js';
import { loadNamed, type NamedWeights } from './named-weights.js';
import { type Plan, planTraining } from './plan.js';
import { Draws, streamNumber } from './rng.js';
import { loadClassWeights } from './row-weights.js';
import { type RowSource, StandingRows } from './rows.js';
import { startPlateau } from './schedules/plateau.js';
import type { DataShape } from './shape.js';
import { copyFloats, withSnapshot } from './snapshot.js';
import type { ResolvedEngineSpec } from './spec.js';
import { Run } from './training-loop.js';
import type { Tuning } from './tuning.js';
import { unwatched } from './watch.js';

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
  /** Where nothing is resumed or inherited. */
  readonly initializeFrom?: NamedWeights;
  /** What learns, where not everything does. */
  readonly tuning?: Tuning;
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
export type RunInput = Omit<TrainInput, 'spec' | 'shape' | 'threads' | 'tuning'>;

export interface Trainer {
  readonly plan: Plan;
  /** Updates done so far. */
  readonly step: number;
  /** The run, once; every metric row of a step comes before the step's checkpoint. */
  run(): Generator<TrainEvent, TrainOutcome, void>;
}

/** Allocates the plan's memory and puts the run at its start, or where `resumeFrom` left it. Throws what planning throws. */
export async function createTrainer(input: TrainInput): Promise<Trainer> {
  const { spec, shape, kernels, tuning, threads = 1 } = input;
  const feed = isFeed(input.data) ? input.data : undefined;
  return createTrainerFor(
    planTraining(spec, shape, { scratchBytes: kernels.scratchBytes, threads, feed, tuning }),
    input,
  );
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
  const { resumeFrom, anyKernels, inheritFrom, initializeFrom } = input;
  if (resumeFrom !== undefined) return restoreCheckpoint(resumeFrom, machine, { plan, anyKernels });
  initialize(machine, plan);
  if (initializeFrom !== undefined) loadNamed(initializeFrom, { ...machine, plan });
  const inherited = inheritFrom && inherit(inheritFrom.file, inheritFrom.weights, { ...machine, plan });
  const state = inherited ?? startState;
  return { ...state, guard: withSnapshot(state, machine, plan) };
}

/** Where a run stands before its first step. */
export const startState: RunState = {
  step: 0,
  openLoss: { sum: 0, weight: 0 },
  best: unwatched,
  earlyStopping: unwatched,
  plateau: startPlateau,
  guard: startGuard,
  gradientNorms: [],
  firstLoss: null,
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
