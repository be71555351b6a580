/** What the update adds around the optimizer: weights of classes in the mean, the moving average, what decay leaves out. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { LayerSpec } from '../../src/engine/layers/index.js';
import type { OptimizerSpec } from '../../src/engine/optimizers/index.js';
import { decodeSafetensors } from '../../src/engine/safetensors.js';
import type { EngineSpec } from '../../src/engine/spec.js';
import { backends } from './backends.js';
import { assertClose } from './golden.js';
import { record, rings, sha256 } from './runs.js';

const plain: EngineSpec = {
  model: { type: 'mlp', hidden: [9], activation: 'leakyRelu' },
  optimizer: { type: 'sgd', learningRate: 0.1 },
  training: { steps: 12, batchSize: 32 },
  earlyStopping: { type: 'none' },
};

for (const kernels of backends) {
  const finalTensors = async (spec: EngineSpec, problem = rings({ train: 100, validation: 0, test: 0 })) => {
    const { checkpoints } = await record(problem, spec, { kernels });
    return decodeSafetensors(checkpoints.at(-1)!.bytes).tensors;
  };
  type Tensors = Awaited<ReturnType<typeof finalTensors>>;
  const valuesOf = (tensors: Tensors, name: string) => tensors.get(name)!.data as Float32Array;
  const assertSame = (a: Tensors, b: Tensors) => {
    assert.deepEqual([...a.keys()], [...b.keys()]);
    for (const name of a.keys()) assertClose(valuesOf(a, name), valuesOf(b, name), name);
  };

  describe(`update on ${kernels.name}`, () => {
    it('with class weights too, 4 accumulated batches of 8 equal one of 32, whatever classes the batches hold', async () => {
      for (const labelSmoothing of [0, 0.1]) {
        const spec: EngineSpec = { ...plain, loss: { type: 'crossEntropy', classWeights: [0.3, 2], labelSmoothing } };
        const accumulated = { ...spec, training: { steps: 12, batchSize: 8, gradientAccumulation: 4 } };
        assertSame(await finalTensors(spec), await finalTensors(accumulated));
      }
    });

    it('balanced weights are those of the classes’ counts; weights by one factor are none', async () => {
      const problem = rings({ train: 100, validation: 0, test: 0 });
      const counts = [0, 1].map((index) => problem.data.train.y.filter((actual: number) => actual === index).length);
      const weigh = (classWeights: number[] | 'balanced') =>
        finalTensors({ ...plain, loss: { type: 'crossEntropy', classWeights } }, problem);
      assertSame(await weigh('balanced'), await weigh(counts.map((count) => 50 / count)));
      assertSame(await weigh([3, 3]), await finalTensors(plain, problem));
    });

    it('the moving average becomes the model; the run itself is that without one', async () => {
      const tensors = await finalTensors({ ...plain, training: { ...plain.training, emaDecay: 0.5 } });
      const without = await finalTensors(plain);
      for (const name of without.keys()) {
        assert.deepEqual(valuesOf(tensors, `resume/weights/${name}`), valuesOf(without, name));
        assert.notDeepEqual(valuesOf(tensors, name), valuesOf(without, name));
      }
    });

    it('2 threads give the checkpoint bytes of 1: adaptive optimizers, normalisations, average, weighted and smoothed loss', async () => {
      const optimizers: OptimizerSpec[] = [
        { type: 'rmsprop', momentum: 0.9, centered: true },
        { type: 'adagrad' },
        { type: 'adamw' },
      ];
      // Wide enough for activations and updates to be cut.
      const layers: LayerSpec[] = [
        { type: 'dense', units: 300 },
        { type: 'batchNorm' },
        { type: 'silu' },
        { type: 'dense', units: 200, activation: 'elu' },
        { type: 'layerNorm' },
        { type: 'softplus' },
      ];
      const problem = rings({ train: 513, validation: 0, test: 0 }); // 256 + 257
      for (const optimizer of optimizers) {
        const spec: EngineSpec = {
          model: { type: 'sequential', layers },
          optimizer,
          loss: { type: 'crossEntropy', labelSmoothing: 0.1, classWeights: 'balanced' },
          training: { steps: 4, batchSize: 256, emaDecay: 0.9, clipNorm: 1 },
        };
        const [one, two] = [
          await record(problem, spec, { kernels, threads: 1 }),
          await record(problem, spec, { kernels, threads: 2 }),
        ].map(({ checkpoints }) => sha256(checkpoints.at(-1)!.bytes));
        assert.equal(one, two, optimizer.type);
      }
    });

    it('adamw decays weights alone, or everything when asked', async () => {
      // A rate of 1e-8 under a decay of 1e6: Adam moves nothing by more than 1e-8, the decay 1 %.
      const decayed = (decays: 'weights' | 'all') =>
        finalTensors({
          ...plain,
          model: { type: 'sequential', layers: [{ type: 'dense', units: 4 }, { type: 'layerNorm' }] },
          optimizer: { type: 'adamw', learningRate: 1e-8, weightDecay: 1e6, decays },
          training: { steps: 1 },
        });
      const [weights, all] = [await decayed('weights'), await decayed('all')];
      assertClose(valuesOf(weights, 'layers.1.weight'), [1, 1, 1, 1], 'scales, kept');
      assertClose(valuesOf(all, 'layers.1.weight'), [0.99, 0.99, 0.99, 0.99], 'scales, decayed');
      assert.deepEqual(valuesOf(weights, 'layers.0.weight'), valuesOf(all, 'layers.0.weight'));
    });
  });
}
