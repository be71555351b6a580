/** What updates change, kept a second time in the planned memory: what a guard goes back to. */
import type { Addresses } from './addresses.js';
import type { RunState } from './checkpoint.js';
import { type GuardState, keepsSnapshot } from './guard.js';
import type { Pointer } from './kernels/kernels.js';
import type { Machine } from './machine.js';
import type { EngineMemory } from './memory.js';
import type { Plan } from './plan.js';

/** float32 [graph.elements] each. */
export interface Snapshot {
  readonly present: Pointer;
  readonly kept: Pointer;
}

/** Buffers by name: `weights`, `average`, and the optimizer's own. */
export function snapshotOf(
  { parameters, average, optimizerState }: Pick<Addresses, 'parameters' | 'average' | 'optimizerState'>,
  reserve: (name: string) => Pointer,
): Map<string, Snapshot> {
  const buffers = [
    ['weights', parameters] as const,
    ...(average ? [['average', average] as const] : []),
    ...optimizerState,
  ];
  return new Map(buffers.map(([name, present]) => [name, { present, kept: reserve(name) }]));
}

/** Where a run stands: its guard, from now on, goes back to here. */
export function withSnapshot(
  { guard, step }: Pick<RunState, 'guard' | 'step'>,
  { memory }: Pick<Machine, 'memory'>,
  plan: Plan,
): GuardState {
  if (!keepsSnapshot(plan.spec.guard)) return { ...guard, snapshot: null };
  copyEach(memory, plan, { from: 'present', to: 'kept' });
  return { ...guard, snapshot: { step, undone: guard.undone } };
}

export function restoreSnapshot({ memory }: Pick<Machine, 'memory'>, plan: Plan): void {
  copyEach(memory, plan, { from: 'kept', to: 'present' });
}

function copyEach(
  { f32 }: EngineMemory,
  { graph: { elements }, addresses }: Plan,
  { from, to }: { from: keyof Snapshot; to: keyof Snapshot },
): void {
  for (const buffer of addresses.snapshot.values()) copyFloats(f32, { from: buffer[from], to: buffer[to], elements });
}

export function copyFloats(
  f32: Float32Array,
  { from, to, elements }: { from: Pointer; to: Pointer; elements: number },
): void {
  f32.copyWithin(to / 4, from / 4, from / 4 + elements);
}
