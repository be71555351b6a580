/** Initial parameters: their spread, and that each is a function of seed, parameter and element alone. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { he, type Initializer, xavier, zeros } from '../../src/engine/initializers.js';
import { Draws, streamNumber } from '../../src/engine/rng.js';

function draw(initializer: Initializer, elements: number, { seed = 1, parameter = 0 } = {}): Float32Array {
  const out = new Float32Array(elements).fill(7);
  initializer(out, new Draws(seed, streamNumber('init', parameter)));
  return out;
}
const variance = (values: Float32Array) => values.reduce((sum, value) => sum + value * value, 0) / values.length;

describe('initializers', () => {
  it('He has variance 2 / fanIn, Xavier 2 / (fanIn + fanOut), within 2 % over 100,000 draws; zeros are 0', () => {
    assert.ok(Math.abs(variance(draw(he(50), 100_000)) * (50 / 2) - 1) < 0.02);
    const uniform = draw(xavier(50, 30), 100_000);
    assert.ok(Math.abs(variance(uniform) * (80 / 2) - 1) < 0.02);
    assert.ok(uniform.every((value) => Math.abs(value) <= Math.sqrt(6 / 80)));
    assert.deepEqual(draw(zeros, 5), new Float32Array(5));
  });

  it('the first elements do not depend on how many follow; another seed or parameter gives others', () => {
    assert.deepEqual(draw(he(4), 100).subarray(0, 10), draw(he(4), 10));
    assert.notDeepEqual(draw(he(4), 10), draw(he(4), 10, { seed: 2 }));
    assert.notDeepEqual(draw(he(4), 10), draw(he(4), 10, { parameter: 1 }));
  });
});
