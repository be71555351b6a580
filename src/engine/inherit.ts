/**
 * A run that starts from the checkpoint of another spec. It goes on with that training (step, optimizer state, what is
 * best) where the two agree on all that this state is about: model, data, loss, batches, kind of optimizer. Otherwise it
 * begins at step 0 with the weights alone.
 */
import {
  canonicalJson,
  engineVersion,
  expectEqual,
  isOfResume,
  loadParameters,
  loadRun,
  parsedMetadata,
  type RunState,
  resumePrefix,
  resumeTensors,
} from './checkpoint.js';
import { EngineError } from './errors.js';
import { modelParameters } from './graph.js';
import type { Machine } from './machine.js';
import { type Plan, planTraining } from './plan.js';
import { decodeSafetensors, readHeader, type SafetensorsHeader } from './safetensors.js';
import { startPlateau } from './schedules/plateau.js';
import type { DataShape } from './shape.js';
import type { ResolvedEngineSpec } from './spec.js';
import type { Tuning } from './tuning.js';
import { unwatched } from './watch.js';

/** Of the checkpoint's two sets of weights: those after its step, or the best so far, with which no training goes on. */
export type InheritedWeights = 'last' | 'best';

export interface Inheritance {
  readonly what: 'training' | 'weights';
  /** Where the run begins, and where it ends. */
  readonly step: number;
  readonly totalSteps: number;
}

/**
 * What a run of `spec` takes over from a checkpoint, of which the header is enough. Throws `checkpoint_mismatch` where the
 * parameters are not the same, and what planning throws.
 */
export function inheritanceOf(
  file: Uint8Array,
  spec: ResolvedEngineSpec,
  { weights, tuning }: { weights: InheritedWeights; tuning?: Tuning | undefined },
): Inheritance {
  const header = readHeader(file);
  expectEqual(header, 'version', engineVersion);
  const plan = planTraining(spec, parsedMetadata(header, 'shape') as DataShape, { tuning });
  expectParameters(header, plan);
  const goesOn = weights === 'last' && continues(header, plan);
  const { step } = parsedMetadata(header, 'state') as RunState;
  return { what: goesOn ? 'training' : 'weights', step: goesOn ? step : 0, totalSteps: plan.totalSteps };
}

/** Fills the memory of a run that was initialised; null: with weights alone, from step 0. Throws `checkpoint_mismatch`. */
export function inherit(
  file: Uint8Array,
  weights: InheritedWeights,
  { memory, plan }: Pick<Machine, 'memory'> & { plan: Plan },
): RunState | null {
  const header = readHeader(file);
  const checkpoint = decodeSafetensors(file);
  const { addresses, spec } = plan;
  const { parameters, corrections } = plan.graph;
  expectEqual(header, 'version', engineVersion);
  if (weights === 'last' && continues(header, plan)) {
    loadRun(checkpoint, memory, plan);
    return stateFor(spec, header);
  }
  const corrected = corrections.length > 0 ? ['average', 'weights'] : [];
  const prefix = [weights === 'last' ? 'weights' : 'best', ...corrected]
    .map(resumePrefix)
    .find((folder) => checkpoint.tensors.has(`${folder}${parameters[0]!.fullName}`)); // else it is the model itself
  for (const pointer of [addresses.parameters, addresses.average]) {
    if (pointer !== 0) loadParameters(checkpoint, { parameters, memory, pointer, prefix: prefix ?? '' });
  }
  return null;
}

/** The checkpoint's state; what watches for something else now starts watching. */
function stateFor(spec: ResolvedEngineSpec, header: SafetensorsHeader): RunState {
  const before = parsedMetadata(header, 'spec') as ResolvedEngineSpec;
  const { earlyStopping, plateau, guard, ...state } = parsedMetadata(header, 'state') as RunState;
  return {
    ...state,
    earlyStopping: isEqual(watched(before), watched(spec)) ? earlyStopping : unwatched,
    plateau: isEqual(before.schedule, spec.schedule) ? plateau : startPlateau,
    guard: before.optimizer.learningRate === spec.optimizer.learningRate ? guard : { ...guard, learningRateScale: 1 },
  };
}

/** What early stopping waits for; how long it waits may change on the way. */
const watched = ({ earlyStopping }: ResolvedEngineSpec) =>
  earlyStopping.type === 'patience' ? { ...earlyStopping, patience: null } : earlyStopping;

function continues(header: SafetensorsHeader, plan: Plan): boolean {
  const before = parsedMetadata(header, 'spec') as ResolvedEngineSpec;
  const kept = header.entries
    .map(({ name }) => name)
    .filter((name) => isOfResume(name) && !name.startsWith(resumePrefix('guard')));
  return (
    isEqual(subject(before), subject(plan.spec)) &&
    isEqual(parsedMetadata(header, 'shape'), plan.shape) &&
    isEqual(kept.sort(), resumeTensors(plan).sort())
  );
}

/** What the state of a run is about. How long it trains, and how fast it learns, may change on the way. */
const subject = ({ model, loss, evaluation, optimizer, training }: ResolvedEngineSpec) => {
  const { epochs: _, steps: __, clipNorm: ___, clipValue: ____, ...batches } = training;
  return { model, loss, best: evaluation.best, optimizer: optimizer.type, batches };
};

const isEqual = (a: unknown, b: unknown): boolean => canonicalJson(a) === canonicalJson(b);

/** Throws where the model of `plan` has other parameters, naming the first. */
function expectParameters({ entries }: SafetensorsHeader, { graph }: Plan): void {
  const shapes = new Map(entries.map(({ name, shape }) => [name, shape.join(', ')]));
  const parameters = modelParameters(graph);
  for (const { fullName, shape } of parameters) {
    const [expected, got] = [shapes.get(fullName), shape.join(', ')];
    if (expected === got) continue;
    const message = `model: parameter ${fullName}: expected [${expected ?? 'none'}] as in the checkpoint, got [${got}]`;
    throw new EngineError('checkpoint_mismatch', message, { path: '/model', expected: expected ?? 'none', got });
  }
  const before = [...shapes.keys()].filter((name) => !isOfResume(name)).length;
  if (before === parameters.length) return;
  const [expected, got] = [`${before} parameters`, `${parameters.length}`];
  throw new EngineError('checkpoint_mismatch', `model: expected ${expected} as in the checkpoint, got ${got}`, {
    ...{ path: '/model', expected, got },
  });
}
