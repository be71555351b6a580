import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blasKernels } from '../../../../src/engine/kernels/blas/index.js';
import { type BlasLibrary, blasNames, findBlas } from '../../../../src/engine/kernels/blas/library.js';
import { faultOf } from '../../../../src/engine/kernels/blas/verify.js';
import { createMemory } from '../../../../src/engine/memory.js';

const fingerprints = {
  onednn: /^blas: oneDNN \d+\.\d+\.\d+ isa [0-9a-f]+$/,
  openblas: /^blas: OpenBLAS \d+\.\d+\S* \w+$/,
  accelerate: /^blas: Accelerate of .+$/,
};

for (const id of blasNames) {
  const found = findBlas(id);
  const isHere = !('missing' in found);
  const claim = isHere
    ? 'multiplies rightly, and its fingerprint has version and core'
    : 'asked for says why it is not here';
  test(`${id} ${claim}`, async () => {
    if (!isHere) {
      assert.throws(
        () => blasKernels(id),
        (error: Error) => error.message.includes(found.missing),
      );
      return;
    }
    assert.equal(faultOf(found.library), null);
    const factory = blasKernels(id);
    assert.equal(factory.name, id);
    const { name } = await factory.create(createMemory(2 ** 22).memory, 2 ** 20);
    assert.match(name, fingerprints[id]);
  });
}

test('a library that computes wrongly is refused, with product, element, expected and got', () => {
  const idle: BlasLibrary = { name: 'idle', product: () => () => {}, addressOf: () => 0 };
  assert.match(faultOf(idle) ?? '', /^gemmNN 67×83×129, element 0: expected -?\d+, got 0$/);
});
