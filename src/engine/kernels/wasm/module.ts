/** The WebAssembly modules as files, and what V8 must be told before it takes them. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';

export type WasmFile = 'kernels.wasm' | 'kernels-fma.wasm';

/** Beside this file in dist/; run from source, in the dist/ of the same project. */
const FOLDERS = ['./', '../../../../dist/src/engine/kernels/wasm/'];

const bytes = new Map<WasmFile, Uint8Array>();

export function moduleBytes(file: WasmFile): Uint8Array {
  const known = bytes.get(file);
  if (known !== undefined) return known;
  const paths = FOLDERS.map((folder) => fileURLToPath(new URL(folder + file, import.meta.url)));
  const path = paths.find((candidate) => existsSync(candidate));
  if (path === undefined) throw new Error(`${file}: run \`npm run build\`; looked at ${paths.join(' and ')}`);
  const read = readFileSync(path);
  bytes.set(file, read);
  return read;
}

/** The kernels that run wherever WebAssembly has SIMD and threads. */
export const kernelsModule = (): Uint8Array => moduleBytes('kernels.wasm');

/** Node 20 has relaxed SIMD behind a flag, later versions have it without. For the whole process, and only once. */
export function allowRelaxedSimd(): void {
  if (Number(process.versions.node.split('.')[0]) < 22) setFlagsFromString('--experimental-wasm-relaxed-simd');
}
