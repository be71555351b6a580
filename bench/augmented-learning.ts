/**
 * What augmentation is worth: the two-convolution model of bench/training on Fashion-MNIST, the same run without and with flip
 * and shift, for each seed. Nothing else regularises it: with dropout 0.4 both arms end alike. Exits with 1 where the mean over
 * the seeds is not better with them.
 *
 *     node dist/bench/augmented-learning.js [--seeds n] [--epochs n] [--json file]
 */
import { parseArgs } from 'node:util';
import type { ResolvedAugmentation } from '../src/data/augment/index.js';
import { fedImages, feedOf } from '../src/data/feed/feed-data.js';
import { prepareImages } from '../src/data/images/prepare-images.js';
import { chooseKernels } from '../src/engine/index.js';
import { machine, writeJson } from './harness.js';
import { fashionMnistImages } from './learning/fashion-mnist.js';
import { weLearn } from './learning/learn.js';
import type { Task } from './learning/tasks.js';
import { WORKLOADS } from './workloads.js';

const { values: options } = parseArgs({
  options: {
    json: { type: 'string' },
    seeds: { type: 'string', default: '3' },
    epochs: { type: 'string', default: '15' },
  },
});
const { factory: kernels, reason } = chooseKernels('auto');
const images = fashionMnistImages();
const request = { split: { type: 'given', folds: null, validation: 0, stratify: true }, seed: 1 } as const;
const augmentation: ResolvedAugmentation[] = [
  { type: 'flip', direction: 'horizontal', probability: 0.5 },
  { type: 'shift', height: 0.04, width: 0.04, fill: 0, probability: 1 },
];
const { model } = WORKLOADS['cnn']!;
const training = { epochs: Number(options.epochs), batchSize: 128 };
const task: Pick<Task, 'spec'> = {
  spec: { model, optimizer: { type: 'adam', learningRate: 0.001 }, schedule: { type: 'cosine' }, training },
};
const arms = {
  without: () => prepareImages(images, request),
  'with flip and shift': () => feedOf(fedImages(images, request, augmentation)),
};
const seeds = Array.from({ length: Number(options.seeds) }, (_, index) => index + 1);

console.log(`${machine.cpu}, ${machine.cores} cores, Node ${machine.node}; ${reason}`);
const accuracies: Record<string, number[]> = {};
for (const seed of seeds) {
  for (const [name, prepared] of Object.entries(arms)) {
    const { accuracy, seconds } = await weLearn(task, prepared(), { seed, threads: 1, kernels });
    accuracies[name] = [...(accuracies[name] ?? []), accuracy];
    console.log(`seed ${seed}, ${name}: accuracy ${accuracy.toFixed(4)} in ${seconds.toFixed(0)} s`);
  }
}
const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const [before, after] = Object.values(accuracies).map(mean) as [number, number];
console.log(`mean of ${seeds.length}: ${before.toFixed(4)} without, ${after.toFixed(4)} with`);
writeJson(options.json, { machine, epochs: options.epochs, seeds, accuracies });
if (after <= before) process.exitCode = 1;
