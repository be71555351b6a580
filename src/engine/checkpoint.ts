/**
 * A checkpoint: one safetensors file with the model (its best weights under their plain names) and everything that
 * continuing to the same bits needs. It holds no time and nothing else that two equal runs could differ in.
 *
 * tensors   `<parameter>`                     the model: the best weights so far, or the last ones where no best is kept, with
 *                                             their corrections of low rank added to them
 *           `resume/weights/<parameter>`      the present weights, where they are not the model
 *           `resume/average/<parameter>`      their moving average, where there is one that is not the model
 *           `resume/best/<parameter>`         the best weights, where corrections stand beside them
 *           `resume/<state>/<parameter>`      each buffer of the optimizer
 *           `resume/guard/<name>/<parameter>` each of these as a guard goes back to it
 * metadata  `trainyard.version|fingerprint|specHash|spec|shape|state`, beside what the caller adds
 */
import { createHash } from 'node:crypto';
import { EngineError } from './errors.js';
import { type Graph, isLearnt, modelParameters, type Parameter } from './graph.js';
import type { GuardState } from './guard.js';
import type { InheritedWeights } from './inherit.js';
import type { Pointer } from './kernels/kernels.js';
import type { Machine } from './machine.js';
import type { EngineMemory } from './memory.js';
import type { Plan } from './plan.js';
import type { StepNorm } from './post-mortem.js';
import { decodeSafetensors, encodeSafetensors, type Safetensors, type Tensor } from './safetensors.js';
import type { PlateauState } from './schedules/plateau.js';
import type { DataShape } from './shape.js';
import type { ResolvedEngineSpec } from './spec.js';
import type { WatchState } from './watch.js';

/** Rises whenever equal specs would train to other bits than before, or the file's layout changes. */
export const engineVersion = '5';

/** What of a run is neither a tensor nor a function of the spec. */
export interface RunState {
  /** Updates done. Epoch, order of the rows and position in it follow from it. */
  readonly step: number;
  /** Since the last logged step: what the next row of train.loss is the mean of. */
  readonly openLoss: { readonly sum: number; readonly weight: number };
  readonly best: WatchState;
  readonly earlyStopping: WatchState;
  /** Of the schedule that reduces the learning rate on a plateau. */
  readonly plateau: PlateauState;
  readonly guard: GuardState;
  /** Of the last steps, the latest last. */
  readonly gradientNorms: readonly StepNorm[];
  /** Mean loss of the first step; null before it. */
  readonly firstLoss: number | null;
  /** Of the latest evaluation. */
  readonly metrics: Readonly<Record<string, number>>;
}

const key = (name: string) => `trainyard.${name}`;

/** Of the tensors that only resuming needs. */
export const resumePrefix = (name: string): string => `${resumeFolder}${name}/`;
const resumeFolder = 'resume/';
export const isOfResume = (name: string): boolean => name.startsWith(resumeFolder);

export function encodeCheckpoint(
  { memory, kernels }: Machine,
  plan: Plan,
  { state, metadata }: { state: RunState; metadata: Readonly<Record<string, string>> },
): Uint8Array<ArrayBuffer> {
  const { graph, addresses, keepsBest, spec, shape } = plan;
  const tensorsAt = (pointer: Pointer, prefix: string, parameters = graph.parameters) =>
    parameters.map((parameter): Tensor => {
      const { fullName, shape, elements, offset } = parameter;
      const start = pointer / 4 + offset;
      return { name: `${prefix}${fullName}`, dtype: 'F32', shape, data: memory.f32.subarray(start, start + elements) };
    });
  const resume = [...addresses.optimizerState].flatMap(([name, pointer]) =>
    tensorsAt(pointer, resumePrefix(name), graph.parameters.filter(isLearnt)),
  );
  resume.push(...guarded(plan).flatMap(({ pointer, prefix, parameters }) => tensorsAt(pointer, prefix, parameters)));
  const kept = keptWeights(plan);
  resume.push(...kept.flatMap(({ name, pointer }) => tensorsAt(pointer, resumePrefix(name))));
  const model = tensorsAt(keepsBest ? addresses.best : addresses.model, '', modelParameters(graph));
  const corrected = correctedWeights(graph, memory, keepsBest ? addresses.best : addresses.model);
  const merged = model.map((tensor) => ({ ...tensor, data: corrected.get(tensor.name) ?? tensor.data }) as Tensor);
  return encodeSafetensors([...merged, ...resume], {
    ...metadata,
    [key('version')]: engineVersion,
    [key('fingerprint')]: kernels.name,
    [key('specHash')]: specHash(spec, shape),
    [key('spec')]: canonicalJson(spec),
    [key('shape')]: canonicalJson(shape),
    [key('state')]: canonicalJson(state),
  });
}

/** W + scale · A B of each corrected weight, by its name. */
function correctedWeights({ corrections }: Graph, { f32 }: EngineMemory, pointer: Pointer): Map<string, Float32Array> {
  const at = ({ offset, elements }: Parameter) => f32.subarray(pointer / 4 + offset, pointer / 4 + offset + elements);
  return new Map(
    corrections.map(({ weight, down, up, scale }) => {
      const [inputs, rank] = down.shape as [number, number];
      const units = up.shape[1]!;
      const [w, a, b] = [at(weight).slice(), at(down), at(up)];
      for (let i = 0; i < inputs; i++) {
        for (let k = 0; k < rank; k++) {
          const factor = scale * a[i * rank + k]!;
          for (let j = 0; j < units; j++) w[i * units + j]! += factor * b[k * units + j]!;
        }
      }
      return [weight.fullName, w];
    }),
  );
}

/** The weights that resuming needs beside those that are the model. What was corrected is none of the run's own weights. */
function keptWeights({ graph, addresses, keepsBest }: Plan): { name: string; pointer: Pointer }[] {
  const { parameters, average, best } = addresses;
  const averages = average !== 0;
  const corrects = graph.corrections.length > 0;
  return [
    ...(averages || keepsBest || corrects ? [{ name: 'weights', pointer: parameters }] : []),
    ...(averages && (keepsBest || corrects) ? [{ name: 'average', pointer: average }] : []),
    ...(keepsBest && corrects ? [{ name: 'best', pointer: best }] : []),
  ];
}

/** What a guard goes back to. */
function guarded({ graph, addresses: { snapshot, optimizerState } }: Plan) {
  return [...snapshot].map(([name, { kept: pointer }]) => ({
    pointer,
    prefix: resumePrefix(`guard/${name}`),
    parameters: optimizerState.has(name) ? graph.parameters.filter(isLearnt) : graph.parameters,
  }));
}

/** Names of the tensors that a run of this plan resumes from, beside its model. */
export function resumeTensors(plan: Plan): string[] {
  const { graph, addresses } = plan;
  const named = (name: string, parameters: readonly Parameter[]) =>
    parameters.map(({ fullName }) => `${resumePrefix(name)}${fullName}`);
  return [
    ...[...addresses.optimizerState.keys()].flatMap((name) => named(name, graph.parameters.filter(isLearnt))),
    ...keptWeights(plan).flatMap(({ name }) => named(name, graph.parameters)),
  ];
}

/**
 * Puts a run back to where the checkpoint was taken. Throws `checkpoint_mismatch` where it is another run's, or was written
 * under other kernels and `anyKernels` is not set.
 */
export function restoreCheckpoint(
  bytes: Uint8Array,
  { memory, kernels }: Machine,
  { plan, anyKernels = false }: { plan: Plan; anyKernels?: boolean | undefined },
): RunState {
  const checkpoint = decodeSafetensors(bytes);
  expectEqual(checkpoint, 'version', engineVersion);
  if (!anyKernels) expectEqual(checkpoint, 'fingerprint', kernels.name);
  expectEqual(checkpoint, 'specHash', specHash(plan.spec, plan.shape));
  loadRun(checkpoint, memory, plan);
  for (const buffer of guarded(plan)) loadParameters(checkpoint, { ...buffer, memory });
  return parsedMetadata(checkpoint, 'state') as RunState;
}

/** What training goes on with; what a guard goes back to is another matter. */
export function loadRun(checkpoint: Safetensors, memory: EngineMemory, plan: Plan): void {
  const { graph, addresses, keepsBest } = plan;
  const load = (pointer: Pointer, prefix: string, parameters = graph.parameters) =>
    loadParameters(checkpoint, { parameters, memory, pointer, prefix });
  for (const [name, pointer] of addresses.optimizerState) {
    load(pointer, resumePrefix(name), graph.parameters.filter(isLearnt));
  }
  for (const { name, pointer } of keptWeights(plan)) load(pointer, resumePrefix(name));
  if (graph.corrections.length === 0) load(keepsBest ? addresses.best : addresses.model, '');
}

/** The model in a checkpoint, without what resuming needs. */
export interface CheckpointModel {
  readonly spec: ResolvedEngineSpec;
  readonly shape: DataShape;
  readonly metadata: Readonly<Record<string, string>>;
  /** Writes the parameters to the flat buffer at `pointer`. */
  load(graph: Graph, memory: EngineMemory, pointer: Pointer): void;
  /** The values of one parameter, row-major. */
  values(parameter: Parameter): Float32Array;
}

export function openModel(bytes: Uint8Array): CheckpointModel {
  const checkpoint = decodeSafetensors(bytes);
  expectEqual(checkpoint, 'version', engineVersion);
  return {
    spec: parsedMetadata(checkpoint, 'spec') as ResolvedEngineSpec,
    shape: parsedMetadata(checkpoint, 'shape') as DataShape,
    metadata: checkpoint.metadata,
    load: ({ parameters }, memory, pointer) => loadParameters(checkpoint, { parameters, memory, pointer, prefix: '' }),
    values: (parameter) => parameterValues(checkpoint, parameter, ''),
  };
}

/**
 * The model alone: what predicting and fine-tuning need, without what only resuming does. `weights`: the best so far, or
 * those after the checkpoint's step, averaged where the run averages.
 */
export function encodeModel(bytes: Uint8Array, weights: InheritedWeights = 'best'): Uint8Array<ArrayBuffer> {
  const checkpoint = decodeSafetensors(bytes);
  const { [key('state')]: _, ...kept } = checkpoint.metadata;
  const prefix = weights === 'last' ? lastPrefix(checkpoint) : '';
  const model = [...checkpoint.tensors.values()].filter(({ name }) => !isOfResume(name));
  return encodeSafetensors(
    model.map(({ name }) => ({ ...checkpoint.tensors.get(prefix + name)!, name })),
    kept,
  );
}

/** Where the last weights stand: beside the best, where there is a best, else they are the model. */
function lastPrefix(checkpoint: Safetensors): string {
  const { training } = parsedMetadata(checkpoint, 'spec') as ResolvedEngineSpec;
  const prefix = resumePrefix(training.emaDecay === null ? 'weights' : 'average');
  return [...checkpoint.tensors.keys()].some((name) => name.startsWith(prefix)) ? prefix : '';
}

export function loadParameters(
  checkpoint: Safetensors,
  {
    parameters,
    memory,
    pointer,
    prefix,
  }: { parameters: readonly Parameter[]; memory: EngineMemory; pointer: Pointer; prefix: string },
): void {
  for (const parameter of parameters) {
    memory.f32.set(parameterValues(checkpoint, parameter, prefix), pointer / 4 + parameter.offset);
  }
}

function parameterValues({ tensors }: Safetensors, { fullName, shape }: Parameter, prefix: string): Float32Array {
  const tensor = tensors.get(prefix + fullName);
  const [expected, got] = [`F32 [${shape.join(', ')}]`, tensor && `${tensor.dtype} [${tensor.shape.join(', ')}]`];
  if (tensor?.dtype === 'F32' && got === expected) return tensor.data;
  const message = `checkpoint: tensor ${prefix}${fullName}: expected ${expected}, got ${got ?? 'none'}`;
  throw new EngineError('checkpoint_mismatch', message, { expected, got });
}

function metadataOf({ metadata }: Pick<Safetensors, 'metadata'>, name: string): string {
  const value = metadata[key(name)];
  if (value === undefined) throw new EngineError('checkpoint_mismatch', `checkpoint: no metadata ${key(name)}`);
  return value;
}

export function parsedMetadata(checkpoint: Pick<Safetensors, 'metadata'>, name: string): unknown {
  try {
    return JSON.parse(metadataOf(checkpoint, name));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new EngineError('checkpoint_mismatch', `checkpoint: metadata ${key(name)} is not JSON: ${error.message}`);
  }
}

export function expectEqual(checkpoint: Pick<Safetensors, 'metadata'>, name: string, expected: string): void {
  const got = metadataOf(checkpoint, name);
  if (got === expected) return;
  const message = `checkpoint: another ${name}: expected ${expected}, got ${got}`;
  throw new EngineError('checkpoint_mismatch', message, { expected, got });
}

const specHash = (spec: ResolvedEngineSpec, shape: DataShape): string =>
  createHash('sha256')
    .update(`${canonicalJson(spec)}\n${canonicalJson(shape)}`)
    .digest('hex');

/** JSON with keys sorted, so that equal values are equal strings however they were built. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
