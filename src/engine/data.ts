/** The rows a run is given, and their way into the engine's memory. */
import { EngineError } from './errors.js';
import { classWeightsOf, lossOf } from './losses/index.js';
import type { EngineMemory } from './memory.js';
import type { Plan } from './plan.js';
import { type DataShape, targetsPerRow } from './shape.js';

export interface Split {
  readonly rows: number;
  /** [rows, inputs]; int32 where they are tokens */
  readonly x: Float32Array | Int32Array;
  /** Class of each row, int32 [rows], or of each position [rows, inputs]; or float32 [rows, outputs], for regression as it is trained on (scaled). */
  readonly y: Float32Array | Int32Array;
}

const splitNames = ['train', 'validation', 'test'] as const;
export type SplitName = (typeof splitNames)[number];
export type TrainingData = { readonly [Name in SplitName]: Split };

/** First row of a split among the rows of all, which stand in memory one after the other. */
export function firstRow(name: SplitName, { rows }: DataShape): number {
  const before = splitNames.slice(0, splitNames.indexOf(name));
  return before.reduce((sum, split) => sum + rows[split], 0);
}

/** Writes inputs and targets where the plan has them. Throws `invalid_data` where they are not as the shape says. */
export function loadData(data: TrainingData, plan: Plan, memory: EngineMemory): void {
  const { shape, addresses, width, spec } = plan;
  const { targets } = lossOf(spec.loss);
  const columns = (targets === 'classes' ? 1 : width) * targetsPerRow(shape);
  for (const name of splitNames) {
    const split = data[name];
    checkSplit(name, split, shape);
    const first = firstRow(name, shape);
    const inputs = shape.tokens === undefined ? memory.f32 : memory.i32;
    inputs.set(split.x, addresses.inputs / 4 + first * shape.inputs);
    const view = targets === 'classes' ? memory.i32 : memory.f32;
    view.set(split.y, addresses.targets / 4 + first * columns);
  }
  loadClassWeights(plan, data.train, memory);
}

/** Writes the weight of each class, where the loss has them. */
function loadClassWeights({ spec, shape, addresses }: Plan, { y }: Split, memory: EngineMemory): void {
  const weights = classWeightsOf(spec.loss);
  if (weights === null) return;
  const classes = addresses.classWeights / 4;
  memory.f32.set(weights === 'balanced' ? balancedWeights(y, shape.outputs) : weights, classes);
}

/** rows / (classes · rows of the class): their sum over the rows is the number of rows. A class without rows weighs nothing. */
function balancedWeights(y: Split['y'], classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const index of y) counts[index]! += 1;
  return counts.map((count) => (count === 0 ? 0 : y.length / (classes * count)));
}

/** What rows weigh in a mean of the loss; `rowAt` gives their places among the rows of all splits. */
export function totalWeight(memory: EngineMemory, plan: Plan, rows: number, rowAt: (index: number) => number): number {
  const { classWeights, targets } = plan.addresses;
  const perRow = targetsPerRow(plan.shape);
  if (classWeights === 0) return rows * perRow;
  let sum = 0;
  for (let index = 0; index < rows * perRow; index++) {
    const target = rowAt(Math.floor(index / perRow)) * perRow + (index % perRow);
    sum += memory.f32[classWeights / 4 + memory.i32[targets / 4 + target]!]!;
  }
  return sum;
}

function checkSplit(name: SplitName, { rows, x, y }: Split, shape: DataShape): void {
  const { task, inputs, tokens, outputs, rows: planned } = shape;
  const refuse = (what: string, expected: unknown, got: unknown): never => {
    throw new EngineError('invalid_data', `${name}: ${what}, expected ${expected}, got ${got}`, { expected, got });
  };
  if (rows !== planned[name]) refuse('rows', planned[name], rows);
  if (x.length !== rows * inputs) refuse('length of x', rows * inputs, x.length);
  const columns = task === 'classification' ? targetsPerRow(shape) : outputs;
  if (y.length !== rows * columns) refuse('length of y', rows * columns, y.length);
  const isInput = tokens === undefined ? Number.isFinite : (value: number) => isIndex(value, tokens.vocabulary);
  const input = x.findIndex((value) => !isInput(value));
  const wanted = tokens === undefined ? 'a finite number' : `a token from 0 to ${tokens.vocabulary - 1}`;
  if (input >= 0) refuse(`row ${Math.floor(input / inputs)}, input ${input % inputs}`, wanted, x[input]);
  const isTarget =
    task === 'classification' ? (value: number) => isIndex(value, outputs) : (value: number) => Number.isFinite(value);
  const target = y.findIndex((value) => !isTarget(value));
  const expected = task === 'classification' ? `a class from 0 to ${outputs - 1}` : 'a finite number';
  if (target >= 0) refuse(`target of row ${Math.floor(target / columns)}`, expected, y[target]);
}

const isIndex = (value: number, count: number) => Number.isInteger(value) && value >= 0 && value < count;
