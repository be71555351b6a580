/**
 * What a module is like on this machine: which tiles of a matrix product its engine compiles better (versions of V8 differ in
 * that; both give the same bits, so that the choice may follow a clock), and whether its products and sums round once.
 */
import { createMemory, type EngineMemory, Layout } from '../../memory.js';
import type { WasmExports } from './instance.js';

export interface ModuleTraits {
  /** 2 for tiles of 2×16, 4 for 4×8. */
  readonly tileRows: number;
  /** a · b + c as one operation, as IEEE 754 has fusedMultiplyAdd. */
  readonly isFused: boolean;
}

const CANDIDATES = [2, 4] as const;
/** Rows and columns of the product that is timed; some 0.1 ms each. */
const SIZE = 128;
/** Rounds until V8 has compiled both with optimisation, and those that are timed. */
const [WARM_UP, ROUNDS] = [30, 10];

/** In some 10 ms. */
export async function traitsOf(
  instantiate: (memory: WebAssembly.Memory, scratch: number) => Promise<WasmExports>,
  scratchBytes: number,
): Promise<ModuleTraits> {
  const layout = new Layout();
  const scratch = layout.reserve('scratch', scratchBytes);
  const [a, b, c] = ['a', 'b', 'c'].map((name) => layout.reserve(name, 4 * SIZE ** 2)) as [number, number, number];
  const memory = createMemory(layout.bytes);
  const kernels = await instantiate(memory.memory, scratch);
  const multiply = (m: number, n: number, k: number) => kernels.gemmNN(m, n, k, a, k, b, n, c, n, 0);
  return { isFused: isFused(multiply, memory, { a, b, c }), tileRows: fasterTileRows(multiply, kernels.setTileRows) };
}

type Multiply = (m: number, n: number, k: number) => void;

/** x² = 1 + 2⁻¹¹ + 2⁻²⁴ loses its last bit where it is rounded before 1 + 2⁻¹¹ is taken from it. */
function isFused(multiply: Multiply, { f32 }: EngineMemory, { a, b, c }: { a: number; b: number; c: number }): boolean {
  const x = 1 + 2 ** -12;
  const [rows, columns] = [2, 16];
  for (let row = 0; row < rows; row++) f32.set([-(1 + 2 ** -11), x], a / 4 + 2 * row); // [2, 2]
  f32.fill(1, b / 4, b / 4 + columns); // [2, 16]
  f32.fill(x, b / 4 + columns, b / 4 + 2 * columns);
  multiply(rows, columns, 2);
  return f32[c / 4] === 2 ** -24;
}

function fasterTileRows(multiply: Multiply, setTileRows: (rows: number) => void): number {
  const quickest = new Map<number, number>(CANDIDATES.map((rows) => [rows, Number.POSITIVE_INFINITY]));
  for (let round = 0; round < WARM_UP + ROUNDS; round++) {
    for (const rows of CANDIDATES) {
      setTileRows(rows);
      const start = performance.now();
      multiply(SIZE, SIZE, SIZE);
      const milliseconds = performance.now() - start;
      if (round >= WARM_UP) quickest.set(rows, Math.min(quickest.get(rows)!, milliseconds));
    }
  }
  return quickest.get(4)! < quickest.get(2)! ? 4 : 2;
}
