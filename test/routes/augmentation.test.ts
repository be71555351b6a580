/** Augmentation over HTTP: jobs are planned and trained with it, and what does not fit is refused by its pointer. */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { Dataset } from '../../src/schemas/dataset.js';
import type { Plan } from '../../src/schemas/job.js';
import { bars } from '../data/images/support.js';
import type { Problem } from './problem-body.js';
import { csv, startApi, type TestApi } from './support.js';
import { startConsumer, train, upload } from './training.js';

let api: TestApi;
let images: Dataset;
let table: Dataset;
let text: Dataset;

before(async () => {
  api = await startApi({ LOG_LEVEL: 'error' });
  startConsumer(api);
  const { images: pixels, labels } = bars(200);
  images = await upload(
    api,
    { name: 'images', content: pixels, fileName: 'images' },
    { name: 'labels', content: labels, fileName: 'labels' },
  );
  const rows = Array.from({ length: 80 }, (_, i) => `${i % 7},${i % 2 ? 'a' : 'b'},${'ab'[i % 2]} is in row ${i}`);
  table = await upload(api, csv(['n,class,words', ...rows].join('\n')));
  text = await upload(api, { name: 'file', content: 'to be or not to be, '.repeat(50), fileName: 'plays.txt' });
});

const mlp = { type: 'mlp', hidden: [8] };
const onImages = (augmentation: object[], more: object = {}) => ({
  ...{ dataset: { id: images.id }, model: mlp, training: { epochs: 3 }, augmentation },
  ...more,
});
const onTable = (augmentation: object[], more: object = {}) => ({
  ...{
    dataset: { id: table.id, target: 'class', ignore: ['words'] },
    model: mlp,
    training: { epochs: 3 },
    augmentation,
  },
  ...more,
});
const bert = { type: 'bert', layers: 1, heads: 2, width: 8, context: 8 };
const onTexts = (augmentation: object[]) => ({
  ...{ dataset: { id: table.id, target: 'class', text: 'words' }, model: bert, training: { epochs: 2 }, augmentation },
});
const onText = (augmentation: object[], model: object = { ...bert, type: 'gpt' }) => ({
  ...{ dataset: { id: text.id }, model, training: { steps: 5, sampling: 'randomWindows' }, augmentation },
});

describe('jobs with augmentation', () => {
  const cases: Record<string, () => object> = {
    'images, each change and cutmix': () => {
      const types = ['flip', 'shift', 'rotate', 'crop', 'brightness', 'noise', 'cutout', 'cutmix'];
      return onImages(types.map((type) => ({ type })));
    },
    'a table, told by binary cross-entropy': () =>
      onTable([{ type: 'noise' }, { type: 'featureDropout' }, { type: 'mixup' }], {
        loss: { type: 'binaryCrossEntropy' },
      }),
    'a column of texts': () => onTexts([{ type: 'tokenDropout' }, { type: 'masking' }]),
    'a text in random windows': () => onText([{ type: 'masking' }]),
  };
  for (const [title, spec] of Object.entries(cases)) {
    test(`${title}: the run ends, and its model is measured on every row`, async () => {
      const { result, spec: stored } = await train(api, spec());
      const { train: trained, validation } = result!.metrics;
      assert.ok(trained.rows > 0 && validation !== null && validation.rows > 0);
      assert.ok(
        stored.augmentation?.every(({ probability }) => probability !== undefined),
        'defaults are stored',
      );
    });
  }

  test('are planned with the bytes that a ring of rows and their source take', async () => {
    const planned = async (payload: object) => {
      const response = await api.inject({ method: 'POST', url: '/v1/jobs/plan', payload });
      assert.equal(response.statusCode, 200, response.body);
      return response.json<Plan>();
    };
    const [plain, augmented] = [await planned(onImages([])), await planned(onImages([{ type: 'flip' }]))];
    assert.deepEqual(plain.spec.augmentation, []);
    assert.deepEqual(augmented.spec.augmentation, [{ type: 'flip', direction: 'horizontal', probability: 0.5 }]);
    assert.notEqual(augmented.peakBytes, plain.peakBytes);
  });
});

interface Expected {
  status: number;
  path: string;
  code?: string;
  detail: RegExp;
}

describe('augmentation that cannot be', () => {
  const unsuitable = (path: string, detail: RegExp): Expected => ({
    ...{ status: 422, path, detail },
    code: 'unsuitable_augmentation',
  });
  const flip = { type: 'flip' };
  const cases: Record<string, [() => object, Expected]> = {
    'a flip of a table': [
      () => onTable([{ type: 'noise' }, flip]),
      unsuitable('/augmentation/1/type', /flip.*table.*noise, mixup, featureDropout, got flip/),
    ],
    'token dropout of images': [
      () => onImages([{ type: 'tokenDropout' }]),
      unsuitable('/augmentation/0/type', /images.*cutmix, got tokenDropout/),
    ],
    'token dropout of one text': [
      () => onText([{ type: 'tokenDropout' }]),
      unsuitable('/augmentation/0/type', /expected masking, got/),
    ],
    'masking of what is masked anyway': [
      () => onText([{ type: 'masking' }], bert),
      unsuitable('/augmentation/0/type', /none for masked tokens/),
    ],
    'masking of bytes': [
      () => {
        const { dataset, ...job } = onText([{ type: 'masking' }]);
        return { ...job, dataset: { ...dataset, tokenizer: { type: 'byte' } } };
      },
      unsuitable('/dataset/tokenizer/type', /expected character, got byte/),
    ],
    'mixup of texts': [
      () => onTexts([{ type: 'mixup' }]),
      unsuitable('/augmentation/0/type', /tokenDropout, masking, got mixup/),
    ],
    'mixup before a flip': [
      () => onImages([{ type: 'mixup' }, flip]),
      unsuitable('/augmentation/0', /comes last.*index 1, got index 0/),
    ],
    'two mixtures': [() => onImages([{ type: 'mixup' }, { type: 'cutmix' }]), unsuitable('/augmentation/0', /once/)],
    'mixup of weighted halves': [
      () => onTable([{ type: 'mixup' }], { loss: { type: 'binaryCrossEntropy', positiveWeight: 2 } }),
      unsuitable('/loss/positiveWeight', /expected 1, got 2/),
    ],
    'an unknown augmentation': [
      () => onImages([{ type: 'flop' }]),
      { status: 400, path: '/augmentation/0/type', detail: /flip, shift/ },
    ],
    'a list that is none': [() => onImages(flip as never), { status: 400, path: '/augmentation', detail: /array/ }],
    'seventeen augmentations': [
      () => onImages(new Array(17).fill(flip)),
      { status: 400, path: '/augmentation', detail: /16/ },
    ],
  };
  /** Every field of every augmentation, out of its bounds or of the wrong type; and one that there is not. */
  const fields: Record<string, Record<string, unknown>> = {
    flip: { direction: 'diagonal' },
    shift: { height: -0.1, width: 2, fill: -1 },
    rotate: { degrees: 0, fill: 'black' },
    crop: { padding: 1.5, mode: 'wrap', fill: 256 },
    brightness: { change: 'much', strength: 1 },
    noise: { deviation: -1 },
    cutout: { size: 0, fill: 256 },
    mixup: { alpha: 0 },
    cutmix: { alpha: -1 },
    featureDropout: { rate: 1 },
    tokenDropout: { rate: 0 },
    masking: { rate: '0.1' },
  };
  for (const [type, wrong] of Object.entries(fields)) {
    for (const [field, value] of Object.entries({ ...wrong, probability: 1.5 })) {
      const augmentation = { type, [field]: value };
      const path = `/augmentation/0/${field}`;
      cases[JSON.stringify(augmentation)] = [() => onImages([augmentation]), { status: 400, path, detail: /./ }];
    }
  }

  for (const [title, [spec, { status, path, code, detail }]] of Object.entries(cases)) {
    test(`${title} is ${status} at ${path}, and leaves nothing behind`, async () => {
      const before = await api.traces();
      const response = await api.inject({ method: 'POST', url: '/v1/jobs', payload: spec() });
      assert.equal(response.statusCode, status, response.body);
      const problem = response.json<Problem>();
      const [first] = problem.errors ?? [];
      assert.equal(first?.path, path, response.body);
      if (code !== undefined) assert.equal(first?.code, code);
      assert.match(problem.detail, detail);
      assert.deepEqual(await api.traces(), before);
    });
  }
});
