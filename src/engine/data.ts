/** The rows a run is given, and their way into the engine's memory. */
import { EngineError } from './errors.js';
import { lossOf } from './losses/index.js';
import type { EngineMemory } from './memory.js';
import type { Plan } from './plan.js';
import type { DataShape } from './shape.js';

export interface Split {
  readonly rows: number;
  /** [rows, inputs] */
  readonly x: Float32Array;
  /** Class of each row, int32 [rows]; or float32 [rows, outputs], for regression as it is trained on (scaled). */
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
  const columns = targets === 'classes' ? 1 : width;
  for (const name of splitNames) {
    const split = data[name];
    checkSplit(name, split, shape);
    const first = firstRow(name, shape);
    memory.f32.set(split.x, addresses.inputs / 4 + first * shape.inputs);
    const view = targets === 'classes' ? memory.i32 : memory.f32;
    view.set(split.y, addresses.targets / 4 + first * columns);
  }
}

function checkSplit(name: SplitName, { rows, x, y }: Split, { task, inputs, outputs, rows: planned }: DataShape): void {
  const refuse = (what: string, expected: unknown, got: unknown): never => {
    throw new EngineError('invalid_data', `${name}: ${what}, expected ${expected}, got ${got}`, { expected, got });
  };
  if (rows !== planned[name]) refuse('rows', planned[name], rows);
  if (x.length !== rows * inputs) refuse('length of x', rows * inputs, x.length);
  const columns = task === 'classification' ? 1 : outputs;
  if (y.length !== rows * columns) refuse('length of y', rows * columns, y.length);
  const input = x.findIndex((value) => !Number.isFinite(value));
  if (input >= 0) refuse(`row ${Math.floor(input / inputs)}, input ${input % inputs}`, 'a finite number', x[input]);
  const isTarget =
    task === 'classification'
      ? (value: number) => Number.isInteger(value) && value >= 0 && value < outputs
      : (value: number) => Number.isFinite(value);
  const target = y.findIndex((value) => !isTarget(value));
  const expected = task === 'classification' ? `a class from 0 to ${outputs - 1}` : 'a finite number';
  if (target >= 0) refuse(`target of row ${Math.floor(target / columns)}`, expected, y[target]);
}
