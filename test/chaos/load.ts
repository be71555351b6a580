/** What is trained meanwhile: jobs of three kinds of model, and of one that is rolled back on the way, on a table of small pictures and on a text, each for about a second. */
import { Draws } from '../../src/engine/rng.js';

const pixels = 64; // 8 × 8
const classes = 4;
const rowCount = 240;
const stream = 0xff00_0001;
const words = ['amber', 'birch', 'cedar', 'delta', 'ember', 'fjord', 'grove'];
const wordCount = 600;

/** Noise, and a brighter quarter that the class says. */
function picturesCsv(): string {
  const draws = new Draws(1, stream);
  const names = Array.from({ length: pixels }, (_, pixel) => `p${pixel}`);
  const rows = Array.from({ length: rowCount }, (_, row) => {
    const label = row % classes;
    const values = names.map((_, pixel) => (draws.normal() + (Math.floor(pixel / 16) === label ? 1 : 0)).toFixed(3));
    return [...values, `class${label}`].join(',');
  });
  return `${[...names, 'label'].join(',')}\n${rows.join('\n')}\n`;
}

/** Words in a drawn order. */
function wordsText(): string {
  const draws = new Draws(2, stream);
  return Array.from({ length: wordCount }, () => words[draws.integer(words.length)]).join(' ');
}

const common = {
  evaluation: { everyEpochs: 1 },
  earlyStopping: { type: 'none' },
  checkpoints: { everyEpochs: 2, minSeconds: 0.1 },
  logging: { everySteps: 1 },
};

export const files = { 'pictures.csv': picturesCsv, 'words.txt': wordsText } as const;
export type FileName = keyof typeof files;
const pictures = { file: 'pictures.csv', target: 'label' } as const;

/** Kind → the body of its jobs, with the file instead of the dataset's id. Jobs of a kind are equal, so that they must end in equal bytes. */
export const kinds = {
  mlp: {
    ...common,
    dataset: pictures,
    model: { type: 'mlp', hidden: [128, 64], dropout: 0.1 },
    training: { epochs: 200, batchSize: 16 },
  },
  cnn: {
    ...common,
    dataset: pictures,
    model: {
      type: 'sequential',
      inputShape: [1, 8, 8],
      layers: [
        { type: 'conv2d', filters: 16, kernel: 3, padding: 1, activation: 'relu' },
        { type: 'batchNorm' },
        { type: 'maxPool2d', kernel: 2 },
        { type: 'conv2d', filters: 16, kernel: 3, activation: 'relu' },
      ],
    },
    optimizer: { type: 'sgd', learningRate: 0.01, momentum: 0.9 },
    training: { epochs: 40, batchSize: 16 },
  },
  gpt: {
    ...common,
    evaluation: { everySteps: 50 },
    checkpoints: { everySteps: 20, minSeconds: 0.1 },
    dataset: { file: 'words.txt' },
    model: { type: 'gpt', layers: 1, heads: 2, width: 32, context: 16, dropout: 0.1 },
    optimizer: { type: 'adamw', learningRate: 0.003 },
    schedule: { type: 'cosine' },
    training: { steps: 500, batchSize: 8, sampling: 'randomWindows', emaDecay: 0.9 },
  },
  /** Its rate rises until the loss leaps, some fifteen times over the run. */
  guarded: {
    ...common,
    dataset: pictures,
    model: { type: 'mlp', hidden: [128, 64], dropout: 0.1 },
    optimizer: { type: 'sgd', learningRate: 4, momentum: 0.9 },
    schedule: { type: 'constant', warmup: 1500 },
    training: { epochs: 200, batchSize: 16 },
    guard: {
      onNonFinite: 'rollback',
      maxRollbacks: 100,
      learningRateFactor: 0.5,
      lossSpike: { type: 'rollback', factor: 6, window: 20 },
    },
  },
} as const;
export type Kind = keyof typeof kinds;
export const kindNames = Object.keys(kinds) as Kind[];
