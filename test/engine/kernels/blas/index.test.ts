import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blasKernels } from '../../../../src/engine/kernels/blas/index.js';
import { type BlasLibrary, findBlas } from '../../../../src/engine/kernels/blas/library.js';
import { faultOf } from '../../../../src/engine/kernels/blas/verify.js';
import { createMemory } from '../../../../src/engine/memory.js';

const { missing, ...library } = { missing: null, ...findBlas() };

test('the library found here multiplies rightly, and its fingerprint has version and core; without one, asking for it says why', async () => {
  if (missing !== null) {
    assert.throws(blasKernels, (error: Error) => error.message.includes(missing));
    return;
  }
  assert.equal(faultOf(library as BlasLibrary), null);
  const { name } = await blasKernels().create(createMemory(2 ** 22).memory, 2 ** 20);
  assert.match(name, /^blas: (OpenBLAS \d+\.\d+\S* \w+|Accelerate of .+)$/);
});

test('a library that computes wrongly is refused, with product, element, expected and got', () => {
  const idle: BlasLibrary = { name: 'idle', sgemm: () => {}, addressOf: () => 0 };
  assert.match(faultOf(idle) ?? '', /^gemmNN 67×83×129, element 0: expected -?\d+, got 0$/);
});
