/** Runs an ONNX file with onnxruntime, and holds what it answers to what the engine does. */
import assert from 'node:assert/strict';
import { InferenceSession, Tensor } from 'onnxruntime-node';

export type Feeds = Record<string, Tensor>;

export async function runOnnx(file: Uint8Array, feeds: Feeds): Promise<Record<string, Tensor>> {
  const session = await InferenceSession.create(file, { intraOpNumThreads: 1, logSeverityLevel: 3 });
  try {
    return (await session.run(feeds)) as Record<string, Tensor>;
  } finally {
    await session.release();
  }
}

export const numbersOf = (tensor: Tensor | undefined): number[] => Array.from(tensor!.data as Float32Array, Number);

export const int64 = (values: ArrayLike<number>, dims: readonly number[]): Tensor =>
  new Tensor('int64', BigInt64Array.from(Array.from(values), BigInt), dims);

/** |a − b| ≤ 1e-4 + 1e-4 · |b|, element by element. */
export function assertAgrees(actual: ArrayLike<number>, expected: ArrayLike<number>, what: string): void {
  assert.equal(actual.length, expected.length, `${what}: length`);
  for (let index = 0; index < expected.length; index++) {
    const off = Math.abs(actual[index]! - expected[index]!);
    const bound = 1e-4 + 1e-4 * Math.abs(expected[index]!);
    assert.ok(off <= bound, `${what}[${index}]: ${actual[index]} vs ${expected[index]}, off by ${off}`);
  }
}
