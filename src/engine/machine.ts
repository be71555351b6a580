/** A plan made real: its memory, the kernels on it, and each program bound to them. */
import type { Kernels, KernelsFactory } from './kernels/kernels.js';
import { createMemory, type EngineMemory } from './memory.js';
import type { Plan } from './plan.js';
import { link, type Program } from './program.js';

export interface RunnableProgram extends Program {
  readonly run: () => void;
}

export interface Machine {
  readonly memory: EngineMemory;
  readonly kernels: Kernels;
  readonly programs: { readonly [Name in keyof Plan['programs']]: ReadonlyMap<number, RunnableProgram> };
  readonly update: () => void;
}

export async function createMachine(plan: Plan, factory: KernelsFactory): Promise<Machine> {
  const memory = createMemory(plan.peakBytes);
  const kernels = await factory.create(memory.memory, plan.addresses.scratch);
  const linkAll = (programs: ReadonlyMap<number, Program>) =>
    new Map([...programs].map(([rows, program]) => [rows, { ...program, run: link(program.calls, kernels) }]));
  const { first, further, evaluation } = plan.programs;
  return {
    memory,
    kernels,
    programs: { first: linkAll(first), further: linkAll(further), evaluation: linkAll(evaluation) },
    update: link(plan.update, kernels),
  };
}
