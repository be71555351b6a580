/** A checkpoint is for the run it came from, and says so; what a caller adds to it comes back. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { encodeModel } from '../../src/engine/checkpoint.js';
import { createPredictor } from '../../src/engine/predict.js';
import { decodeSafetensors, encodeSafetensors, type Tensor } from '../../src/engine/safetensors.js';
import type { EngineSpec } from '../../src/engine/spec.js';
import { backends } from './backends.js';
import { record, rings } from './runs.js';

const [reference, wasm] = backends as [(typeof backends)[number], (typeof backends)[number]];
const problem = rings({ train: 20, validation: 10, test: 10 });
const spec: EngineSpec = { model: { type: 'mlp', hidden: [4] }, training: { epochs: 4 } };

describe('checkpoint', () => {
  it('is refused with checkpoint_mismatch by another spec, other data or other kernels, and where a tensor is missing', async () => {
    const stopped = await record(problem, spec, { kernels: wasm, stopAt: 2 });
    const { bytes } = stopped.checkpoints.at(-1)!;
    const mismatch = { code: 'checkpoint_mismatch' };
    const resume = (given: Uint8Array) => ({ kernels: wasm, resumeFrom: given });
    await assert.rejects(record(problem, { ...spec, training: { epochs: 5 } }, resume(bytes)), mismatch);
    await assert.rejects(record(rings({ train: 21, validation: 10, test: 10 }), spec, resume(bytes)), mismatch);
    await assert.rejects(record(problem, spec, { kernels: reference, resumeFrom: bytes }), mismatch);

    const { tensors, metadata } = decodeSafetensors(bytes);
    for (const name of tensors.keys()) {
      const others = [...tensors.values()].filter((tensor) => tensor.name !== name);
      await assert.rejects(record(problem, spec, resume(encodeSafetensors(others, metadata))), mismatch, name);
      const tensor: Tensor = {
        ...(tensors.get(name) as Tensor & { dtype: 'F32' }),
        shape: [1, 1],
        data: new Float32Array(1),
      };
      await assert.rejects(
        record(problem, spec, resume(encodeSafetensors([...others, tensor], metadata))),
        mismatch,
        name,
      );
    }
    await assert.rejects(createPredictor(encodeSafetensors([...tensors.values()]), wasm), mismatch);
  });

  it('holds the model under plain names and its state under resume/, and no time: a stop costs no byte', async () => {
    const { checkpoints } = await record(problem, spec, { kernels: wasm });
    const names = [...decodeSafetensors(checkpoints.at(-1)!.bytes).tensors.keys()];
    const parameters = ['hidden.0.bias', 'hidden.0.weight', 'output.bias', 'output.weight'];
    const kept = ['mean', 'variance', 'weights'].flatMap((state) =>
      parameters.map((name) => `resume/${state}/${name}`),
    );
    assert.deepEqual(names, [...parameters, ...kept]);
  });

  for (const emaDecay of [null, 0.9]) {
    it(`gives up its last weights, with emaDecay ${emaDecay}: those of the same run that keeps no best`, async () => {
      const erratic: EngineSpec = {
        ...spec,
        optimizer: { type: 'adam', learningRate: 3 },
        training: { epochs: 4, emaDecay },
      };
      const last = async (validation: number) => {
        const { checkpoints } = await record(rings({ train: 20, validation, test: 0 }), erratic, { kernels: wasm });
        return checkpoints.at(-1)!.bytes;
      };
      const tensors = (bytes: Uint8Array, weights: 'best' | 'last') =>
        decodeSafetensors(encodeModel(bytes, weights)).tensors;
      const [watched, unwatched] = [await last(10), await last(0)];
      assert.deepEqual(tensors(watched, 'last'), tensors(unwatched, 'best'));
      assert.deepEqual(tensors(unwatched, 'last'), tensors(unwatched, 'best'));
      assert.notDeepEqual(tensors(watched, 'best'), tensors(watched, 'last'));
    });
  }
});
