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

export interface TrainingProgram extends RunnableProgram {
  /** The same in two: up to the loss, and what is behind it. */
  readonly runForward: () => void;
  readonly runBackward: () => void;
}

export interface Machine {
  readonly memory: EngineMemory;
  /** Of this thread. */
  readonly kernels: Kernels;
  readonly programs: { readonly [Name in Exclude<keyof Programs, 'first'>]: ReadonlyMap<number, RunnableProgram> } & {
    readonly first: ReadonlyMap<number, TrainingProgram>;
  };
  readonly updates: { readonly [Name in keyof Plan['updates']]: () => void };
  /** Ends the helper threads. Nothing can be run after it. */
  close(): Promise<void>;
}

export async function createMachine(plan: Plan, factory: KernelsFactory): Promise<Machine> {
  const { threads, addresses, scratchBytes, updates } = plan;
  const memory = createMemory(plan.peakBytes);
  const kernels = await factory.create(memory.memory, addresses.scratch);
  const { first, further, evaluation } = plan.programs();
  const halves = new Map([...first].map(([rows, program]) => [rows, halvesOf(program)]));
  const lists = [
    ...[first, further, evaluation].flatMap((programs) => [...programs.values()].map(({ calls }) => calls)),
    ...[...halves.values()].flatMap(({ forward, backward }) => [forward, backward]),
    ...Object.values(updates),
  ];
  const team = await createTeam(lists.map(cutCalls), {
    threads,
    memory: memory.memory,
    factory,
    kernels,
    scratch: (thread) => addresses.scratch + thread * scratchBytes,
  });
  const runner = (calls: readonly KernelCall[]) => team.runner(lists.indexOf(calls));
  const runnable = (programs: ReadonlyMap<number, Program>) =>
    new Map([...programs].map(([rows, program]) => [rows, { ...program, run: runner(program.calls) }]));
  const inTwo = [...runnable(first)].map(([rows, program]): [number, TrainingProgram] => {
    const { forward, backward } = halves.get(rows)!;
    return [rows, { ...program, runForward: runner(forward), runBackward: runner(backward) }];
  });
  const runners = Object.entries(updates).map(([name, calls]) => [name, runner(calls)] as const);
  return {
    memory,
    kernels,
    programs: { first: new Map(inTwo), further: runnable(further), evaluation: runnable(evaluation) },
    updates: Object.fromEntries(runners) as Machine['updates'],
    close: team.close,
  };
}

const halvesOf = ({ calls, forwardCalls }: Program) => ({
  forward: calls.slice(0, forwardCalls),
  backward: calls.slice(forwardCalls),
});
