/** Whole runs on augmented rows: stopped anywhere, on any threads, they are the same run; without augmentation, the usual one. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ResolvedAugmentation } from '../../../src/data/augment/index.js';
import { fedArrays, fedImages, feedOf } from '../../../src/data/feed/feed-data.js';
import { describeImages } from '../../../src/data/images/image-file.js';
import { prepareImages } from '../../../src/data/images/prepare-images.js';
import type { PreparedData } from '../../../src/data/prepared-data.js';
import type { EngineSpec } from '../../../src/engine/spec.js';
import { backends } from '../../engine/backends.js';
import { type Recording, record, sha256, surface } from '../../engine/runs.js';
import { bars } from '../images/support.js';

const kernels = backends.find(({ name }) => name.startsWith('wasm'))!;
const rowCount = 60;
const raw = bars(rowCount);
const labels = raw.labels.subarray(8);
const images = {
  contents: describeImages({ shape: [1, 6, 5], classes: ['0', '1'], labels, testRowCount: 0 }),
  pixels: raw.images.subarray(16),
  labels,
};
const request = {
  split: { type: 'random', folds: null, validation: 0.2, test: 0.2, stratify: true },
  seed: 1,
} as const;
const spec: EngineSpec = {
  model: { type: 'sequential', inputShape: [1, 6, 5], layers: [{ type: 'conv2d', filters: 3, kernel: 3 }] },
  loss: { type: 'crossEntropy', labelSmoothing: 0.1, classWeights: [1, 2] },
  training: { steps: 12, batchSize: 8, gradientAccumulation: 2, seed: 5 },
  evaluation: { everySteps: 3 },
};
const list: ResolvedAugmentation[] = [
  { type: 'flip', direction: 'horizontal', probability: 0.5 },
  { type: 'rotate', degrees: 15, fill: 0, probability: 1 },
  { type: 'cutmix', alpha: 1, probability: 0.5 },
];
const never = list.map((augmentation) => ({ ...augmentation, probability: 0 }));

function assertSame(actual: Recording, expected: Recording): void {
  assert.deepEqual(actual.rows, expected.rows);
  assert.deepEqual(actual.outcome, expected.outcome);
  assert.equal(sha256(actual.checkpoints.at(-1)!.bytes), sha256(expected.checkpoints.at(-1)!.bytes));
}

describe('runs on augmented images', () => {
  it('stopped after any of their steps and resumed, or on 2 threads, give the same rows and bytes', async () => {
    const problem = feedOf(fedImages(images, request, list));
    const whole = await record(problem, spec, { kernels });
    assertSame(await record(problem, spec, { kernels, threads: 2 }), whole);
    for (const stopAt of [1, 4, 7, 11]) {
      const before = await record(problem, spec, { kernels, stopAt });
      const after = await record(problem, spec, { kernels, resumeFrom: before.checkpoints.at(-1)!.bytes });
      assertSame({ ...after, rows: [...before.rows, ...after.rows] }, whole);
    }
  });

  it('that never come are those without augmentation, bit by bit where targets are classes', async () => {
    const plain = await record(prepareImages(images, request), spec, { kernels });
    assertSame(await record(feedOf(fedImages(images, request, never.slice(0, 2))), spec, { kernels }), plain);
    const soft = await record(feedOf(fedImages(images, request, never)), spec, { kernels });
    soft.rows.forEach(({ name, value }, index) => {
      const expected = plain.rows[index]!.value;
      assert.ok(Math.abs(value - expected) <= 1e-4 * Math.max(1, Math.abs(expected)), `${name}: ${value}, ${expected}`);
    });
  });
});

describe('runs on augmented tables', () => {
  it('mix the targets of a regression', async () => {
    const { shape, data } = surface({ train: 40, validation: 10, test: 10 });
    const feature = (name: string) => ({ name, type: 'number' as const, mean: 0, deviation: 1 });
    const preparation = {
      kind: 'columns',
      features: ['a', 'b', 'c'].map(feature),
      target: { type: 'regression', name: 'y', mean: 0, deviation: 1 },
      unused: ['y'],
      inputs: 3,
    } as const;
    const prepared = { preparation, shape, data } as unknown as PreparedData;
    const regression: EngineSpec = { model: { type: 'mlp', hidden: [4] }, training: { epochs: 3 } };
    const mixed = feedOf(fedArrays(prepared, [{ type: 'mixup', alpha: 1, probability: 1 }]));
    const plain = await record({ shape, data }, regression, { kernels });
    const never = feedOf(fedArrays(prepared, [{ type: 'mixup', alpha: 1, probability: 0 }]));
    assertSame(await record(never, regression, { kernels }), plain);
    const run = await record(mixed, regression, { kernels });
    assert.notDeepEqual(run.rows, plain.rows);
  });
});
