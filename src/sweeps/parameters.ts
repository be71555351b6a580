/**
 * What a parameter of a sweep may be: between 0 and 1, where all places are alike likely, and as values of the job's spec.
 * The ways to choose work on the former alone.
 */
import { isDeepStrictEqual } from 'node:util';
import type { SweepParameter } from '../schemas/sweep.js';

type Range = Exclude<SweepParameter, { type: 'choice' }>;
type Int = Extract<SweepParameter, { type: 'int' }>;

/** The value at `u` in [0, 1). */
export function valueAt(parameter: SweepParameter, u: number): unknown {
  switch (parameter.type) {
    case 'choice':
      return parameter.values[Math.floor(u * parameter.values.length)];
    case 'float':
      return between(parameter, u);
    case 'int':
      return intAt(parameter, u);
    default:
      throw new Error(`unknown parameter ${parameter satisfies never}`);
  }
}

/** Where a value lies: the middle of all `u` that give it. */
export function placeOf(parameter: SweepParameter, value: unknown): number {
  switch (parameter.type) {
    case 'choice': {
      const { values } = parameter;
      return (values.findIndex((one) => isDeepStrictEqual(one, value)) + 0.5) / values.length;
    }
    case 'float':
      return fraction(parameter, value as number, parameter.max);
    case 'int': {
      const { min, step = 1, scale } = parameter;
      if (scale === 'log') return fraction(parameter, (value as number) + 0.5, parameter.max + 1);
      return (((value as number) - min) / step + 0.5) / latticeSize(parameter);
    }
    default:
      throw new Error(`unknown parameter ${parameter satisfies never}`);
  }
}

/** The values of a grid; null where a range has no end of them. */
export function gridOf(parameter: SweepParameter): unknown[] | null {
  if (parameter.type === 'choice') return [...parameter.values];
  const { type, points } = parameter;
  if (points === undefined) {
    return type === 'float' || parameter.scale === 'log' ? null : latticeOf(parameter);
  }
  const values = Array.from({ length: points }, (_, index) => {
    if (index === points - 1) return parameter.max;
    const value = between(parameter, index / (points - 1));
    return type === 'int' ? Math.round(value) : value;
  });
  return [...new Set(values)];
}

/** Values such that a spec with each of them is legal only if it is so with all: the ends, or every choice. */
export function extremesOf(parameter: SweepParameter): unknown[] {
  if (parameter.type === 'choice') return parameter.values;
  const { type, min, max } = parameter;
  if (type === 'int') return [min, parameter.scale === 'log' ? max : latticeOf(parameter).at(-1)];
  return [min, between(parameter, Math.SQRT1_2), max]; // between them no integer: a field of integers takes none
}

/** min at 0 and max at 1, evenly on the scale. */
function between({ min, max, scale }: Range, u: number): number {
  return scale === 'log' ? Math.min(max, min * (max / min) ** u) : min + u * (max - min);
}

/** Inverse of `between`, up to `end`. */
function fraction({ min, scale }: Range, value: number, end: number): number {
  return scale === 'log' ? Math.log(value / min) / Math.log(end / min) : (value - min) / (end - min);
}

/** On a logarithmic scale v has the share ln((v + 1) / v). */
function intAt(parameter: Int, u: number): number {
  const { min, max, step = 1, scale } = parameter;
  if (scale !== 'log') return min + step * Math.floor(u * latticeSize(parameter));
  return Math.min(max, Math.floor(min * ((max + 1) / min) ** u));
}

const latticeSize = ({ min, max, step = 1 }: Int): number => Math.floor((max - min) / step) + 1;
const latticeOf = (parameter: Int): number[] =>
  Array.from({ length: latticeSize(parameter) }, (_, index) => parameter.min + index * (parameter.step ?? 1));
