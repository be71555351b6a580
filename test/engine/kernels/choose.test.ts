import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findBlas } from '../../../src/engine/kernels/blas/library.js';
import { chooseKernels } from '../../../src/engine/kernels/choose.js';
import { measureGflops } from '../../../src/engine/kernels/measure.js';

test('auto takes a BLAS where one is found, else the SIMD kernels, and says which and why', () => {
  const blas = findBlas();
  const { factory, reason } = chooseKernels('auto');
  if ('missing' in blas) {
    assert.equal(factory.name, 'wasm');
    assert.ok(reason.includes(blas.missing), reason);
  } else {
    assert.equal(factory.name, blas.id);
    assert.ok(reason.includes(blas.library.name), reason);
  }
});

test('kernels asked for by name are taken', () => {
  assert.equal(chooseKernels('reference').factory.name, 'reference');
  assert.equal(chooseKernels('wasm').factory.name, 'wasm');
});

test('a backend’s GFLOP/s are measured: the SIMD kernels have more than the plain loops', async () => {
  const [plain, simd] = [
    await measureGflops(chooseKernels('reference').factory),
    await measureGflops(chooseKernels('wasm').factory),
  ];
  assert.ok(plain > 0 && simd > plain, `${plain}, ${simd}`);
});
