/**
 * What augmentation costs the step loop: steps a second of the CNN workload with rows that a thread augments ahead of it,
 * beside those of the same steps on rows that stand in memory, in turns. Exits with 1 where it is less than 90 %.
 *
 *     node dist/bench/augmentation.js [--rounds n] [--steps timed at once] [--json file]
 */
import { parseArgs } from 'node:util';
import { AugmentationsSpec, type ResolvedAugmentation } from '../src/data/augment/index.js';
import { shared } from '../src/data/feed/arrays.js';
import { feedFrom } from '../src/data/feed/feed.js';
import {
  chooseKernels,
  type DataShape,
  Draws,
  type Feed,
  fillDefaults,
  resolveEngineSpec,
} from '../src/engine/index.js';
import { type FedContender, stepsOn, sustained } from './fed-steps.js';
import { machine as described, writeJson } from './harness.js';
import { WORKLOADS } from './workloads.js';

const { values: options } = parseArgs({
  options: {
    json: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    steps: { type: 'string', default: '60' },
  },
});
const leastShare = 0.9;
const { batchSize, inputs, outputs, model } = WORKLOADS['cnn']!;
const rows = 64 * batchSize;
const kernels = chooseKernels('auto').factory;
const shape: DataShape = {
  ...{ task: 'classification', inputs, outputs },
  rows: { train: rows, validation: 0, test: 0 },
};
const spec = resolveEngineSpec({ model, training: { batchSize, epochs: 1_000_000 } }, shape);

const draws = new Draws(1, 0);
const pixels = shared(Uint8Array.from({ length: rows * inputs }, () => draws.integer(256)));
const split = {
  images: Int32Array.from({ length: rows }, (_, row) => row),
  classes: Int32Array.from({ length: rows }, () => draws.integer(outputs)),
};
const none = { images: new Int32Array(0), classes: new Int32Array(0) };

const augmentedBy = (types: readonly string[]): Feed => {
  const augmentations = fillDefaults(
    AugmentationsSpec,
    types.map((type) => ({ type })),
  ) as ResolvedAugmentation[];
  const source = { kind: 'images', pixels, splits: { train: split, validation: none, test: none } } as const;
  const domain = { kind: 'image', shape: [1, 28, 28], mean: 0.5, deviation: 0.29 } as const;
  return feedFrom({ rows: source, domain, augmentations }, { classCounts: [] });
};

const lists: Readonly<Record<string, readonly string[] | null>> = {
  'in memory': null,
  'flip, shift': ['flip', 'shift'],
  'flip, shift, mixup': ['flip', 'shift', 'mixup'],
  'flip, crop, rotate, brightness, cutout, cutmix': ['flip', 'crop', 'rotate', 'brightness', 'cutout', 'cutmix'],
  'every one, mixed by mixup': ['flip', 'shift', 'rotate', 'crop', 'brightness', 'noise', 'cutout', 'mixup'],
};

const x = Float32Array.from(pixels, (level) => (level / 255 - 0.5) / 0.29);
const empty = { rows: 0, x: x.subarray(0, 0), y: split.classes.subarray(0, 0) };
const inMemory = { train: { rows, x, y: split.classes }, validation: empty, test: empty };
const job = { spec, shape, kernels };
const contenders: Record<string, FedContender> = {};
for (const [name, list] of Object.entries(lists)) {
  contenders[name] = await stepsOn(job, list === null ? inMemory : augmentedBy(list));
}
const quickest = await sustained(contenders, { rounds: Number(options.rounds), steps: Number(options.steps) });

console.log(`${described.cpu}, ${described.cores} cores, Node ${described.node}; ${kernels.name}, one thread\n`);
const plain = quickest['in memory']!;
const results = Object.entries(quickest).map(([name, seconds]) => ({
  name,
  samplesPerSecond: batchSize / seconds,
  share: plain / seconds,
}));
for (const { name, samplesPerSecond, share } of results) {
  console.log(
    `${name.padEnd(50)} ${samplesPerSecond.toFixed(0).padStart(7)} samples/s  ${(100 * share).toFixed(0).padStart(4)} %`,
  );
}
writeJson(options.json, { machine: described, results });
if (results.some(({ share }) => share < leastShare)) process.exitCode = 1;
