/** Reads golden values, and holds results to them at the tolerance that fixtures/golden/README.md states. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../src/paths.js';

export interface GoldenTensor {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

/** The cases of a file, typed as the test reads them. */
export function goldenCases<Case>(file: string): Case[] {
  return JSON.parse(readFileSync(join(projectRoot, 'test/fixtures/golden', file), 'utf8')).cases;
}

/** |a − b| ≤ 1e-6 · max(1, ‖b‖∞) + 1e-5 · |b|, element by element. */
export function assertClose(actual: ArrayLike<number>, expected: ArrayLike<number>, what: string): void {
  assert.equal(actual.length, expected.length, `${what}: length`);
  const values = Array.from(expected);
  const largest = values.reduce((max, value) => Math.max(max, Math.abs(value)), 1);
  values.forEach((value, index) => {
    const bound = 1e-6 * largest + 1e-5 * Math.abs(value);
    const off = Math.abs(actual[index]! - value);
    assert.ok(off <= bound, `${what}[${index}]: ${actual[index]} vs ${value}, off by ${off}, bound ${bound}`);
  });
}
