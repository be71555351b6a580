import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseKernels } from '../../../src/engine/kernels/choose.js';

test('auto takes the SIMD kernels on a Node that runs them, and says so', () => {
  const { factory, reason } = chooseKernels('auto');
  assert.equal(factory.name, 'wasm');
  assert.match(reason, /SIMD/);
});

test('kernels asked for by name are taken', () => {
  assert.equal(chooseKernels('reference').factory.name, 'reference');
  assert.equal(chooseKernels('wasm').factory.name, 'wasm');
});
