/** Draws that are said beforehand, and images to be changed. */
import type { ImageRow } from '../../../src/data/augment/augmentation.js';
import type { Draws } from '../../../src/engine/index.js';

/** Gives each of `values` in turn, whatever is drawn. */
export function scripted(...values: number[]): Draws {
  const next = () => {
    const value = values.shift();
    if (value === undefined) throw new Error('drew more than the script has');
    return value;
  };
  return { uniform: next, integer: next, normal: next } as unknown as Draws;
}

export function imageOf(shape: readonly number[], data: readonly number[]): ImageRow {
  return {
    shape: shape as [number, number, number],
    values: Float32Array.from(data),
    before: new Float32Array(data.length),
  };
}
