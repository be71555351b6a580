/** What is trained meanwhile: jobs of three kinds of model on one table of small pictures, each for about a second. */
import { Draws } from '../../src/engine/rng.js';

const pixels = 64; // 8 × 8
const classes = 4;
const rowCount = 240;
const stream = 0xff00_0001;

/** Noise, and a brighter quarter that the class says. */
export function picturesCsv(): string {
  const draws = new Draws(1, stream);
  const names = Array.from({ length: pixels }, (_, pixel) => `p${pixel}`);
  const rows = Array.from({ length: rowCount }, (_, row) => {
    const label = row % classes;
    const values = names.map((_, pixel) => (draws.normal() + (Math.floor(pixel / 16) === label ? 1 : 0)).toFixed(3));
    return [...values, `class${label}`].join(',');
  });
  return `${[...names, 'label'].join(',')}\n${rows.join('\n')}\n`;
}

const common = {
  evaluation: { everyEpochs: 1 },
  earlyStopping: { type: 'none' },
  checkpoints: { everyEpochs: 2, minSeconds: 0.1 },
  logging: { everySteps: 1 },
};

/** Kind → the body of its jobs, without the dataset's id. Jobs of a kind are equal, so that they must end in equal bytes. */
export const kinds = {
  mlp: {
    ...common,
    model: { type: 'mlp', hidden: [128, 64], dropout: 0.1 },
    training: { epochs: 200, batchSize: 16 },
  },
  cnn: {
    ...common,
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
  attention: {
    ...common,
    model: {
      type: 'sequential',
      inputShape: [8, 8],
      layers: [
        { type: 'residual', layers: [{ type: 'layerNorm' }, { type: 'attention', heads: 2 }] },
        { type: 'layerNorm' },
      ],
    },
    optimizer: { type: 'adamw', learningRate: 0.003 },
    schedule: { type: 'cosine' },
    training: { epochs: 100, batchSize: 16, emaDecay: 0.9 },
  },
} as const;
export type Kind = keyof typeof kinds;
export const kindNames = Object.keys(kinds) as Kind[];
