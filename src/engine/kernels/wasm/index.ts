/**
 * The SIMD kernels: loads a module that scripts/build.mjs makes of assembly/, compiles it once a thread, and makes instances
 * over the engine's memory. Reading those files is all the input and output the engine does.
 *
 * `wasm-fma` is the same code with relaxed SIMD: its products round once where `wasm` rounds twice, which is a third faster
 * and gives other bits. It is a backend of its own, taken where it is asked for.
 */
import type { Kernels, KernelsFactory } from '../kernels.js';
import { exportsOf, kernelsOf, SCRATCH_BYTES, type WasmExports } from './instance.js';
import { allowRelaxedSimd, moduleBytes, type WasmFile } from './module.js';
import { type ModuleTraits, traitsOf } from './traits.js';

const compiled = new Map<WasmFile, WebAssembly.Module>();
/** Found out once a thread. */
const traits = new Map<WasmFile, ModuleTraits>();

/** Whether this machine and this Node run the module: it needs SIMD, threads and bulk memory. */
export function wasmKernelsRun(): boolean {
  return WebAssembly.validate(moduleBytes('kernels.wasm'));
}

/** Whether this Node has relaxed SIMD. */
export function fmaKernelsRun(): boolean {
  allowRelaxedSimd();
  return WebAssembly.validate(moduleBytes('kernels-fma.wasm'));
}

async function instantiate(file: WasmFile, memory: WebAssembly.Memory, scratch: number): Promise<WasmExports> {
  const module = compiled.get(file) ?? (await WebAssembly.compile(moduleBytes(file)));
  compiled.set(file, module);
  return exportsOf(module, memory, scratch);
}

async function traitsOfFile(file: WasmFile): Promise<ModuleTraits> {
  const known = traits.get(file);
  if (known !== undefined) return known;
  const found = await traitsOf((memory, scratch) => instantiate(file, memory, scratch), SCRATCH_BYTES);
  traits.set(file, found);
  return found;
}

/** The kernels for a backend that has products of its own: no time is spent on finding the faster tiles. */
export async function kernelsWithoutProducts(memory: WebAssembly.Memory, scratch: number): Promise<Kernels> {
  return kernelsOf('wasm', await instantiate('kernels.wasm', memory, scratch));
}

export const wasmKernels: KernelsFactory = {
  name: 'wasm',
  scratchBytes: SCRATCH_BYTES,
  async create(memory, scratch) {
    const { tileRows } = await traitsOfFile('kernels.wasm');
    const exports = await instantiate('kernels.wasm', memory, scratch);
    exports.setTileRows(tileRows);
    return kernelsOf('wasm', exports);
  },
};

/** Throws where a product and a sum cannot be one operation: `wasm-fma` in a fingerprint means the same bits everywhere. */
export const fmaKernels: KernelsFactory = {
  name: 'wasm-fma',
  scratchBytes: SCRATCH_BYTES,
  async create(memory, scratch) {
    if (!fmaKernelsRun()) throw new Error('wasm-fma kernels: this Node has no relaxed SIMD');
    const { tileRows, isFused } = await traitsOfFile('kernels-fma.wasm');
    if (!isFused) throw new Error('wasm-fma kernels: this processor has no fused multiply-add');
    const exports = await instantiate('kernels-fma.wasm', memory, scratch);
    exports.setTileRows(tileRows);
    return kernelsOf('wasm-fma', exports);
  },
};
