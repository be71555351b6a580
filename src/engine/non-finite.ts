/** Finds where a NaN or an infinity came in. Looked for only once the loss or a norm has told that there is one. */
import { EngineError } from './errors.js';
import type { Machine } from './machine.js';
import type { EngineMemory } from './memory.js';
import type { Plan } from './plan.js';
import type { Program } from './program.js';

interface NonFinite {
  readonly layer: string;
  readonly tensor: string;
  readonly value: number;
  /** Whether the tensor is a parameter: then an update wrote the value, not the batch at hand. */
  readonly isParameter: boolean;
}

/**
 * The error that names layer and tensor. `what` told that something is not finite, while `step` was being computed on
 * weights that had seen `updates` updates; a parameter's value was written by the last of those, anything else just now.
 */
export function nonFiniteError(
  { memory }: Machine,
  plan: Plan,
  at: { what: string; program: Program | null; step: number; updates: number },
): EngineError {
  const found = findNonFinite(memory, plan, at.program);
  const step = found?.isParameter ? at.updates : at.step;
  const place = found === null ? '' : `, first in ${found.layer}: ${found.tensor} has ${found.value}`;
  return new EngineError('non_finite', `step ${step}: ${at.what} not finite${place}`, {
    step,
    expected: 'finite numbers',
    ...(found === null ? {} : { layer: found.layer, got: String(found.value) }),
  });
}

/** The first non-finite tensor in the order of computing: parameters, the program's buffers, gradients from the top. */
function findNonFinite({ f32 }: EngineMemory, plan: Plan, program: Program | null): NonFinite | null {
  const { graph, addresses } = plan;
  const scan = (pointer: number, elements: number) =>
    f32.subarray(pointer / 4, pointer / 4 + elements).find((value) => !Number.isFinite(value));
  const parametersAt = (start: number, kind: string) =>
    graph.layers.flatMap(({ name: layer, parameters }) =>
      parameters.map(({ name, offset, elements }) => ({
        layer,
        name: name + kind,
        pointer: start + offset * 4,
        elements,
      })),
    );
  const places = [
    ...parametersAt(addresses.parameters, '').map((place) => ({ ...place, isParameter: true })),
    ...[...(program?.tensors ?? []), ...parametersAt(addresses.gradients, ' gradient').reverse()].map((place) => ({
      ...place,
      isParameter: false,
    })),
  ];
  for (const { layer, name, pointer, elements, isParameter } of places) {
    const value = scan(pointer, elements);
    if (value !== undefined) return { layer, tensor: name, value, isParameter };
  }
  return null;
}
