/** Hints for misspelt names. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearest } from '../src/nearest.js';

const known = ['learningRate', 'batchSize', 'epochs', 'l1', 'l2'];

test('a name within a third of its length in edits, case ignored, is suggested; the nearest wins', () => {
  assert.equal(nearest('learningrate', known), 'learningRate');
  assert.equal(nearest('lerningRat', known), 'learningRate');
  assert.equal(nearest('batch_size', known), 'batchSize');
  assert.equal(nearest('l2', known), 'l2');
  assert.equal(nearest('epoch', known), 'epochs');
});

test('what resembles nothing gets no suggestion, nor do names that are too long to compare', () => {
  assert.equal(nearest('momentum', known), undefined);
  assert.equal(nearest('lr', ['loss', 'task']), undefined);
  assert.equal(nearest('', known), undefined);
  assert.equal(nearest('x'.repeat(61), ['x'.repeat(60)]), undefined);
});
