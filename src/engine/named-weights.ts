/** Weights of a file by the names of parameters, as a run of another model, or of other data, starts from them. */
import { engineVersion, expectEqual, isOfResume, parsedMetadata } from './checkpoint.js';
import { EngineError } from './errors.js';
import { modelParameters, type Parameter } from './graph.js';
import type { Machine } from './machine.js';
import type { Plan } from './plan.js';
import { decodeSafetensors, type SafetensorsHeader, type TensorEntry } from './safetensors.js';
import type { ResolvedEngineSpec } from './spec.js';

export interface Naming {
  /** Name in the file → name of a parameter; a name that is not here stands for itself. */
  readonly names: Readonly<Record<string, string>>;
  /** Patterns of names in the file: the matrices of these are [units, inputs], as PyTorch has them. */
  readonly transposed: readonly string[];
}

export interface NamedWeights extends Naming {
  readonly file: Uint8Array;
  /** Parameters that begin as without the file. */
  readonly except: readonly string[];
}

/** How a parameter stands to the file: `got` is its tensor's shape as the parameter would have it, null where there is none. */
export interface Match {
  readonly parameter: Parameter;
  readonly got: readonly number[] | null;
  readonly fits: boolean;
}

/** Whether the name is one of the pattern's, in which * stands for any characters, or none. */
export function matchesPattern(name: string, pattern: string): boolean {
  const [first = '', ...others] = pattern.split('*');
  const last = others.pop();
  if (last === undefined) return name === pattern;
  let end = first.length;
  for (const part of others) {
    const found = name.indexOf(part, end);
    if (found < 0) return false;
    end = found + part.length;
  }
  return name.startsWith(first) && name.endsWith(last) && name.length - last.length >= end;
}

const isTransposed = ({ name, shape }: Pick<TensorEntry, 'name' | 'shape'>, { transposed }: Naming): boolean =>
  shape.length === 2 && transposed.some((pattern) => matchesPattern(name, pattern));

/** By the parameter that each is named as; what resumes a run is none of them. */
function tensorsByParameter<Tensor extends Pick<TensorEntry, 'name'>>(
  tensors: Iterable<Tensor>,
  { names }: Naming,
): Map<string, Tensor> {
  const weights = [...tensors].filter(({ name }) => !isOfResume(name));
  return new Map(
    weights.map((tensor) => [Object.hasOwn(names, tensor.name) ? names[tensor.name]! : tensor.name, tensor]),
  );
}

/** The spec that a checkpoint was trained by. Throws `checkpoint_mismatch` where it is none of this version of the engine. */
export function specOf(header: SafetensorsHeader): ResolvedEngineSpec {
  expectEqual(header, 'version', engineVersion);
  return parsedMetadata(header, 'spec') as ResolvedEngineSpec;
}

export function matchWeights(
  { entries }: SafetensorsHeader,
  parameters: readonly Parameter[],
  naming: Naming,
): Match[] {
  const tensors = tensorsByParameter(entries, naming);
  return parameters.map((parameter) => {
    const tensor = tensors.get(parameter.fullName);
    if (tensor === undefined) return { parameter, got: null, fits: false };
    const got = isTransposed(tensor, naming) ? tensor.shape.toReversed() : tensor.shape;
    return { parameter, got, fits: tensor.dtype === 'F32' && String(got) === String(parameter.shape) };
  });
}

/** Over what the parameters began with, and their average. Throws `checkpoint_mismatch` where one that is to be there does not fit. */
export function loadNamed(
  { file, except, ...naming }: NamedWeights,
  { memory, plan: { graph, addresses } }: Pick<Machine, 'memory'> & { plan: Plan },
): void {
  const tensors = tensorsByParameter(decodeSafetensors(file).tensors.values(), naming);
  for (const { fullName, shape, elements, offset } of modelParameters(graph)) {
    if (except.includes(fullName)) continue;
    const tensor = tensors.get(fullName);
    const turns = tensor !== undefined && isTransposed(tensor, naming);
    const [expected, got] = [shape, turns ? tensor.shape.toReversed() : tensor?.shape].map((it) => `[${it ?? 'none'}]`);
    if (tensor?.dtype !== 'F32' || expected !== got) {
      const message = `initialize: parameter ${fullName}: the data make it ${expected}, its weights are ${got}`;
      throw new EngineError('checkpoint_mismatch', message, { path: '/initialize', expected, got });
    }
    const values = turns ? transposed(tensor.data, tensor.shape as [number, number]) : tensor.data;
    for (const pointer of [addresses.parameters, addresses.average]) {
      if (pointer !== 0) memory.f32.subarray(pointer / 4 + offset, pointer / 4 + offset + elements).set(values);
    }
  }
}

function transposed(values: Float32Array, [rows, cols]: readonly [number, number]): Float32Array {
  const turned = new Float32Array(values.length);
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++) turned[col * rows + row] = values[row * cols + col]!;
  }
  return turned;
}
