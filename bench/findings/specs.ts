/**
 * The sick and the healthy runs of each side, of other datasets each: a list, and as long as one. Rules were tuned on sides A, B and C;
 * side D was run when they stood. A sick run says which code must be found, and which others describe it truly; anything else
 * that is found is spurious.
 */
import type { FindingCode } from '../../src/schemas/finding.js';
import {
  type Dataset,
  digitImages,
  fashionMnistSubset,
  readExample,
  shakespeare,
  storeTable,
  type Table,
} from './datasets.js';
import * as make from './sicknesses.js';

export interface RunSpec {
  name: string;
  /** null: healthy. */
  expected: FindingCode | null;
  /** True of the run as well. */
  allowed: readonly FindingCode[];
  /** Of a table: the same sickness with a column `part`, in which the rows to test with are clean of it. */
  clean?: (seed: number) => Table;
  /** What `load` stores, of a run of a table. */
  table?: (seed: number) => Table;
  load(seed: number): Promise<Dataset>;
  body: { dataset: object; training: object } & Record<string, unknown>;
}

interface Side {
  classes: Table;
  /** Of fewer rows. */
  others: Table;
  numbers: Table;
  /** Column that rows are sorted by. */
  drifting: string;
  /** The same, of the fewer rows. */
  driftingToo: string;
  images(seed: number): Promise<Dataset>;
  text: Dataset;
}

export const sides: Record<'A' | 'B' | 'C' | 'D', () => Side> = {
  A: () => ({
    ...{
      classes: readExample('penguins'),
      others: readExample('penguins'),
      numbers: readExample('mpg'),
      drifting: 'weight',
      driftingToo: 'island',
    },
    images: async () => fashionMnistSubset(0, 1200),
    text: shakespeare(0, 40_000),
  }),
  B: () => ({
    ...{
      classes: readExample('breast-cancer'),
      others: readExample('wine'),
      numbers: readExample('diabetes'),
      drifting: 'bmi',
      driftingToo: 'ash',
    },
    images: async () => digitImages(),
    text: shakespeare(600_000, 40_000),
  }),
  C: () => ({
    ...{
      classes: readExample('vehicle'),
      others: readExample('ionosphere'),
      numbers: readExample('diamonds'),
      drifting: 'carat',
      driftingToo: 'V3',
    },
    images: async () => fashionMnistSubset(30_000, 1200),
    text: shakespeare(300_000, 40_000),
  }),
  D: () => ({
    ...{
      classes: readExample('satellite'),
      others: readExample('vowel'),
      numbers: readExample('txhousing'),
      drifting: 'year',
      driftingToo: 'V2',
    },
    images: async () => fashionMnistSubset(50_000, 1200),
    text: shakespeare(900_000, 40_000),
  }),
};

/** What steps that are too wide do to a run, one or another. */
const thrown = [
  'nonFiniteLoss',
  'learningRateTooHigh',
  'explodingGradients',
  'deadUnits',
  'saturatedUnits',
  'vanishingGradients',
  'lossSpikes',
  'noSignal',
  'overfitting',
] as const;
const stuck = [
  'vanishingGradients',
  'deadUnits',
  'saturatedUnits',
  'plateau',
  'learningRateTooLow',
  'underfitting',
] as const;
/** What few rows bring about. */
const scarce = ['tooLittleData', 'validationTooSmall', 'overfitting', 'noSignal', 'distributionShift'] as const;
const none = { type: 'none' } as const;
const byTime = { type: 'time', column: 'day' } as const;

export function runsOf(side: Side): RunSpec[] {
  const { classes, others, numbers, drifting } = side;
  const tableRun = (
    [name, expected, ...allowed]: [string, FindingCode | null, ...FindingCode[]],
    table: Table,
    more: { changes?: make.Change[]; clean?: make.Change; dataset?: object; training?: object } & Record<
      string,
      unknown
    > = {},
  ): RunSpec => {
    const { changes = [], clean, dataset = {}, ...body } = more;
    const sick = (seed: number) => make.changed(table, seed, ...changes);
    return {
      ...{ name: `${name} · ${table.name}`, expected, allowed, table: sick },
      ...(clean && { clean: (seed) => clean(table, seed) }),
      load: (seed) => storeTable(sick(seed)),
      body: {
        model: { type: 'mlp' },
        training: { epochs: 40 },
        ...body,
        dataset: { target: table.target, ...dataset },
      },
    };
  };
  const other = (
    [name, expected, ...allowed]: [string, FindingCode | null, ...FindingCode[]],
    load: RunSpec['load'],
    body: RunSpec['body'],
  ): RunSpec => ({ name, expected, allowed, load, body });
  const { images, text } = side;
  const imageTarget = { split: { type: 'random' } };
  const cnn = (...behind: object[]) => ({
    type: 'sequential',
    layers: [
      { type: 'conv2d', filters: 8, kernel: 3, padding: 1 },
      { type: 'relu' },
      { type: 'maxPool2d', kernel: 2 },
      { type: 'flatten' },
      ...behind,
    ],
  });
  const gpt = { type: 'gpt', layers: 1, heads: 2, width: 32, context: 32 };
  const textRun = {
    dataset: {},
    model: gpt,
    optimizer: { type: 'adamw', learningRate: 0.003 },
    training: { steps: 300, batchSize: 8, sampling: 'randomWindows' },
    evaluation: { everySteps: 50 },
  };
  const relu = { type: 'mlp', activation: 'relu' };
  const deep = (layers: number, units: number) => Array.from({ length: layers }, () => units);

  return [
    // ── sick ──
    tableRun(['rate 1e30, relu', 'nonFiniteLoss', ...thrown], classes, {
      model: relu,
      optimizer: { type: 'adam', learningRate: 1e30 },
    }),
    tableRun(['no scaling, sgd', 'nonFiniteLoss', ...thrown, 'unscaledFeatures'], numbers, {
      model: relu,
      optimizer: { type: 'sgd', learningRate: 0.1 },
      dataset: { scale: none },
    }),
    tableRun(['rate 1, adam', 'learningRateTooHigh', ...thrown, ...stuck], classes, {
      optimizer: { type: 'adam', learningRate: 1 },
    }),
    tableRun(['rate 10, sgd', 'learningRateTooHigh', ...thrown, ...stuck], numbers, {
      optimizer: { type: 'sgd', learningRate: 10 },
    }),
    other(['rate 0.3, cnn', 'learningRateTooHigh', ...thrown, ...stuck], images, {
      dataset: imageTarget,
      model: cnn({ type: 'dense', units: 32, activation: 'relu' }),
      optimizer: { type: 'adam', learningRate: 0.3 },
      training: { epochs: 4 },
    }),
    other(['rate 1, gpt', 'learningRateTooHigh', ...thrown, ...stuck], async () => text, {
      ...textRun,
      optimizer: { type: 'adamw', learningRate: 1 },
      training: { steps: 150, batchSize: 4, sampling: 'randomWindows' },
    }),
    tableRun(['rate 1e-6, adam', 'learningRateTooLow', 'underfitting'], classes, {
      optimizer: { type: 'adam', learningRate: 1e-6 },
    }),
    tableRun(['rate 1e-5, sgd', 'learningRateTooLow', 'underfitting'], numbers, {
      optimizer: { type: 'sgd', learningRate: 1e-5 },
    }),
    other(['rate 1e-6, gpt', 'learningRateTooLow', 'tooShort'], async () => text, {
      ...textRun,
      optimizer: { type: 'adamw', learningRate: 1e-6 },
    }),
    tableRun(['20 sigmoid layers of small weights', 'vanishingGradients', ...stuck], classes, {
      model: {
        type: 'mlp',
        hidden: deep(20, 16),
        activation: 'sigmoid',
        initializer: { type: 'normal', deviation: 0.1 },
      },
    }),
    tableRun(['12 tanh layers of small weights', 'vanishingGradients', ...stuck], numbers, {
      model: {
        type: 'mlp',
        hidden: deep(12, 16),
        activation: 'tanh',
        initializer: { type: 'normal', deviation: 0.02 },
      },
    }),
    tableRun(['8 relu layers of large weights', 'explodingGradients', ...thrown, 'tooShort'], classes, {
      model: { type: 'mlp', hidden: deep(8, 64), activation: 'relu', initializer: { type: 'normal', deviation: 1 } },
    }),
    tableRun(['6 gelu layers of large weights', 'explodingGradients', ...thrown, 'tooShort'], numbers, {
      model: { type: 'mlp', hidden: deep(6, 64), activation: 'gelu', initializer: { type: 'normal', deviation: 1 } },
    }),
    tableRun(['relu thrown to death', 'deadUnits', ...thrown, ...stuck], classes, {
      model: { type: 'mlp', hidden: [64, 64, 64], activation: 'relu' },
      optimizer: { type: 'adam', learningRate: 0.5 },
    }),
    tableRun(['relu thrown to death', 'deadUnits', ...thrown, ...stuck], numbers, {
      model: { type: 'mlp', hidden: [64, 64, 64], activation: 'relu' },
      optimizer: { type: 'adam', learningRate: 0.5 },
    }),
    tableRun(['tanh of large weights', 'saturatedUnits', ...stuck, ...thrown, 'tooShort'], classes, {
      model: {
        type: 'mlp',
        hidden: [64, 64, 64, 64],
        activation: 'tanh',
        initializer: { type: 'normal', deviation: 5 },
      },
      training: { epochs: 10 },
      changes: [make.shuffledLabels],
    }),
    tableRun(['sigmoids on raw numbers', 'saturatedUnits', ...stuck, 'unscaledFeatures', 'tooShort'], numbers, {
      model: { type: 'mlp', hidden: [64, 32], activation: 'sigmoid' },
      dataset: { scale: none },
    }),
    tableRun(['wide net, 100 rows', 'overfitting', ...scarce], numbers, {
      changes: [make.few(100)],
      model: { type: 'mlp', hidden: [256, 256], activation: 'relu' },
      training: { epochs: 150 },
      earlyStopping: none,
    }),
    other(['wide net, few images', 'overfitting', ...scarce, 'constantFeatures'], images, {
      dataset: { ...imageTarget, split: { type: 'random', validation: 0.47, test: 0.47 } },
      model: { type: 'mlp', hidden: [256, 256], activation: 'relu' },
      training: { epochs: 60 },
      earlyStopping: none,
    }),
    tableRun(['wide net, noisy labels', 'overfitting', ...scarce], classes, {
      changes: [noisy(0.3)],
      model: { type: 'mlp', hidden: [256, 256], activation: 'relu' },
      training: { epochs: 120 },
      earlyStopping: none,
    }),
    tableRun(['one unit', 'underfitting', 'plateau', 'tooShort', 'validationTooSmall'], others, {
      model: { type: 'mlp', hidden: [1] },
      regularization: { l2: 0.3 },
      training: { epochs: 300 },
    }),
    tableRun(['penalty on all weights', 'underfitting', 'plateau'], numbers, { regularization: { l1: 1 } }),
    tableRun(['two epochs', 'tooShort', 'underfitting'], classes, { training: { epochs: 2 } }),
    tableRun(['8 steps', 'tooShort', 'underfitting'], numbers, {
      training: { steps: 8 },
      evaluation: { everySteps: 2 },
    }),
    other(['60 steps, gpt', 'tooShort'], async () => text, {
      ...textRun,
      training: { steps: 60, batchSize: 8, sampling: 'randomWindows' },
      evaluation: { everySteps: 10 },
    }),
    tableRun(['shuffled labels', 'noSignal', 'overfitting'], classes, {
      changes: [make.shuffledLabels],
      model: { type: 'mlp', hidden: [128, 128], activation: 'relu' },
      training: { epochs: 60 },
    }),
    tableRun(['shuffled target', 'noSignal', 'overfitting'], numbers, {
      changes: [make.shuffledLabels],
      model: { type: 'mlp', hidden: [128, 128], activation: 'relu' },
      training: { epochs: 60 },
    }),
    tableRun(['30 rows', 'tooLittleData', ...scarce, 'duplicatesAcrossSplits', 'tooShort'], classes, {
      changes: [make.few(30)],
    }),
    tableRun(['40 rows', 'tooLittleData', ...scarce, 'tooShort'], numbers, { changes: [make.few(40)] }),
    tableRun(['validation of 3 %', 'validationTooSmall', 'distributionShift'], others, {
      dataset: { split: { type: 'random', validation: 0.03, test: 0.2 } },
    }),
    tableRun(['validation of 2 %', 'validationTooSmall', 'distributionShift'], numbers, {
      dataset: { split: { type: 'random', validation: 0.02, test: 0.2 } },
    }),
    tableRun(
      [
        '99 : 1',
        'classImbalance',
        'distributionShift',
        'overfitting',
        'tooShort',
        'noSignal',
        'duplicatesAcrossSplits',
      ],
      classes,
      { changes: [make.imbalanced(99)] },
    ),
    tableRun(['30 : 1', 'classImbalance', 'distributionShift', 'overfitting', 'tooShort', 'noSignal'], others, {
      changes: [make.imbalanced(30)],
    }),
    tableRun(['half of two columns missing', 'missingData'], classes, { changes: [make.missing(0.5, 2)] }),
    tableRun(['a fifth of all missing', 'missingData', 'overfitting'], numbers, {
      changes: [make.missing(0.2, 100)],
      training: { epochs: 20 },
    }),
    tableRun(['values a thousand times too large', 'outliers'], classes, {
      changes: [make.farOut(1000, { every: 60, columns: 2 })],
    }),
    tableRun(['values a hundred times too large', 'outliers', 'overfitting'], numbers, {
      changes: [make.farOut(100, { every: 40, columns: 3 })],
      training: { epochs: 20 },
    }),
    tableRun(['one constant column', 'constantFeatures', 'distributionShift'], classes, {
      changes: [make.constant(1)],
      dataset: { split: byTime },
    }),
    tableRun(['four constant columns', 'constantFeatures', 'overfitting', 'distributionShift'], numbers, {
      changes: [make.constant(4)],
      dataset: { split: byTime },
      training: { epochs: 20 },
    }),
    tableRun(
      ['no scaling', 'unscaledFeatures', ...stuck, 'tooShort', 'explodingGradients', 'learningRateTooHigh'],
      classes,
      { dataset: { scale: none } },
    ),
    tableRun(['other units, no scaling', 'unscaledFeatures', ...stuck, ...thrown, 'tooShort', 'overfitting'], numbers, {
      changes: [make.inUnits(1e4, 2)],
      dataset: { scale: none },
    }),
    tableRun(['every row twice', 'duplicatesAcrossSplits'], classes, {
      changes: [make.repeated(1)],
      clean: make.repeatedCleanly(1),
    }),
    tableRun(['a third of the rows twice', 'duplicatesAcrossSplits', 'overfitting'], numbers, {
      changes: [make.repeated(0.33)],
      clean: make.repeatedCleanly(0.33),
      training: { epochs: 20 },
    }),
    tableRun(['a code for the class', 'leakingFeature'], others, {
      changes: [make.leak(0.02)],
      clean: make.leakCleanly(0.02),
    }),
    tableRun(['the target with noise', 'leakingFeature'], numbers, {
      changes: [make.leak(0.02)],
      clean: make.leakCleanly(0.02),
    }),
    tableRun(['sorted, split by time', 'distributionShift', ...scarce, 'tooShort'], numbers, {
      changes: [make.sortedBy(drifting)],
      dataset: { split: { type: 'time', column: 'day' } },
    }),
    tableRun(
      ['another place', 'distributionShift', ...scarce, 'constantFeatures', 'classImbalance', 'tooShort'],
      others,
      {
        changes: [make.few(1000), make.sortedBy(side.driftingToo)],
        dataset: { ignore: ['day'], split: { type: 'time', column: 'day' } },
      },
    ),
    tableRun(['momentum, small batches', 'lossSpikes', ...thrown, ...stuck], classes, {
      optimizer: { type: 'sgd', learningRate: 0.1, momentum: 0.9 },
      model: relu,
      training: { epochs: 60, batchSize: 8 },
      earlyStopping: none,
    }),
    tableRun(['rmsprop, small batches', 'lossSpikes', ...thrown, ...stuck], classes, {
      optimizer: { type: 'rmsprop', learningRate: 0.03 },
      model: relu,
      training: { epochs: 60, batchSize: 8 },
      earlyStopping: none,
    }),
    tableRun(['weights of zero', 'plateau', 'vanishingGradients', 'underfitting'], classes, {
      model: { type: 'mlp', initializer: { type: 'normal', deviation: 0 } },
    }),
    tableRun(['weights of zero', 'plateau', 'vanishingGradients', 'underfitting'], numbers, {
      model: { type: 'mlp', initializer: { type: 'normal', deviation: 0 } },
    }),
    // ── healthy ──
    tableRun(['defaults, 40 epochs', null], classes),
    tableRun(['relu, sgd with momentum', null], classes, {
      model: relu,
      optimizer: { type: 'sgd', learningRate: 0.02, momentum: 0.9 },
    }),
    tableRun(['dropout, adamw', null], classes, {
      model: { type: 'mlp', hidden: [64, 64], activation: 'gelu', dropout: 0.2 },
      optimizer: { type: 'adamw', learningRate: 0.002 },
    }),
    tableRun(['linear', null], classes, {
      model: { type: 'mlp', hidden: [] },
      optimizer: { type: 'adam', learningRate: 0.01 },
      training: { epochs: 60 },
    }),
    tableRun(['small tanh', null], others, {
      model: { type: 'mlp', hidden: [16] },
      optimizer: { type: 'adam', learningRate: 0.01 },
    }),
    tableRun(['rmsprop, cosine', null], others, {
      optimizer: { type: 'rmsprop', learningRate: 0.002 },
      schedule: { type: 'cosine' },
      dataset: { split: { type: 'random', validation: 0.25, test: 0.2 } },
    }),
    tableRun(['small, decayed', null], numbers, {
      model: { type: 'mlp', hidden: [16] },
      optimizer: { type: 'adamw', learningRate: 0.005 },
      training: { epochs: 40 },
    }),
    tableRun(['linear', null], numbers, {
      model: { type: 'mlp', hidden: [] },
      optimizer: { type: 'adam', learningRate: 0.02 },
      training: { epochs: 80 },
    }),
    tableRun(['huber, robust scale', null], numbers, {
      model: { type: 'mlp', hidden: [16], activation: 'silu' },
      loss: { type: 'huber' },
      optimizer: { type: 'adam', learningRate: 0.005 },
      dataset: { scale: { type: 'robust' } },
    }),
    other(['mlp', null, 'constantFeatures'], images, {
      dataset: imageTarget,
      model: { type: 'mlp', hidden: [64], activation: 'relu', dropout: 0.2 },
      training: { epochs: 12 },
    }),
    other(['cnn', null, 'constantFeatures'], images, {
      dataset: imageTarget,
      model: cnn({ type: 'dense', units: 32, activation: 'relu' }),
      optimizer: { type: 'adam', learningRate: 0.002 },
      schedule: { type: 'cosine' },
      training: { epochs: 8 },
    }),
    other(['gpt', null], async () => text, {
      ...textRun,
      schedule: { type: 'cosine', warmup: 30 },
      training: { steps: 400, batchSize: 8, sampling: 'randomWindows' },
    }),
  ];
}

/** A share of the labels is another's. */
const noisy =
  (share: number): make.Change =>
  (table, seed) => {
    const rows = make.few(table.rows.length)(table, seed).rows; // in another order
    const from = Math.round(share * rows.length);
    return {
      ...table,
      rows: [...make.shuffledLabels({ ...table, rows: rows.slice(0, from) }, seed).rows, ...rows.slice(from)],
    };
  };
