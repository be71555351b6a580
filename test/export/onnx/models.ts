/** Models trained for a few steps, with 1,000 rows that they have not seen. */

import type { Preparation } from '../../../src/data/preparation.js';
import type { ColumnsPreparation, PreparedClasses } from '../../../src/data/prepare.js';
import { openModel, type TrainingData } from '../../../src/engine/index.js';
import { createPredictor } from '../../../src/engine/predict.js';
import { Draws } from '../../../src/engine/rng.js';
import type { DataShape } from '../../../src/engine/shape.js';
import type { EngineSpec } from '../../../src/engine/spec.js';
import { writeOnnx } from '../../../src/export/onnx/index.js';
import { backends } from '../../engine/backends.js';
import { record } from '../../engine/runs.js';

export const testRows = 1000;
const trainRows = 64;
const kernels = backends.at(-1)!;

type Sizes = Pick<DataShape, 'task' | 'inputs' | 'outputs'> & { tokens?: NonNullable<DataShape['tokens']> };

/** Rows of normal numbers, or of tokens that end in padding where there is one; targets are drawn as well. */
function drawn(rows: number, { task, inputs, outputs, tokens }: Sizes, draws: Draws): TrainingData['train'] {
  const y =
    task === 'classification'
      ? Int32Array.from({ length: rows }, () => draws.integer(outputs))
      : Float32Array.from({ length: rows * outputs }, () => draws.normal());
  if (tokens === undefined) return { rows, x: Float32Array.from({ length: rows * inputs }, () => draws.normal()), y };
  const { vocabulary, padding } = tokens;
  const x = new Int32Array(rows * inputs);
  for (let row = 0; row < rows; row++) {
    const length = padding === null ? inputs : 1 + draws.integer(inputs);
    for (let t = 0; t < inputs; t++) x[row * inputs + t] = t < length ? 1 + draws.integer(vocabulary - 1) : padding!;
  }
  return { rows, x, y };
}

/** A short training on such data: the checkpoint, rows to ask for, and what the engine answers to them. */
export async function trained(sizes: Sizes, spec: Pick<EngineSpec, 'model' | 'loss'>) {
  const draws = new Draws(21, 0xff00_0000);
  const none = drawn(0, sizes, draws);
  const data = { train: drawn(trainRows, sizes, draws), validation: none, test: none };
  const shape: DataShape = { ...sizes, rows: { train: trainRows, validation: 0, test: 0 } };
  return { ...(await trainedOn({ shape, data }, spec)), x: drawn(testRows, sizes, draws).x };
}

export async function trainedOn(
  problem: { shape: DataShape; data: TrainingData },
  spec: Pick<EngineSpec, 'model' | 'loss'>,
) {
  const optimizer = { type: 'adam', learningRate: 0.02 } as const;
  const { checkpoints } = await record(
    problem,
    { ...spec, optimizer, training: { steps: 8, batchSize: 16 } },
    { kernels },
  );
  const { bytes } = checkpoints.at(-1)!;
  const predictor = await createPredictor(bytes, kernels, 256);
  return {
    predict: (x: Float32Array | Int32Array) => predictor.predict(x, x.length / problem.shape.inputs),
    onnx: (preparation: Preparation, prepares = false) => writeOnnx(openModel(bytes), { preparation, prepares }),
  };
}

/** Of a float matrix: what is left of the preparation is the target. */
export const matrixOf = (inputs: number, target: ColumnsPreparation['target']): ColumnsPreparation => ({
  ...{ kind: 'columns', features: [], unused: [], inputs, target },
});
export const inUnits = { type: 'regression', name: 'y', mean: -3, deviation: 2 } as const;
export const classesOf = (count: number): PreparedClasses => ({
  ...{ type: 'classification', name: 'y' },
  classes: Array.from({ length: count }, (_, at) => `class ${at}`),
});
