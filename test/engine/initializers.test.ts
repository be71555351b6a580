/** Initial parameters: their spread, and that each is a function of seed, parameter and element alone. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { he, type Initializer, normal, ones, scaledResidual, xavier, zeros } from '../../src/engine/initializers.js';
import { type InitializerSpec, weightsInitializer } from '../../src/engine/layers/weights.js';
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

  it('normal has the deviation given, a scaled residual 1 / √branches of it, within 2 %; ones are 1', () => {
    assert.ok(Math.abs(variance(draw(normal(0.02), 100_000)) / 0.02 ** 2 - 1) < 0.02);
    assert.ok(Math.abs(variance(draw(scaledResidual(0.02, 8), 100_000)) / (0.02 ** 2 / 8) - 1) < 0.02);
    assert.deepEqual(draw(ones, 5), new Float32Array(5).fill(1));
  });

  it('a layer draws as its spec says; auto follows the activation: He before ReLU, Xavier before tanh', () => {
    const fans = { fanIn: 50, fanOut: 30 };
    const drawn = (spec: InitializerSpec | undefined, activation: 'relu' | 'tanh') =>
      draw(weightsInitializer(spec, { ...fans, activation }), 10);
    assert.deepEqual(drawn(undefined, 'relu'), draw(he(50), 10));
    assert.deepEqual(drawn({ type: 'auto' }, 'tanh'), draw(xavier(50, 30), 10));
    assert.deepEqual(drawn({ type: 'xavier' }, 'relu'), draw(xavier(50, 30), 10));
    assert.deepEqual(drawn({ type: 'he' }, 'tanh'), draw(he(50), 10));
    assert.deepEqual(drawn({ type: 'normal', deviation: 0.1 }, 'relu'), draw(normal(0.1), 10));
  });

  it('the first elements do not depend on how many follow; another seed or parameter gives others', () => {
    assert.deepEqual(draw(he(4), 100).subarray(0, 10), draw(he(4), 10));
    assert.notDeepEqual(draw(he(4), 10), draw(he(4), 10, { seed: 2 }));
    assert.notDeepEqual(draw(he(4), 10), draw(he(4), 10, { parameter: 1 }));
  });
});
