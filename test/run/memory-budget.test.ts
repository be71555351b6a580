import assert from 'node:assert/strict';
import { it } from 'node:test';
import { MemoryBudget, threadBytes } from '../../src/run/memory-budget.js';

it('never reserves more than its total, and a reservation given back can be taken again', () => {
  const budget = new MemoryBudget(2 * (threadBytes + 100));
  const first = budget.reserve(100);
  assert.ok(first && budget.reserve(100));
  assert.equal(budget.reserve(1), null);
  first();
  assert.equal(budget.reserve(101), null);
  assert.ok(budget.reserve(100));
});
