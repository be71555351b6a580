/** Defaults: every one filled in, from whatever a valid spec leaves out. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { LayerSpec } from '../../src/engine/layers/index.js';
import { resolveEngineSpec } from '../../src/engine/resolve.js';
import { defaultEpochs, type EngineSpec } from '../../src/engine/spec.js';

const shape = { task: 'classification', rows: { train: 320, validation: 10, test: 10 } } as const;

describe('resolve', () => {
  it('a spec that names only its model gets every field, and resolving again changes nothing', () => {
    const resolved = resolveEngineSpec({ model: { type: 'mlp' } }, shape);
    assert.deepEqual(Object.keys(resolved).sort(), [
      'checkpoints',
      'earlyStopping',
      'evaluation',
      'guard',
      'logging',
      'loss',
      'model',
      'optimizer',
      'regularization',
      'schedule',
      'training',
    ]);
    assert.deepEqual(resolved.optimizer, {
      type: 'adam',
      learningRate: 0.001,
      beta1: 0.9,
      beta2: 0.999,
      epsilon: 1e-8,
    });
    assert.equal(resolved.training.epochs, defaultEpochs);
    assert.deepEqual(resolveEngineSpec(resolved, shape), resolved);
  });

  it('the loss follows the task; steps replace epochs; a null restores its default, and stays where null is allowed', () => {
    assert.equal(resolveEngineSpec({ model: { type: 'mlp' } }, shape).loss.type, 'crossEntropy');
    assert.equal(resolveEngineSpec({ model: { type: 'mlp' } }, { ...shape, task: 'regression' }).loss.type, 'mse');
    const { training } = resolveEngineSpec({ model: { type: 'mlp' }, training: { steps: 7 } }, shape);
    assert.deepEqual([training.steps, training.epochs], [7, undefined]);
    const patched = {
      model: { type: 'mlp', hidden: null },
      training: { batchSize: null, clipNorm: null },
    } as unknown as EngineSpec;
    const { model, training: restored } = resolveEngineSpec(patched, shape);
    assert.ok(model.type === 'mlp');
    assert.deepEqual([model.hidden, restored.batchSize, restored.clipNorm], [[64, 32], 32, null]);
  });

  it('the layers of a sequential model get their defaults too, each its own', () => {
    const layers: LayerSpec[] = [{ type: 'dropout', rate: 0.5 }, { type: 'leakyRelu' }, { type: 'batchNorm' }];
    const { model } = resolveEngineSpec({ model: { type: 'sequential', layers } }, shape);
    assert.ok(model.type === 'sequential');
    assert.deepEqual(model.layers, [
      { type: 'dropout', rate: 0.5 },
      { type: 'leakyRelu', slope: 0.01 },
      { type: 'batchNorm', momentum: 0.1, epsilon: 1e-5 },
    ]);
  });

  it('clipping by norm and by value at once is refused', () => {
    const training = { clipNorm: 1, clipValue: 1 };
    assert.throws(() => resolveEngineSpec({ model: { type: 'mlp' }, training }, shape), {
      code: 'invalid_spec',
      message: '/training: expected one of clipNorm, clipValue, got clipNorm and clipValue',
    });
  });

  it('logging is thinned to at most 10,000 points a series', () => {
    const everySteps = (steps: number) =>
      resolveEngineSpec({ model: { type: 'mlp' }, training: { steps } }, shape).logging.everySteps;
    assert.deepEqual([1, 10_000, 10_001, 1_000_000].map(everySteps), [1, 1, 2, 100]);
  });
});
