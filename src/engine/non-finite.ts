/** Finds where a NaN or an infinity came in. Looked for only once the loss or a norm has told that there is one. */
import { EngineError } from './errors.js';
import { link } from './link.js';
import type { Machine } from './machine.js';
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
  machine: Machine,
  plan: Plan,
  at: { what: string; program: Program | null; step: number; updates: number },
): EngineError {
  const found = findNonFinite(machine, plan, at.program);
  const step = found?.isParameter ? at.updates : at.step;
  const place = found === null ? '' : `, first in ${found.layer}: ${found.tensor} has ${found.value}`;
  return new EngineError('non_finite', `step ${step}: ${at.what} not finite${place}`, {
    step,
    expected: 'finite numbers',
    ...(found === null
      ? {}
      : { layer: found.layer, tensor: found.tensor, value: found.value, got: String(found.value) }),
  });
}

/** The first non-finite tensor in the order of computing: parameters, the program's buffers, gradients from the top. */
function findNonFinite(machine: Machine, plan: Plan, program: Program | null): NonFinite | null {
  const { graph, addresses } = plan;
  const { f32 } = machine.memory;
  const parametersAt = (start: number, kind: string) =>
    graph.layers.flatMap(({ name: layer, parameters }) =>
      parameters.map(({ name, offset, elements }) => ({
        layer,
        name: name + kind,
        pointer: start + offset * 4,
        elements,
      })),
    );
  for (const place of parametersAt(addresses.parameters, '')) {
    const value = firstNonFinite(f32, place);
    if (value !== undefined) return { layer: place.layer, tensor: place.name, value, isParameter: true };
  }
  const computed = program === null ? null : replay(machine, program);
  if (computed !== null) return computed;
  for (const place of parametersAt(addresses.gradients, ' gradient').reverse()) {
    const value = firstNonFinite(f32, place);
    if (value !== undefined) return { layer: place.layer, tensor: place.name, value, isParameter: false };
  }
  return null;
}

/**
 * Runs the program once more, and after each call looks at the buffers that it names: by its end they have made room for
 * one another. A buffer is zeroed where its life begins, so that what is not written yet is finite.
 */
function replay({ memory: { f32 }, kernels }: Machine, program: Program): NonFinite | null {
  const { calls } = program;
  const tensors = program.tensors();
  for (const [index, call] of calls.entries()) {
    const alive = tensors.filter(({ first, last }) => Math.max(first, 0) <= index && index <= last);
    for (const { first, pointer, elements } of alive) {
      if (Math.max(first, 0) === index) f32.fill(0, pointer / 4, pointer / 4 + elements);
    }
    link([call], kernels)();
    for (const tensor of alive) {
      const { layer, name, pointer, elements } = tensor;
      if (!call.args.some((arg) => arg >= pointer && arg < pointer + elements * 4)) continue;
      const value = firstNonFinite(f32, tensor);
      if (value !== undefined) return { layer, tensor: name, value, isParameter: false };
    }
  }
  return null;
}

function firstNonFinite(f32: Float32Array, { pointer, elements }: { pointer: number; elements: number }) {
  return f32.subarray(pointer / 4, pointer / 4 + elements).find((value) => !Number.isFinite(value));
}
