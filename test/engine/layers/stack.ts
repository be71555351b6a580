/** A stack of layers with the training program of one batch, and places to write to and read from. */
import { buildGraph } from '../../../src/engine/graph.js';
import type { Kernels } from '../../../src/engine/kernels/kernels.js';
import type { LayerSpec } from '../../../src/engine/layers/index.js';
import { link } from '../../../src/engine/link.js';
import { createMachine, type RunnableProgram } from '../../../src/engine/machine.js';
import type { NamedLayer } from '../../../src/engine/models/model.js';
import { type Plan, planStack } from '../../../src/engine/plan.js';
import { resolveEngineSpec } from '../../../src/engine/resolve.js';
import { type DataShape, elementsOf } from '../../../src/engine/shape.js';
import type { Tuning } from '../../../src/engine/tuning.js';
import { backends } from '../backends.js';

export const named = (specs: readonly LayerSpec[]): NamedLayer[] =>
  specs.map((spec, index) => ({ name: `layer${index}`, spec, path: '/model' }));

/** Squared error stands behind the stack; its gradient is given from outside by `backwardFrom`. */
export async function stackOf(
  specs: readonly LayerSpec[],
  rows: number,
  inputs: number,
  kernels = backends[0]!,
  tuning?: Tuning,
) {
  const width = elementsOf(buildGraph(named(specs), [inputs]).layers.at(-1)!.outputShape);
  const shape: DataShape = {
    task: 'regression',
    inputs,
    outputs: width,
    rows: { train: rows, validation: 0, test: 0 },
    ...tokensOf(specs[0]!),
  };
  const resolved = resolveEngineSpec({ model: { type: 'mlp' }, training: { batchSize: rows } }, shape);
  const plan = planStack(named(specs), resolved, { shape, tuning, scratchBytes: kernels.scratchBytes });
  const machine = await createMachine(plan, kernels);
  const { memory } = machine;
  memory.u32.set(
    Uint32Array.from({ length: rows }, (_, row) => row),
    plan.addresses.batchRows / 4,
  );
  memory.f32[plan.addresses.lossScale / 4] = 1;
  const f32 = (pointer: number, elements: number) => memory.f32.subarray(pointer / 4, pointer / 4 + elements);
  return {
    plan,
    machine,
    program: machine.programs.first.get(rows)!,
    width,
    x: f32(plan.addresses.inputs, rows * inputs),
    targets: f32(plan.addresses.targets, rows * width),
    parameters: plan.graph.parameters.map((parameter) => ({
      ...parameter,
      values: f32(plan.addresses.parameters + parameter.offset * 4, parameter.elements),
      gradient: f32(plan.addresses.gradients + parameter.offset * 4, parameter.elements),
    })),
    loss() {
      memory.f64[plan.addresses.lossSum / 8] = 0;
      this.program.run();
      return memory.f64[plan.addresses.lossSum / 8]!;
    },
    f32,
  };
}

/** Runs a program with a gradient given from outside in the place of the loss'. */
export function backwardFrom(
  upstream: readonly number[],
  program: RunnableProgram,
  plan: Plan,
  kernels: Kernels,
  f32: Float32Array,
) {
  const gradient = program.tensors().find(({ layer, name }) => layer === 'loss' && name === 'gradient')!;
  const scaled = program.calls.findIndex(
    ({ kernel, args }) => kernel === 'scale' && args[2] === plan.addresses.lossScale,
  );
  link(program.calls.slice(0, scaled + 1), kernels)();
  f32.set(upstream, gradient.pointer / 4);
  link(program.calls.slice(scaled + 1), kernels)();
  return gradient;
}

/** An embedding below is given tokens. */
export const tokensOf = (spec: LayerSpec): Pick<DataShape, 'tokens'> =>
  spec.type === 'embedding' ? { tokens: { vocabulary: spec.vocabulary, targets: 'row', padding: null } } : {};

/** The same words as int32. */
export const tokensIn = (x: Float32Array) => new Int32Array(x.buffer, x.byteOffset, x.length);
