/** What a preview shows is what a feeder's thread writes into the engine's memory in the first epoch of the same seed. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import sharp from 'sharp';
import type { FedData } from '../../src/data/feed/feed-data.js';
import { feedOf } from '../../src/data/feed/feed-data.js';
import { describeImages } from '../../src/data/images/image-file.js';
import { type ImagesPreparation, levelsOf } from '../../src/data/images/images.js';
import type { StoredDataset } from '../../src/data/stored-dataset.js';
import { FedRows } from '../../src/engine/feed/fed-rows.js';
import { createMachine } from '../../src/engine/machine.js';
import { planTraining } from '../../src/engine/plan.js';
import { resolveEngineSpec } from '../../src/engine/resolve.js';
import { orderLength, StepOrder } from '../../src/engine/step-order.js';
import { previewDataset } from '../../src/run/preview.js';
import { augmentedData } from '../../src/run/training-data.js';
import type { DatasetContents } from '../../src/schemas/dataset.js';
import type { JobSpec, ResolvedJobSpec } from '../../src/schemas/job-spec.js';
import { planSpec } from '../../src/services/spec.js';
import { bars } from '../data/images/support.js';
import { readContent } from '../data/support.js';
import { backends } from '../engine/backends.js';

const kernels = backends.find(({ name }) => name.startsWith('wasm'))!;
const store = { memoryBytes: Number.POSITIVE_INFINITY, folder: '' };
const count = 12;

/** As the service resolves it. */
function specOf(contents: DatasetContents, job: object): ResolvedJobSpec {
  const id = 'ds_00000000000000000000000000';
  const body = { ...job, dataset: { id, ...('dataset' in job && (job.dataset as object)) } } as JobSpec;
  const around = {
    freeBytes: 2 ** 30,
    gflops: null,
    machine: { threads: 1, scratchBytes: 0 },
    dataMemoryBytes: 2 ** 30,
  };
  return planSpec(body, { ...around, dataset: { name: 'shown', contents } }).spec;
}

const threads: FedRows[] = [];
after(() => Promise.all(threads.map((rows) => rows.close())));

/** The training split's rows as a real feeder writes the first epoch, [rows, inputs], in the order of the split. */
async function firstEpoch({ source, classCounts, ...fitted }: FedData, seed: number): Promise<Float32Array[]> {
  const { data, shape } = feedOf({ source, classCounts, ...fitted });
  if (!('start' in data)) throw new TypeError('expected a feed');
  const { train } = shape.rows;
  const training = { batchSize: train, epochs: 1, seed };
  const spec = resolveEngineSpec({ model: { type: 'mlp', hidden: [] }, training }, shape);
  const plan = planTraining(spec, shape, { feed: data, scratchBytes: kernels.scratchBytes });
  const machine = await createMachine(plan, kernels);
  const rows = await FedRows.start(data, { machine, plan, firstStep: 0 });
  threads.push(rows);
  rows.ofStep(0);
  const order = new Uint32Array(orderLength(shape, plan.steps));
  new StepOrder(order, { training: spec.training, shape, steps: plan.steps }).firstOf(0);
  const first = plan.addresses.inputs / 4;
  const written = Array.from(order, (_, slot) =>
    machine.memory.f32.slice(first + slot * shape.inputs, first + (slot + 1) * shape.inputs),
  );
  return Array.from({ length: train }, (_, place) => written[order.indexOf(place)]!);
}

async function shownAndFed(stored: StoredDataset, spec: ResolvedJobSpec) {
  const reply = await previewDataset(stored, { path: '', spec, store, count, sheet: false });
  assert.ok('preview' in reply);
  const fed = augmentedData(stored, spec);
  return { preview: reply.preview, fed, rows: await firstEpoch(fed, spec.training.seed) };
}

test('of a table, changed and mixed: to the bit', async () => {
  const lines = Array.from({ length: 40 }, (_, row) => `${row % 7},${(row * 5) % 11},${'ab'[row % 2]}`);
  const { table, rowCount, columns } = await readContent(['n,m,class', ...lines].join('\n'));
  const spec = specOf(
    { kind: 'table', rowCount, columns },
    {
      ...{ dataset: { target: 'class' }, model: { type: 'mlp' }, training: { seed: 9 } },
      augmentation: [{ type: 'noise' }, { type: 'featureDropout', rate: 0.3 }, { type: 'mixup' }],
    },
  );
  const { preview, rows } = await shownAndFed({ kind: 'table', columns: table, close: () => undefined }, spec);
  assert.ok(preview.kind === 'inputs' && preview.samples.length === count);
  preview.samples.forEach(({ before, after }, row) => {
    const shown = after.inputs.flatMap(({ values }) => values);
    assert.deepEqual(shown, [...rows[row]!]);
    assert.notDeepEqual(
      shown,
      before.inputs.flatMap(({ values }) => values),
    );
  });
});

test('of images: to the level of each pixel', async () => {
  const raw = bars(40);
  const [pixels, labels] = [raw.images.subarray(16), raw.labels.subarray(8)];
  const contents = describeImages({ shape: [1, 6, 5], classes: ['0', '1'], labels, testRowCount: 0 });
  const spec = specOf(contents, {
    ...{ model: { type: 'mlp' }, training: { seed: 9 } },
    augmentation: [{ type: 'flip' }, { type: 'shift' }, { type: 'noise', deviation: 0.2 }],
  });
  const stored = { kind: 'images', images: { contents, pixels, labels }, close: () => undefined } as const;
  const { preview, fed, rows } = await shownAndFed(stored, spec);
  assert.ok(preview.kind === 'images' && preview.samples.length === count);
  const preparation = fed.preparation as ImagesPreparation;
  for (const [row, { before, after }] of preview.samples.entries()) {
    const [shown, original] = await Promise.all([after, before].map(({ image }) => decode(image)));
    assert.deepEqual(shown, Buffer.from(levelsOf(rows[row]!, preparation)));
    assert.notDeepEqual(shown, original);
  }
});

const decode = (uri: string): Promise<Buffer> =>
  sharp(Buffer.from(uri.split(',')[1]!, 'base64'))
    .toColourspace('b-w')
    .raw()
    .toBuffer();
