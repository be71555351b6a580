/** A plan made real: its memory, the kernels on it, the threads, and each program bound to them. */
import type { KernelCall } from './call.js';
import type { Kernels, KernelsFactory } from './kernels/kernels.js';
import { createMemory, type EngineMemory } from './memory.js';
import type { Plan } from './plan.js';
import type { Program } from './program.js';
import type { Programs } from './programs.js';
import { cutCalls } from './threads/cut.js';
import { createTeam } from './threads/team.js';

export interface RunnableProgram extends Program {
  readonly run: () => void;
}

export interface Machine {
  readonly memory: EngineMemory;
  /** Of this thread. */
  readonly kernels: Kernels;
  readonly programs: { readonly [Name in keyof Programs]: ReadonlyMap<number, RunnableProgram> };
  readonly updates: { readonly [Name in keyof Plan['updates']]: () => void };
  /** Ends the helper threads. Nothing can be run after it. */
  close(): Promise<void>;
}

export async function createMachine(plan: Plan, factory: KernelsFactory): Promise<Machine> {
  const { threads, addresses, scratchBytes } = plan;
  const memory = createMemory(plan.peakBytes);
  const kernels = await factory.create(memory.memory, addresses.scratch);
  const planned = plan.programs();
  const lists = [
    ...Object.values(planned).flatMap((programs) => [...programs.values()]),
    ...Object.values(plan.updates).map((calls) => ({ calls })),
  ];
  const team = await createTeam(
    lists.map(({ calls }) => cutCalls(calls)),
    {
      threads,
      memory: memory.memory,
      factory,
      kernels,
      scratch: (thread) => addresses.scratch + thread * scratchBytes,
    },
  );
  const runnable = (programs: ReadonlyMap<number, Program>) =>
    new Map([...programs].map(([rows, program]) => [rows, { ...program, run: team.runner(lists.indexOf(program)) }]));
  const runner = (list: readonly KernelCall[]) => team.runner(lists.findIndex(({ calls }) => calls === list));
  const { first, further, evaluation } = planned;
  return {
    memory,
    kernels,
    programs: { first: runnable(first), further: runnable(further), evaluation: runnable(evaluation) },
    updates: { norm: runner(plan.updates.norm), clip: runner(plan.updates.clip), apply: runner(plan.updates.apply) },
    close: team.close,
  };
}
