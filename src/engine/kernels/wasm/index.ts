/**
 * The SIMD kernels: loads the module that scripts/build.mjs makes of assembly/, compiles it once a thread, and makes
 * instances over the engine's memory. Reading that one file is all the input and output the engine does.
 */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type ComposedKernels, composedKernels } from '../composed.js';
import type { Kernels, KernelsFactory } from '../kernels.js';

/** Beside this file in dist/; run from source, in the dist/ of the same project. */
const CANDIDATES = ['./kernels.wasm', '../../../../dist/src/engine/kernels/wasm/kernels.wasm'];

type WasmExports = Omit<Kernels, 'name' | keyof ComposedKernels> & { setScratch(scratch: number): void };

/** Panels of B [256, 1024] and of A [256, 96], and a tile [8, 4], as assembly/scratch.ts divides them. */
const SCRATCH_BYTES = 4 * (256 * 1024 + 256 * 96 + 8 * 4);

let bytes: Uint8Array | undefined;
let compiled: WebAssembly.Module | undefined;

function moduleBytes(): Uint8Array {
  if (bytes === undefined) {
    const paths = CANDIDATES.map((path) => fileURLToPath(new URL(path, import.meta.url)));
    const path = paths.find((candidate) => existsSync(candidate));
    if (path === undefined) throw new Error(`kernels.wasm: run \`npm run build\`; looked at ${paths.join(' and ')}`);
    bytes = readFileSync(path);
  }
  return bytes;
}

/** Whether this machine and this Node run the module: it needs SIMD, threads and bulk memory. */
export function wasmKernelsRun(): boolean {
  return WebAssembly.validate(moduleBytes());
}

async function createWasmKernels(memory: WebAssembly.Memory, scratch: number): Promise<Kernels> {
  compiled ??= await WebAssembly.compile(moduleBytes());
  const instance = await WebAssembly.instantiate(compiled, { env: { memory } });
  const { setScratch, ...kernels } = instance.exports as unknown as WasmExports;
  setScratch(scratch);
  return { name: 'wasm', ...kernels, ...composedKernels(kernels) };
}

export const wasmKernels: KernelsFactory = {
  name: 'wasm',
  scratchBytes: SCRATCH_BYTES,
  create: createWasmKernels,
};
