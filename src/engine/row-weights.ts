/** What rows weigh in a mean of the loss: alike, or by their classes. */
import type { Split } from './data.js';
import { classWeightsOf } from './losses/index.js';
import { chosenInRow } from './masking.js';
import type { EngineMemory } from './memory.js';
import type { Plan } from './plan.js';
import { placesPerRow, targetsPerRow } from './shape.js';

/** Writes the weight of each class, where the loss has them; `countClasses` counts training rows of each class. */
export function loadClassWeights(
  { spec, addresses }: Plan,
  memory: EngineMemory,
  countClasses: () => readonly number[],
): void {
  const weights = classWeightsOf(spec.loss);
  if (weights === null) return;
  memory.f32.set(weights === 'balanced' ? balancedWeights(countClasses()) : weights, addresses.classWeights / 4);
}

/** Rows of each class. */
export function countClasses(y: Split['y'], classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const index of y) counts[index]! += 1;
  return counts;
}

/** rows / (classes · rows of the class): their sum over the rows is the number of rows. A class without rows weighs nothing. */
function balancedWeights(counts: readonly number[]): number[] {
  const rows = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => (count === 0 ? 0 : rows / (counts.length * count)));
}

/**
 * `sum` and what rows weigh whose places begin at the word `places`, each added in order: the sum over a split is the same
 * whatever batches it comes in.
 */
export function addWeights(
  sum: number,
  { memory, plan, isTraining }: { memory: EngineMemory; plan: Plan; isTraining: boolean },
  { places, rows }: { places: number; rows: number },
): number {
  const { classWeights, targets, softTargets, inputs } = plan.addresses;
  const { memoryShape: shape } = plan;
  const { f32, i32 } = memory;
  const { mask } = shape.tokens ?? {};
  const perRow = targetsPerRow(shape);
  const stride = perRow / placesPerRow(shape);
  let weight = sum;
  if (shape.tokens?.targets === 'masked') {
    for (let row = 0; row < rows; row++) {
      weight += chosenInRow(i32, { first: inputs / 4 + i32[places + row]! * stride, count: perRow }, mask!);
    }
    return weight;
  }
  if (classWeights === 0) return weight + rows * perRow;
  for (let row = 0; row < rows; row++) {
    if (isTraining && softTargets !== 0) {
      // Σ over the classes of share · weight: for a whole share, the weight of the row's class
      const first = softTargets / 4 + i32[places + row]! * shape.outputs;
      for (let c = 0; c < shape.outputs; c++) weight += f32[first + c]! * f32[classWeights / 4 + c]!;
      continue;
    }
    const first = targets / 4 + i32[places + row]! * stride;
    for (let at = first; at < first + perRow; at++) weight += f32[classWeights / 4 + i32[at]!]!;
  }
  return weight;
}
