/** The rows a run is given, and their way into the engine's memory. */
import { EngineError } from './errors.js';
import { lossOf } from './losses/index.js';
import type { EngineMemory } from './memory.js';
import type { Plan } from './plan.js';
import { countClasses, loadClassWeights } from './row-weights.js';
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
  const { x, y } = data.train;
  loadClassWeights(plan, memory, () =>
    countClasses(shape.tokens?.stream === undefined ? y : x.subarray(1), shape.outputs),
  );
}

function checkSplit(name: SplitName, split: Split, shape: DataShape): void {
  const { task, inputs, tokens, outputs, rows: planned } = shape;
  const { rows, x, y } = split;
  if (rows !== planned[name]) throw invalidData(name, 'rows', planned[name], rows);
  const length = tokens?.stream?.[name] ?? rows * inputs;
  if (x.length !== length) throw invalidData(name, 'length of x', length, x.length);
  const columns = task === 'classification' ? targetsPerRow(shape) : outputs;
  const targets = givesTargets(tokens) ? rows * columns : 0;
  if (y.length !== targets) throw invalidData(name, 'length of y', targets, y.length);
  checkValues(name, split, shape);
}

/**
 * Throws `invalid_data` for a value that the engine cannot take; rows are counted from the first of those given. With
 * `shares`, targets of classes may lie between them.
 */
export function checkValues(
  name: SplitName,
  { x, y }: Pick<Split, 'x' | 'y'>,
  shape: DataShape,
  { shares = false } = {},
): void {
  const { task, inputs, tokens, outputs } = shape;
  const isInput = tokens === undefined ? Number.isFinite : (value: number) => isIndex(value, tokens.vocabulary);
  const input = x.findIndex((value) => !isInput(value));
  const wanted = tokens === undefined ? 'a finite number' : `a token from 0 to ${tokens.vocabulary - 1}`;
  const place =
    tokens?.stream === undefined ? `row ${Math.floor(input / inputs)}, input ${input % inputs}` : `token ${input}`;
  if (input >= 0) throw invalidData(name, place, wanted, x[input]);
  const areClasses = task === 'classification' && !shares;
  const target = y.findIndex((value) => !(areClasses ? isIndex(value, outputs) : Number.isFinite(value)));
  const expected = areClasses ? `a class from 0 to ${outputs - 1}` : 'a finite number';
  const columns = areClasses ? targetsPerRow(shape) : outputs;
  if (target >= 0) throw invalidData(name, `target of row ${Math.floor(target / columns)}`, expected, y[target]);
}

function invalidData(name: SplitName, what: string, expected: unknown, got: unknown): EngineError {
  return new EngineError('invalid_data', `${name}: ${what}, expected ${expected}, got ${got}`, { expected, got });
}

const isIndex = (value: number, count: number) => Number.isInteger(value) && value >= 0 && value < count;
