/** A run that starts from another's checkpoint: what it takes over, and that going on is the same as never having stopped. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { inheritanceOf } from '../../src/engine/inherit.js';
import { resolveEngineSpec } from '../../src/engine/resolve.js';
import { decodeSafetensors } from '../../src/engine/safetensors.js';
import type { EngineSpec } from '../../src/engine/spec.js';
import { backends } from './backends.js';
import { record, rings } from './runs.js';

const kernels = backends.at(-1)!;
const problem = rings({ train: 40, validation: 20, test: 0 });
const spec: EngineSpec = {
  model: { type: 'mlp', hidden: [8] },
  training: { steps: 20, batchSize: 8, emaDecay: 0.9 },
  optimizer: { type: 'adam', learningRate: 0.01 },
  evaluation: { everySteps: 2 },
  earlyStopping: { type: 'none' },
};
const half = await record(problem, spec, { kernels, stopAt: 10 });
const file = half.checkpoints.at(-1)!.bytes;
const of = (changed: Partial<EngineSpec>, weights: 'last' | 'best' = 'last') =>
  inheritanceOf(file, resolveEngineSpec({ ...spec, ...changed }, problem.shape), { weights });

it('goes on with the training where lengths, rates and penalties change, and starts with the weights where more does', () => {
  const longer = { training: { ...spec.training, steps: 30 } };
  assert.deepEqual(of(longer), { what: 'training', step: 10, totalSteps: 30 });
  assert.equal(of({ optimizer: { type: 'adam', learningRate: 1 } }).what, 'training');
  assert.equal(of({ regularization: { l2: 0.1 }, schedule: { type: 'cosine' } }).what, 'training');

  const fresh = { what: 'weights', step: 0, totalSteps: 20 };
  assert.deepEqual(of({}, 'best'), fresh);
  assert.deepEqual(of({ optimizer: { type: 'sgd' } }), fresh);
  assert.deepEqual(of({ model: { type: 'mlp', hidden: [8], dropout: 0.5 } }), fresh);
  assert.deepEqual(of({ training: { ...spec.training, batchSize: 9 } }).what, 'weights');
});

it('refuses a model with other parameters, naming the first and both shapes', () => {
  const wider: Partial<EngineSpec> = { model: { type: 'mlp', hidden: [9] } };
  const details = { path: '/model', expected: '2, 8', got: '2, 9' };
  assert.throws(() => of(wider), { code: 'checkpoint_mismatch', details });
  assert.throws(() => of({ model: { type: 'mlp', hidden: [8, 8] } }), { code: 'checkpoint_mismatch' });
});

it('training that goes on under an equal spec gives the rows and tensors of a run that never stopped', async () => {
  const whole = await record(problem, spec, { kernels });
  const rest = await record(problem, spec, { kernels, inheritFrom: { file, weights: 'last' } });
  assert.deepEqual([...half.rows, ...rest.rows], whole.rows);
  assert.deepEqual(rest.checkpoints.at(-1)!.bytes, whole.checkpoints.at(-1)!.bytes);
});

it('weights alone are those after the last step, or the best, with an optimizer that starts anew', async () => {
  const before = decodeSafetensors(file).tensors;
  const still = {
    ...spec,
    optimizer: { type: 'sgd', learningRate: 1e-30 },
    training: { steps: 1, batchSize: 8 },
  } as const;
  for (const [weights, prefix] of [
    ['last', 'resume/weights/'],
    ['best', ''],
  ] as const) {
    const { checkpoints } = await record(problem, still, { kernels, inheritFrom: { file, weights } });
    const after = decodeSafetensors(checkpoints.at(-1)!.bytes).tensors;
    assert.deepEqual(after.get('hidden.0.weight')!.data, before.get(`${prefix}hidden.0.weight`)!.data, weights);
  }
});
