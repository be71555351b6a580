/** An instance of a module of kernels over the engine's memory, wherever the module's bytes come from. */
import { type ComposedKernels, composedKernels } from '../composed.js';
import type { Kernels } from '../kernels.js';

export type WasmExports = Omit<Kernels, 'name' | keyof ComposedKernels> & {
  setScratch(scratch: number): void;
  setTileRows(rows: number): void;
};

/** Panels of B [256, 1024] and of A [256, 96], and a tile [8, 4], as assembly/scratch.ts divides them. */
export const SCRATCH_BYTES = 4 * (256 * 1024 + 256 * 96 + 8 * 4);

export async function exportsOf(
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
  scratch: number,
): Promise<WasmExports> {
  const instance = await WebAssembly.instantiate(module, { env: { memory } });
  const exports = instance.exports as unknown as WasmExports;
  exports.setScratch(scratch);
  return exports;
}

export function kernelsOf(name: string, { setScratch: _, setTileRows: __, ...kernels }: WasmExports): Kernels {
  return { name, ...kernels, ...composedKernels(kernels) };
}
