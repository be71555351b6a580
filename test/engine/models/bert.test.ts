/** BERT as a model: that it reads the order of tokens, passes over padding, and what it refuses. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Split } from '../../../src/engine/data.js';
import { planTraining } from '../../../src/engine/plan.js';
import { createPredictor } from '../../../src/engine/predict.js';
import { resolveEngineSpec } from '../../../src/engine/resolve.js';
import { Draws } from '../../../src/engine/rng.js';
import { decodeSafetensors, encodeSafetensors } from '../../../src/engine/safetensors.js';
import type { DataShape } from '../../../src/engine/shape.js';
import type { EngineSpec } from '../../../src/engine/spec.js';
import { backends } from '../backends.js';
import { type Problem, record } from '../runs.js';

const kernels = backends.at(-1)!;
const [VOCABULARY, TIME, PADDING, CLASS_TOKEN] = [10, 9, 0, 1];

/** Whether 2 stands before 3 in a text of random length that holds both once: no count of tokens tells. */
function orders(rows: DataShape['rows']): Problem {
  const draws = new Draws(10, 0xff00_0000);
  const split = (count: number): Split => {
    const [x, y] = [new Int32Array(count * TIME), new Int32Array(count)];
    for (let row = 0; row < count; row++) {
      const length = 3 + draws.integer(TIME - 2);
      const text = Array.from({ length }, (_, place) => (place === 0 ? CLASS_TOKEN : 4 + draws.integer(6)));
      const first = 1 + draws.integer(length - 2);
      const second = first + 1 + draws.integer(length - first - 1);
      y[row] = draws.integer(2);
      [text[first], text[second]] = y[row] === 1 ? [2, 3] : [3, 2];
      x.set([...text, ...new Array<number>(TIME - length).fill(PADDING)], row * TIME);
    }
    return { rows: count, x, y };
  };
  const tokens = { vocabulary: VOCABULARY, targets: 'row', padding: PADDING } as const;
  const data = { train: split(rows.train), validation: split(rows.validation), test: split(rows.test) };
  return { shape: { task: 'classification', inputs: TIME, outputs: 2, tokens, rows }, data };
}

const tiny: EngineSpec = {
  model: { type: 'bert', layers: 2, heads: 2, width: 32, context: TIME, dropout: 0 },
  optimizer: { type: 'adamw', learningRate: 0.003 },
  training: { steps: 300, batchSize: 32, clipNorm: 1 },
  earlyStopping: { type: 'none' },
};

describe('bert', () => {
  it('tells which of two tokens comes first with accuracy ≥ 0.95 on 200 unseen rows; a bag of words is at chance', async () => {
    const { outcome } = await record(orders({ train: 1000, validation: 0, test: 200 }), tiny, { kernels });
    assert.ok(outcome.reason === 'completed');
    const { accuracy } = outcome.metrics.test!.values;
    assert.ok(accuracy! >= 0.95, String(accuracy));
  });

  it('passes over padding: another vector for it changes no bit of what is said of padded rows', async () => {
    const problem = orders({ train: 40, validation: 0, test: 0 });
    const { checkpoints } = await record(problem, { ...tiny, training: { steps: 2 } }, { kernels });
    const { bytes } = checkpoints.at(-1)!;
    const { tensors, metadata } = decodeSafetensors(bytes.slice());
    (tensors.get('token.weight')!.data as Float32Array).fill(5, PADDING * 32, (PADDING + 1) * 32);
    const other = encodeSafetensors([...tensors.values()], metadata);
    const x = problem.data.train.x;
    assert.ok(x.includes(PADDING));
    const [before, after] = await Promise.all(
      [bytes, other].map(async (checkpoint) => (await createPredictor(checkpoint, kernels)).predict(x, 40)),
    );
    assert.deepEqual(after, before);
  });

  it('refuses columns of values, and targets at each position', () => {
    const { shape } = orders({ train: 8, validation: 0, test: 0 });
    const { tokens, ...columns } = shape;
    const refused = (model: EngineSpec['model'], of: DataShape, message: RegExp) =>
      assert.throws(() => planTraining(resolveEngineSpec({ model }, of), of), { code: 'invalid_spec', message });
    const got = (what: string) => new RegExp(`^/model/type: bert takes tokens with targets row or masked, got ${what}`);
    refused(tiny.model, columns, got('rows of 9 values'));
    refused(tiny.model, { ...shape, tokens: { ...tokens!, targets: 'position' } }, got('tokens with targets position'));
  });
});
