/** The rows a run is given, and their way into the engine's memory. */
import { EngineError } from './errors.js';
import { classWeightsOf, lossOf } from './losses/index.js';
import { chosenInRow } from './masking.js';
import type { EngineMemory } from './memory.js';
import type { Plan } from './plan.js';
import { type DataShape, givesTargets, placesPerRow, targetsPerRow } from './shape.js';

export interface Split {
  readonly rows: number;
  /** [rows, inputs]; int32 where they are tokens; of a text all its tokens */
  readonly x: Float32Array | Int32Array;
  /**
   * Class of each row, int32 [rows], or of each position [rows, inputs]; or float32 [rows, outputs], for regression as it is
   * trained on (scaled). Nothing where targets are among the inputs: of a text, and of masked tokens.
   */
  readonly y: Float32Array | Int32Array;
}

export const splitNames = ['train', 'validation', 'test'] as const;
export type SplitName = (typeof splitNames)[number];
export type TrainingData = { readonly [Name in SplitName]: Split };

/** Place of each row of a split (placesPerRow): the splits stand in memory one after the other. */
export function rowPlaces(name: SplitName, shape: DataShape): (row: number) => number {
  const places = placesPerRow(shape);
  const lengths = shape.tokens?.stream ?? shape.rows;
  const before = splitNames.slice(0, splitNames.indexOf(name));
  const first = before.reduce((sum, split) => sum + lengths[split], 0);
  return (row) => first + row * places;
}

/** Writes inputs and targets where the plan has them. Throws `invalid_data` where they are not as the shape says. */
export function loadData(data: TrainingData, plan: Plan, memory: EngineMemory): void {
  const { shape, addresses, width, spec } = plan;
  const { targets } = lossOf(spec.loss);
  const columns = (targets === 'classes' ? 1 : width) * targetsPerRow(shape);
  const places = placesPerRow(shape);
  for (const name of splitNames) {
    const split = data[name];
    checkSplit(name, split, shape);
    const first = rowPlaces(name, shape)(0);
    const inputs = shape.tokens === undefined ? memory.f32 : memory.i32;
    inputs.set(split.x, addresses.inputs / 4 + (first * shape.inputs) / places);
    const view = targets === 'classes' ? memory.i32 : memory.f32;
    view.set(split.y, addresses.targets / 4 + (first * columns) / places);
  }
  loadClassWeights(plan, data.train, memory);
}

/** Writes the weight of each class, where the loss has them. */
function loadClassWeights({ spec, shape, addresses }: Plan, train: Split, memory: EngineMemory): void {
  const weights = classWeightsOf(spec.loss);
  if (weights === null) return;
  const y = shape.tokens?.stream === undefined ? train.y : train.x.subarray(1);
  const classes = addresses.classWeights / 4;
  memory.f32.set(weights === 'balanced' ? balancedWeights(y, shape.outputs) : weights, classes);
}

/** rows / (classes · rows of the class): their sum over the rows is the number of rows. A class without rows weighs nothing. */
function balancedWeights(y: Split['y'], classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const index of y) counts[index]! += 1;
  return counts.map((count) => (count === 0 ? 0 : y.length / (classes * count)));
}

/** What rows at given places weigh in a mean of the loss. */
export function totalWeight(memory: EngineMemory, plan: Plan, rows: number, placeOf: (row: number) => number): number {
  const { classWeights, targets, inputs } = plan.addresses;
  const { mask } = plan.shape.tokens ?? {};
  const perRow = targetsPerRow(plan.shape);
  const stride = perRow / placesPerRow(plan.shape);
  let sum = 0;
  if (plan.shape.tokens?.targets === 'masked') {
    for (let row = 0; row < rows; row++) {
      sum += chosenInRow(memory.i32, { first: inputs / 4 + placeOf(row) * stride, count: perRow }, mask!);
    }
    return sum;
  }
  if (classWeights === 0) return rows * perRow;
  for (let row = 0; row < rows; row++) {
    const first = targets / 4 + placeOf(row) * stride;
    for (let at = first; at < first + perRow; at++) sum += memory.f32[classWeights / 4 + memory.i32[at]!]!;
  }
  return sum;
}

function checkSplit(name: SplitName, { rows, x, y }: Split, shape: DataShape): void {
  const { task, inputs, tokens, outputs, rows: planned } = shape;
  const refuse = (what: string, expected: unknown, got: unknown): never => {
    throw new EngineError('invalid_data', `${name}: ${what}, expected ${expected}, got ${got}`, { expected, got });
  };
  if (rows !== planned[name]) refuse('rows', planned[name], rows);
  const length = tokens?.stream?.[name] ?? rows * inputs;
  if (x.length !== length) refuse('length of x', length, x.length);
  const columns = task === 'classification' ? targetsPerRow(shape) : outputs;
  const targets = givesTargets(tokens) ? rows * columns : 0;
  if (y.length !== targets) refuse('length of y', targets, y.length);
  const isInput = tokens === undefined ? Number.isFinite : (value: number) => isIndex(value, tokens.vocabulary);
  const input = x.findIndex((value) => !isInput(value));
  const wanted = tokens === undefined ? 'a finite number' : `a token from 0 to ${tokens.vocabulary - 1}`;
  const place =
    tokens?.stream === undefined ? `row ${Math.floor(input / inputs)}, input ${input % inputs}` : `token ${input}`;
  if (input >= 0) refuse(place, wanted, x[input]);
  const isTarget =
    task === 'classification' ? (value: number) => isIndex(value, outputs) : (value: number) => Number.isFinite(value);
  const target = y.findIndex((value) => !isTarget(value));
  const expected = task === 'classification' ? `a class from 0 to ${outputs - 1}` : 'a finite number';
  if (target >= 0) refuse(`target of row ${Math.floor(target / columns)}`, expected, y[target]);
}

const isIndex = (value: number, count: number) => Number.isInteger(value) && value >= 0 && value < count;
