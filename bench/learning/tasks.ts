/** What is learnt: data, the recipe, which our engine and PyTorch follow alike, and what must come of it. */
import type { DataShape, EngineSpec, TrainingData } from '../../src/engine/index.js';
import { fashionMnist } from './fashion-mnist.js';
import { maskedCharacters, nextCharacters, shuffledLines, unigramEntropy } from './shakespeare.js';

export interface Loaded {
  readonly shape: DataShape;
  /** `test` is measured once, when a run is over; nothing is chosen on the way, so there is no `validation`. */
  readonly data: TrainingData;
  /** What the mean over the seeds must reach on the test, and where the number comes from. */
  readonly bound: number;
  readonly reference: string;
}

export interface Task {
  readonly title: string;
  /** Accuracy is to be at least the bound, loss at most. */
  readonly metric: 'accuracy' | 'loss';
  /** How much worse than PyTorch's mean ours may be: seeds differ. */
  readonly margin: number;
  readonly spec: EngineSpec;
  load(): Loaded;
}

/** Adam whose rate falls to 0 along a cosine. */
const images = ({ epochs, learningRate }: { epochs: number; learningRate: number }) =>
  ({
    optimizer: { type: 'adam', learningRate },
    schedule: { type: 'cosine' },
    training: { epochs, batchSize: 128 },
  }) satisfies Partial<EngineSpec>;

/** Normalised behind the pooling, where there is a quarter of the values. */
const convolution = (filters: number) =>
  [
    { type: 'conv2d', filters, kernel: 3, padding: 1 },
    { type: 'maxPool2d', kernel: 2 },
    { type: 'batchNorm' },
    { type: 'relu' },
  ] as const;

const CONTEXT = 64;
const MIN_ACCURACY = 0.8;
/** Nats that a masked-token model must stay below the entropy of single characters. */
const MIN_GAIN = 1;

export const TASKS: Readonly<Record<string, Task>> = {
  mlp: {
    title: 'Fashion-MNIST, MLP 784-256-128-100-10, dropout 0.1, 10 epochs',
    metric: 'accuracy',
    margin: 0.005,
    spec: {
      model: { type: 'mlp', hidden: [256, 128, 100], activation: 'relu', dropout: 0.1 },
      ...images({ epochs: 10, learningRate: 0.001 }),
    },
    load: () => ({ ...fashionMnist(), bound: 0.883, reference: 'the data set’s own table' }),
  },
  cnn: {
    title: 'Fashion-MNIST, two convolutions with pooling and batch norm, dropout 0.4, 5 epochs',
    metric: 'accuracy',
    margin: 0.005,
    spec: {
      model: {
        type: 'sequential',
        inputShape: [1, 28, 28],
        layers: [
          ...convolution(32),
          ...convolution(64),
          { type: 'flatten' },
          { type: 'dropout', rate: 0.4 },
          { type: 'dense', units: 128, activation: 'relu' },
        ],
      },
      ...images({ epochs: 5, learningRate: 0.002 }),
    },
    load: () => ({ ...fashionMnist(), bound: 0.916, reference: 'the data set’s own table' }),
  },
  nanogpt: {
    title: 'Tiny Shakespeare, nanoGPT’s recipe for a CPU, 2,000 steps',
    metric: 'loss',
    margin: 0.015,
    spec: {
      model: { type: 'gpt', layers: 4, heads: 4, width: 128, context: CONTEXT, bias: false, dropout: 0 },
      optimizer: { type: 'adamw', learningRate: 1e-3, beta1: 0.9, beta2: 0.99, weightDecay: 0.1 },
      schedule: { type: 'cosine', minimum: 1e-4, warmup: 100 },
      training: { steps: 2000, batchSize: 12, clipNorm: 1, sampling: 'randomWindows' },
    },
    load: () => ({ ...nextCharacters(CONTEXT), bound: 1.92, reference: 'nanoGPT says 1.88, of 20 batches' }),
  },
  bert: {
    title: 'Real lines or shuffled words, BERT of 2 layers, width 64, 3 epochs',
    metric: 'accuracy',
    margin: 0.015,
    spec: {
      model: { type: 'bert', layers: 2, heads: 4, width: 64, context: CONTEXT, dropout: 0 },
      optimizer: { type: 'adamw', learningRate: 5e-4, weightDecay: 0.01 },
      schedule: { type: 'cosine', warmup: 200 },
      training: { epochs: 3, batchSize: 32, clipNorm: 1 },
    },
    load() {
      const { bagOfWords, capital, ...loaded } = shuffledLines(CONTEXT);
      const reference = `a bag of words has ${bagOfWords}, “real begins with a capital” ${capital.toFixed(3)}`;
      return { ...loaded, bound: Math.max(MIN_ACCURACY, capital), reference };
    },
  },
  masked: {
    title: 'Tiny Shakespeare, masked characters, BERT of 2 layers, width 128, 2,000 steps',
    metric: 'loss',
    margin: 0.1,
    spec: {
      model: { type: 'bert', layers: 2, heads: 4, width: 128, context: CONTEXT, dropout: 0 },
      optimizer: { type: 'adamw', learningRate: 1e-3, weightDecay: 0.01 },
      schedule: { type: 'cosine', warmup: 200 },
      training: { steps: 2000, batchSize: 16, clipNorm: 1, sampling: 'randomWindows' },
    },
    load() {
      const loaded = maskedCharacters(CONTEXT);
      const entropy = unigramEntropy(loaded.data.test.x);
      const reference = `${MIN_GAIN} nats below the entropy of its single characters, ${entropy.toFixed(3)}`;
      return { ...loaded, bound: entropy - MIN_GAIN, reference };
    },
  },
};
