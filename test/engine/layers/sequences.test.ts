/** The layers on sequences: their values against PyTorch, and what they refuse. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type LayerSpec, layerOf } from '../../../src/engine/layers/index.js';
import { createMemory, Layout } from '../../../src/engine/memory.js';
import { backends } from '../backends.js';
import { assertClose, type GoldenTensor, goldenCases } from '../golden.js';
import { backwardFrom, stackOf, tokensIn } from './stack.js';

interface EmbeddingCase {
  op: 'embedding';
  inputs: { ids: GoldenTensor; weight: GoldenTensor };
  output: GoldenTensor;
  upstream: GoldenTensor;
  grads: { weight: GoldenTensor };
}

/** q, k, v, output and gradients are [batch, heads, time, headSize]. */
interface AttentionCase {
  op: 'attention';
  params: { causal: boolean; keyMask?: GoldenTensor };
  inputs: { q: GoldenTensor; k: GoldenTensor; v: GoldenTensor };
  output: GoldenTensor;
  upstream: GoldenTensor;
  grads: { q: GoldenTensor; k: GoldenTensor; v: GoldenTensor };
}

const cases = goldenCases<EmbeddingCase | AttentionCase>('layers.json');
const embeddings = cases.filter((test) => test.op === 'embedding');
const attentions = cases.filter((test) => test.op === 'attention');

/** Heads side by side: [batch, heads, time, headSize] tensors as one [batch, time, tensors, heads, headSize]. */
function packed(...tensors: readonly GoldenTensor[]): number[] {
  const [batch, heads, time, headSize] = tensors[0]!.shape as [number, number, number, number];
  const values: number[] = [];
  for (let row = 0; row < batch; row++) {
    for (let position = 0; position < time; position++) {
      for (const { data } of tensors) {
        for (let head = 0; head < heads; head++) {
          const start = ((row * heads + head) * time + position) * headSize;
          values.push(...data.slice(start, start + headSize));
        }
      }
    }
  }
  return values;
}

for (const kernels of backends) {
  describe(`layers on sequences on ${kernels.name}`, () => {
    it('embedding equals PyTorch’s forward and backward, tokens that occur twice among them', async () => {
      assert.equal(embeddings.length, 1);
      for (const { inputs, output, upstream, grads } of embeddings) {
        const [rows, time] = inputs.ids.shape as [number, number];
        const [vocabulary, width] = inputs.weight.shape as [number, number];
        const spec: LayerSpec = { type: 'embedding', vocabulary, width };
        const { plan, machine, program, parameters, x, f32 } = await stackOf([spec], rows, time, kernels);
        tokensIn(x).set(inputs.ids.data);
        parameters[0]!.values.set(inputs.weight.data);
        program.run();
        assertClose(f32(program.output, output.data.length), output.data, 'output');
        backwardFrom(upstream.data, program, plan, machine.kernels, machine.memory.f32);
        assertClose(parameters[0]!.gradient, grads.weight.data, 'dW');
      }
    });

    it('attention equals PyTorch’s forward and backward in 7 cases: causal, full, with masked keys', async () => {
      assert.equal(attentions.length, 7);
      for (const { params, inputs, output, upstream, grads } of attentions) {
        const [rows, heads, time, headSize] = output.shape as [number, number, number, number];
        const elements = output.data.length;
        const layout = new Layout();
        const words = (name: string, count: number) => layout.reserve(name, count * 4);
        const [qkv, dqkv] = [words('qkv', 3 * elements), words('dqkv', 3 * elements)];
        const [y, dy] = [words('y', elements), words('dy', elements)];
        const [probabilities, scores] = [words('probabilities', rows * heads * time ** 2), words('scores', time ** 2)];
        const mask = params.keyMask === undefined ? 0 : words('mask', rows * time);
        const scratch = layout.reserve('scratch', kernels.scratchBytes);
        const memory = createMemory(layout.bytes);
        const { attention, attentionBackward } = await kernels.create(memory.memory, scratch);

        memory.f32.set(packed(inputs.q, inputs.k, inputs.v), qkv / 4);
        memory.f32.set(packed(upstream), dy / 4);
        if (params.keyMask !== undefined) memory.i32.set(params.keyMask.data.map(Number), mask / 4);
        const sizes = [rows, heads, time, headSize, params.causal ? 1 : 0] as const;
        attention(...sizes, mask, qkv, probabilities, y, 0, 0, 0, 0, 0, 0, 0);
        attentionBackward(...sizes, qkv, probabilities, dy, dqkv, scores, 0, 0, 0);
        assertClose(memory.f32.subarray(y / 4, y / 4 + elements), packed(output), 'output');
        const gradients = memory.f32.subarray(dqkv / 4, dqkv / 4 + 3 * elements);
        assertClose(gradients, packed(grads.q, grads.k, grads.v), 'dq, dk, dv');
      }
    });
  });
}

describe('layers on sequences', () => {
  it('attention drops a share of its probabilities and scales up the others, each query its own, within 5 standard errors', async () => {
    const kernels = backends.at(-1)!;
    const [rows, heads, time, headSize] = [40, 2, 21, 21];
    const n = rows * heads * time * headSize;
    const layout = new Layout();
    const words = (name: string, count: number) => layout.reserve(name, count * 4);
    const [qkv, y, key, step] = [words('qkv', 3 * n), words('y', n), words('key', 2), words('step', 1)];
    const [probabilities, keep] = [words('probabilities', n), words('keep', rows * heads * time * 2)];
    const [dropped, scratch] = [words('dropped', time ** 2), layout.reserve('scratch', kernels.scratchBytes)];
    const memory = createMemory(layout.bytes);
    // Queries and keys of 0 see every key alike; values that are unit vectors show the weight of each key.
    for (let row = 0; row < rows; row++) {
      for (let t = 0; t < time; t++) {
        for (let head = 0; head < heads; head++) {
          memory.f32[qkv / 4 + (((row * time + t) * 3 + 2) * heads + head) * headSize + t] = 1;
        }
      }
    }
    const { attention } = await kernels.create(memory.memory, scratch);
    attention(rows, heads, time, headSize, 1, 0, qkv, probabilities, y, 0.2, key, step, 5, 0, keep, dropped);
    const rate = Math.round(0.2 * 65_536) / 65_536; // draws have 16 bits
    let [kept, seen] = [0, 0];
    for (let place = 0; place < n / headSize; place++) {
      const query = Math.floor(place / heads) % time;
      const weights = memory.f32.subarray(y / 4 + place * headSize, y / 4 + (place + 1) * headSize);
      weights.forEach((weight, at) => {
        const isKept = at <= query && weight !== 0;
        assert.ok(
          isKept ? Math.abs(weight - 1 / (query + 1) / (1 - rate)) < 1e-6 : weight === 0,
          `${place}, ${at}: ${weight}`,
        );
        kept += Number(isKept);
        seen += Number(at <= query);
      });
    }
    assert.ok(Math.abs(kept / seen - 0.8) <= 5 * Math.sqrt((0.8 * 0.2) / seen), `${kept} of ${seen}`);
  });

  it('refuse heads that do not divide the width, sequences beyond the context, rows of another shape', () => {
    const refused = (spec: LayerSpec, shape: readonly number[], message: RegExp) =>
      assert.throws(() => layerOf(spec).outputShape(spec, shape), { code: 'invalid_spec', message });
    refused({ type: 'attention', heads: 3 }, [6, 8], /heads that divide the width 8, got 3 heads/);
    refused({ type: 'attention', heads: 3 }, [6], /expected rows of shape \[time, width\], got \[6\]/);
    refused({ type: 'positionEmbedding', context: 5 }, [6, 8], /sequences of at most 5, got 6/);
    refused({ type: 'embedding', vocabulary: 5, width: 2 }, [6, 8], /expected rows of shape \[time\], got \[6, 8\]/);
    refused({ type: 'residual', layers: [{ type: 'dense', units: 3 }] }, [4], /from \[4\] to itself, got \[3\]/);
  });
});
