/**
 * One call of one kernel on buffers of its own. The call sees every buffer between guards, and every buffer is read back
 * afterwards, so that a write past an end or into an input shows as surely as a wrong result.
 */
import assert from 'node:assert/strict';
import type { Kernels, Pointer } from '../../../src/engine/kernels/kernels.js';
import { type EngineMemory, Layout } from '../../../src/engine/memory.js';

export type Buffer = Float32Array | Float64Array | Int32Array | Uint32Array;

export interface Trial<Names extends string = string> {
  title: string;
  buffers: Record<Names, Buffer>;
  call(kernels: Kernels, at: Record<Names, Pointer>): void;
  /** A buffer to work in: what it holds afterwards is the backend's own affair. */
  workspace?: Names;
}

/** Keeps the names of the buffers, so that `call` can use no other. */
export function trial<Names extends string>(
  title: string,
  buffers: Record<Names, Buffer>,
  call: (kernels: Kernels, at: Record<Names, Pointer>) => void,
  workspace?: NoInfer<Names>,
): Trial {
  return { title, buffers, call, ...(workspace === undefined ? {} : { workspace }) };
}

const GUARD_BYTES = 64;
const GUARD = new Uint8Array(GUARD_BYTES).fill(0xa5);

/** Makes the call with the buffers from `start` on, and gives them, but for the workspace, as they stand afterwards. */
export function run(
  kernels: Kernels,
  { memory, start }: { memory: EngineMemory; start: Pointer },
  { title, buffers, call, workspace }: Trial,
) {
  const layout = new Layout(start);
  const guards: Pointer[] = [];
  const guard = () => {
    const pointer = layout.reserve('guard', GUARD_BYTES, 1);
    memory.u8.set(GUARD, pointer);
    guards.push(pointer);
  };
  const at: Record<string, Pointer> = {};
  guard();
  for (const [name, buffer] of Object.entries(buffers)) {
    const pointer = layout.reserve(name, buffer.byteLength, 16);
    memory.u8.set(new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength), pointer);
    at[name] = pointer;
    guard();
  }
  call(kernels, at);
  for (const pointer of guards) {
    assert.deepEqual(
      memory.u8.slice(pointer, pointer + GUARD_BYTES),
      GUARD,
      `${kernels.name}: ${title}: wrote outside a buffer`,
    );
  }
  const results: Record<string, Buffer> = {};
  for (const [name, buffer] of Object.entries(buffers)) {
    if (name === workspace) continue;
    const bytes = memory.u8.slice(at[name]!, at[name]! + buffer.byteLength).buffer;
    results[name] = new (buffer.constructor as new (bytes: ArrayBufferLike) => Buffer)(bytes);
  }
  return results;
}

/** |a − b| ≤ 1e-6 · max(1, ‖b‖∞) + 1e-5 · |b|; what is not finite must be the same. */
export function assertClose(actual: Buffer, expected: Buffer, label: string): void {
  assert.equal(actual.length, expected.length, label);
  let norm = 1;
  for (const value of expected) if (Number.isFinite(value)) norm = Math.max(norm, Math.abs(value));
  expected.forEach((b, index) => {
    const a = actual[index]!;
    const close = Object.is(a, b) || Math.abs(a - b) <= 1e-6 * norm + 1e-5 * Math.abs(b);
    assert.ok(close, `${label}[${index}]: got ${a}, expected ${b}`);
  });
}
