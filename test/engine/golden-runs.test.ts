/** Whole training runs against PyTorch's, from the same parameters and batches: every loss and gradient norm, the final parameters. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { encodeCheckpoint } from '../../src/engine/checkpoint.js';
import type { KernelsFactory } from '../../src/engine/kernels/kernels.js';
import { createMachine } from '../../src/engine/machine.js';
import { bert as bertModel } from '../../src/engine/models/bert.js';
import { gpt as gptModel } from '../../src/engine/models/gpt.js';
import type { NamedLayer } from '../../src/engine/models/model.js';
import { planStack } from '../../src/engine/plan.js';
import { resolveEngineSpec } from '../../src/engine/resolve.js';
import { permutation, streamNumber } from '../../src/engine/rng.js';
import { decodeSafetensors } from '../../src/engine/safetensors.js';
import { type DataShape, elementsOf, givesTargets, type TokenShape, targetsPerRow } from '../../src/engine/shape.js';
import type { OptimizerSpec } from '../../src/engine/spec.js';
import { createTrainerFor, startState } from '../../src/engine/train.js';
import { backends } from './backends.js';
import { assertClose, type GoldenTensor, goldenCases } from './golden.js';

interface RunCase {
  run: string;
  initial: Record<string, GoldenTensor>;
  batches: { x: GoldenTensor; y: GoldenTensor }[];
  losses: number[];
  gradientNorms: number[];
  final: Record<string, GoldenTensor>;
}

interface Rebuilt {
  readonly stack: readonly NamedLayer[];
  readonly file?: string;
  readonly tokens?: TokenShape;
  /** The golden run's name of a parameter, where it is another. */
  readonly goldenName?: (fullName: string) => string;
  /** A part of a parameter that is not compared, and why stands with the run. */
  readonly skip?: (parameter: string, element: number) => boolean;
  readonly optimizer: OptimizerSpec;
  readonly classes: number;
}

/** Trains the rebuilt model on a golden run's batches, and holds what it says and leaves to that run. */
async function follow(name: string, rebuilt: Rebuilt, kernels: KernelsFactory): Promise<void> {
  const {
    stack,
    optimizer,
    classes,
    file = 'runs.json',
    tokens,
    goldenName = (fullName) => fullName,
    skip = () => false,
  } = rebuilt;
  const { batches, initial, losses, gradientNorms, final } = goldenCases<RunCase>(file).find(
    ({ run }) => run === name,
  )!;
  const [batchSize, ...rowShape] = batches[0]!.x.shape as [number, ...number[]];
  const inputs = elementsOf(rowShape);
  const rows = batches.length * batchSize;
  const shape: DataShape = {
    task: 'classification',
    inputs,
    outputs: classes,
    rows: { train: rows, validation: 0, test: 0 },
    ...(tokens ? { tokens } : {}),
  };
  const spec = resolveEngineSpec(
    {
      model: { type: 'mlp' },
      optimizer,
      training: { epochs: 1, batchSize },
      logging: { everySteps: 1 },
    },
    shape,
  );
  const plan = planStack(stack, spec, { shape, scratchBytes: kernels.scratchBytes });
  // The given parameters come in as a checkpoint of step 0; the given rows stand where the shuffle will take them from.
  const machine = await createMachine(plan, kernels);
  for (const { fullName, offset } of plan.graph.parameters) {
    machine.memory.f32.set(initial[goldenName(fullName)]!.data, plan.addresses.parameters / 4 + offset);
  }
  const resumeFrom = encodeCheckpoint(machine, plan, { state: startState, metadata: {} });
  const perRow = targetsPerRow(shape);
  const x = new (tokens ? Int32Array : Float32Array)(rows * inputs);
  const y = new Int32Array(givesTargets(tokens) ? rows * perRow : 0);
  const [givenX, givenY] = [batches.flatMap((batch) => batch.x.data), batches.flatMap((batch) => batch.y.data)];
  permutation(rows, spec.training.seed, streamNumber('shuffle'), 0).forEach((row, position) => {
    x.set(givenX.slice(position * inputs, (position + 1) * inputs), row * inputs);
    if (givesTargets(tokens)) y.set(givenY.slice(position * perRow, (position + 1) * perRow), row * perRow);
  });
  const none = { rows: 0, x: new Float32Array(), y: new Int32Array() };
  const data = { train: { rows, x, y }, validation: none, test: none };
  const events = [...(await createTrainerFor(plan, { data, kernels, resumeFrom })).run()];

  const metrics = events.flatMap((event) => (event.type === 'metrics' ? event.rows : []));
  const series = (metric: string) => metrics.filter((row) => row.name === metric).map(({ value }) => value);
  assertClose(series('train.loss'), losses, 'loss');
  assertClose(series('train.gradientNorm'), gradientNorms, 'gradient norm');
  const checkpoint = events.find((event) => event.type === 'checkpoint')!;
  const { tensors } = decodeSafetensors(checkpoint.bytes);
  assert.equal(plan.graph.parameters.length, Object.keys(final).length);
  for (const { fullName } of plan.graph.parameters) {
    const parameter = goldenName(fullName);
    const compared = (data: ArrayLike<number>) => Array.from(data).filter((_, element) => !skip(parameter, element));
    assertClose(compared(tensors.get(fullName)!.data as Float32Array), compared(final[parameter]!.data), parameter);
  }
}

const path = '/model';

const mlp: Rebuilt = {
  stack: [
    { name: '0', path, spec: { type: 'dense', units: 16, activation: 'relu' } },
    { name: '2', path, spec: { type: 'dense', units: 8, activation: 'tanh' } },
    { name: '4', path, spec: { type: 'dense', units: 3 } },
  ],
  optimizer: { type: 'adam', learningRate: 0.01 },
  classes: 3,
};

const cnn: Rebuilt = {
  stack: [
    { name: 'input', path, spec: { type: 'reshape', shape: [1, 8, 8] } },
    { name: '0', path, spec: { type: 'conv2d', filters: 4, kernel: 3, activation: 'relu' } },
    { name: '2', path, spec: { type: 'maxPool2d', kernel: 2 } },
    { name: '3', path, spec: { type: 'flatten' } },
    { name: '4', path, spec: { type: 'dense', units: 3 } },
  ],
  optimizer: { type: 'sgd', learningRate: 0.05, momentum: 0.9 },
  classes: 3,
};

/** Of the transformers. */
const width = 8;

/** It shifts all scores of a query alike: its true gradient is 0, and what Adam makes of that is rounding noise. */
const isKeyBias = (parameter: string, element: number) =>
  parameter.endsWith('qkv.bias') && element >= width && element < 2 * width;

const gpt: Rebuilt = {
  stack: gptModel.layers(
    {
      type: 'gpt',
      layers: 2,
      heads: 2,
      width,
      context: 6,
      activation: 'geluTanh',
      bias: true,
      tied: true,
      dropout: 0,
    },
    { inputShape: [6], outputs: 11 },
  ),
  optimizer: { type: 'adamw', learningRate: 0.01, weightDecay: 0.1, decays: 'all' },
  classes: 11,
  tokens: { vocabulary: 11, targets: 'position', padding: null },
  goldenName: (fullName) =>
    fullName
      .replace(/^(token|position)\.weight$/, '$1')
      .replace('attention.0', 'ln1')
      .replace('attention.1.qkv', 'qkv')
      .replace('attention.1.projection', 'proj')
      .replace('mlp.0', 'ln2')
      .replace('mlp.1', 'up')
      .replace('mlp.2', 'down')
      .replace(/^norm/, 'lnf'),
  skip: isKeyBias,
};

function bert(targets: 'row' | 'masked', classes: number, pooling: 'class' | 'mean' = 'class'): Rebuilt {
  const tokens: TokenShape = { vocabulary: 13, targets, padding: 0, mask: { token: 2, firstOrdinary: 3 } };
  const spec = { type: 'bert', layers: 2, heads: 2, width, context: 7, dropout: 0, pooling } as const;
  return {
    file: 'bert.json',
    stack: bertModel.layers(spec, { inputShape: [7], tokens, outputs: classes }),
    optimizer: { type: 'adam', learningRate: 0.01 },
    classes,
    tokens,
    skip: isKeyBias,
  };
}

for (const kernels of backends) {
  describe(`golden runs on ${kernels.name}`, () => {
    it('an MLP follows PyTorch’s: loss and gradient norm of 25 steps, and the final parameters', () =>
      follow('mlp', mlp, kernels));
    it('a CNN follows PyTorch’s: loss and gradient norm of 10 steps, and the final parameters', () =>
      follow('cnn', cnn, kernels));
    it('a GPT follows PyTorch’s: loss and gradient norm of 10 steps, and the final parameters but the keys’ biases', () =>
      follow('gpt', gpt, kernels));
    it('a BERT follows PyTorch’s on padded rows: loss and gradient norm of 10 steps, and the final parameters but the keys’ biases', () =>
      follow('bert', bert('row', 3), kernels));
    it('a BERT with mean pooling follows PyTorch’s on padded rows: the same of 10 steps', () =>
      follow('bertMean', bert('row', 3, 'mean'), kernels));
    it('a BERT that restores masked tokens follows PyTorch’s, whose masks are drawn by another Philox: the same of 10 steps', () =>
      follow('bertMasked', bert('masked', 13), kernels));
  });
}
