import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Kernels } from '../../../../src/engine/kernels/kernels.js';
import { referenceKernels } from '../../../../src/engine/kernels/reference.js';
import { fmaKernelsRun, wasmKernels } from '../../../../src/engine/kernels/wasm/index.js';
import type { WasmExports } from '../../../../src/engine/kernels/wasm/instance.js';
import { moduleBytes, type WasmFile } from '../../../../src/engine/kernels/wasm/module.js';
import { createMemory, Layout, RESERVED_BYTES } from '../../../../src/engine/memory.js';
import { streamNumber } from '../../../../src/engine/rng.js';
import { run } from '../trial.js';
import { trials } from '../trials.js';

/** Kernels on a memory of their own, and a layout for the buffers of the test. */
async function wasmOn(bytes: number) {
  const memory = createMemory(bytes);
  const layout = new Layout();
  const kernels = await wasmKernels.create(memory.memory, layout.reserve('scratch', wasmKernels.scratchBytes));
  return { memory, layout, kernels };
}

test('a new instance writes nothing outside the reserved bytes', async () => {
  const { memory } = await wasmOn(2 * 2 ** 20);
  assert.ok(memory.u8.subarray(RESERVED_BYTES).every((byte) => byte === 0));
  assert.ok(
    memory.u8.subarray(0, 64).every((byte) => byte === 0),
    'address 0 means no buffer',
  );
});

test('products stay inside the scratch bytes that the factory asks for', async () => {
  const { memory, layout, kernels } = await wasmOn(64 * 2 ** 20);
  const behind = layout.reserve('behind', 2 ** 20);
  memory.u8.fill(0x5a, behind, behind + 2 ** 20);
  for (const trial of [...trials.gemmNN, ...trials.gemmTN, ...trials.gemmNT]) {
    run(kernels, { memory, start: layout.bytes }, trial);
  }
  assert.ok(memory.u8.subarray(behind, behind + 2 ** 20).every((byte) => byte === 0x5a));
});

test('a buffer may end with the last byte of a 4 GiB memory', async () => {
  const { memory, kernels } = await wasmOn(2 ** 32);
  const n = 67;
  const x = 2 ** 32 - 4 * n;
  memory.f32.fill(-1, x >>> 2);
  kernels.relu(n, x, x);
  assert.ok(memory.f32.subarray(x >>> 2).every((value) => value === 0));
});

/** Distance in units of float32's last place at `exact`. */
function ulps(actual: number, exact: number): number {
  const exponent = Math.max(-126, Math.floor(Math.log2(Math.abs(exact))));
  return exact === 0 ? (actual === 0 ? 0 : Number.POSITIVE_INFINITY) : Math.abs(actual - exact) / 2 ** (exponent - 23);
}

/** Largest error, in ulp, of `kernel` over 400,001 points of [−limit, limit], denser near 0. */
async function worstUlps(kernel: 'sigmoid' | 'tanh', exact: (x: number) => number, limit: number): Promise<number> {
  const n = 400_001;
  const { memory, layout, kernels } = await wasmOn(16 * 2 ** 20);
  const [x, y] = [layout.reserve('x', 4 * n), layout.reserve('y', 4 * n)];
  for (let i = 0; i < n; i++) memory.f32[(x >>> 2) + i] = limit * ((2 * i) / (n - 1) - 1) ** 3;
  kernels[kernel](n, x, y);
  let worst = 0;
  for (let i = 0; i < n; i++)
    worst = Math.max(worst, ulps(memory.f32[(y >>> 2) + i]!, exact(memory.f32[(x >>> 2) + i]!)));
  return worst;
}

test('sigmoid is within 3 ulp on [-87, 87]', async () => {
  const worst = await worstUlps('sigmoid', (x) => 1 / (1 + Math.exp(-x)), 87);
  assert.ok(worst <= 3, `worst ${worst}`);
});

test('tanh is within 3 ulp on [-20, 20]', async () => {
  const worst = await worstUlps('tanh', Math.tanh, 20);
  assert.ok(worst <= 3, `worst ${worst}`);
});

test('gelu is within 5 ulp on [-1, 13] and 5 x² ulp on [-5, -1], its derivative within 2e-7', async () => {
  const n = 400_001;
  const { memory, layout, kernels } = await wasmOn(16 * 2 ** 20);
  const [x, y, d] = [layout.reserve('x', 4 * n), layout.reserve('y', 4 * n), layout.reserve('d', 4 * n)];
  const reference = await referenceKernels.create(memory.memory, 0);
  // Cubes, so that the points stand denser near 0.
  const [from, to] = [Math.cbrt(-5), Math.cbrt(13)];
  for (let i = 0; i < n; i++) memory.f32[(x >>> 2) + i] = (from + ((to - from) * i) / (n - 1)) ** 3;
  const results = (backend: Kernels) => {
    backend.geluWithDerivative(n, x, y, d);
    return [memory.f32.slice(y >>> 2, (y >>> 2) + n), memory.f32.slice(d >>> 2, (d >>> 2) + n)] as const;
  };
  const [[exact, exactSlope], [actual, slope]] = [results(reference), results(kernels)];
  for (let i = 0; i < n; i++) {
    const at = memory.f32[(x >>> 2) + i]!;
    const bound = 5 * Math.max(1, Math.min(at, 0) ** 2);
    assert.ok(ulps(actual[i]!, exact[i]!) <= bound, `gelu(${at}) is ${actual[i]}, expected ${exact[i]}`);
    assert.ok(Math.abs(slope[i]! - exactSlope[i]!) <= 2e-7, `gelu′(${at}) is ${slope[i]}, expected ${exactSlope[i]}`);
  }
});

test('sigmoid and tanh saturate to exactly 0, 1 and ±1, and never pass them', async () => {
  const { memory, layout, kernels } = await wasmOn(4 * 2 ** 20);
  const x = layout.reserve('x', 16);
  const map = (kernel: 'sigmoid' | 'tanh', values: number[]) => {
    memory.f32.set(values, x >>> 2);
    kernels[kernel](values.length, x, x);
    return [...memory.f32.subarray(x >>> 2, (x >>> 2) + values.length)];
  };
  assert.deepEqual(map('sigmoid', [-1e30, -100, 100, Number.POSITIVE_INFINITY]), [0, 0, 1, 1]);
  assert.deepEqual(map('tanh', [Number.NEGATIVE_INFINITY, -10, 10, 1e30]), [-1, -1, 1, 1]);
});

test('moments of Adam and momentum that decay become 0, not denormal', async () => {
  const { memory, layout, kernels } = await wasmOn(4 * 2 ** 20);
  const n = 5;
  const [w, g, m, v, hyper] = ['w', 'g', 'm', 'v', 'hyper'].map((name) => layout.reserve(name, 4 * n)) as [
    number,
    number,
    number,
    number,
    number,
  ];
  memory.f32.fill(2e-38, m >>> 2, (m >>> 2) + n);
  memory.f32.fill(2e-38, v >>> 2, (v >>> 2) + n);
  memory.f32.set([1e-3, 1], hyper >>> 2);
  for (let step = 0; step < 10; step++) kernels.adam(n, w, g, m, v, hyper, 0.9, 0.9, 1e-8);
  assert.ok(memory.f32.subarray(m >>> 2, (m >>> 2) + n).every((value) => value === 0));
  assert.ok(memory.f32.subarray(v >>> 2, (v >>> 2) + n).every((value) => value === 0));
});

test('dropout keeps a share of 1 − round(rate · 2¹⁶) / 2¹⁶ within 5 standard errors, times exactly its inverse', async () => {
  const n = 1_000_000;
  const { memory, layout, kernels } = await wasmOn(16 * 2 ** 20);
  const [x, key, step] = [layout.reserve('x', 4 * n), layout.reserve('key', 8), layout.reserve('step', 4)];
  for (const [rate, share] of [
    [0.2, 52429 / 65536],
    [0.5, 0.5],
    [1 - 2 ** -20, 2 ** -16],
  ] as const) {
    kernels.fill(n, x, 1);
    kernels.dropout(n, x, x, rate, key, step, streamNumber('dropout'), 0, 0);
    const kept = memory.f32.subarray(x >>> 2, (x >>> 2) + n).filter((value) => value !== 0);
    const deviation = Math.sqrt((share * (1 - share)) / n);
    assert.ok(Math.abs(kept.length / n - share) < 5 * deviation, `rate ${rate} kept ${kept.length}`);
    assert.ok(kept.every((value) => value === Math.fround(1 / share)));
  }
});

test('products by tiles of 2×16 and of 4×8 have the same bits, rounded once or twice', async () => {
  const files: WasmFile[] = ['kernels.wasm', ...(fmaKernelsRun() ? (['kernels-fma.wasm'] as const) : [])];
  for (const file of files) {
    const { memory, layout } = await wasmOn(64 * 2 ** 20);
    const module = await WebAssembly.compile(moduleBytes(file));
    const instance = await WebAssembly.instantiate(module, { env: { memory: memory.memory } });
    const exports = instance.exports as unknown as WasmExports;
    exports.setScratch(layout.reserve('scratch of the instance', wasmKernels.scratchBytes));
    const kernels = { name: file, ...exports } as unknown as Kernels;
    for (const trial of [...trials.gemmNN, ...trials.gemmTN, ...trials.gemmNT]) {
      exports.setTileRows(2);
      const expected = run(kernels, { memory, start: layout.bytes }, trial);
      exports.setTileRows(4);
      assert.deepEqual(run(kernels, { memory, start: layout.bytes }, trial), expected, trial.title);
    }
  }
});
