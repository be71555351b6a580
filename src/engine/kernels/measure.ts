/** How fast a backend multiplies matrices on this machine, for the log and for estimates of a run's time. */
import { createMemory, Layout } from '../memory.js';
import type { KernelsFactory } from './kernels.js';

/** Rows and columns: the three matrices stay in the second-level cache. */
const SIZE = 256;
const SAMPLES = 9;
/** V8 compiles a WebAssembly function anew, with optimisation, while it runs for the first milliseconds. */
const WARM_UP_MILLISECONDS = 10;

/** GFLOP/s of one thread in a product of 256×256 matrices: the quickest of nine, since other load only adds. Takes some 15 ms, on the reference kernels 300. */
export async function measureGflops(factory: KernelsFactory): Promise<number> {
  const layout = new Layout();
  const scratch = layout.reserve('scratch', factory.scratchBytes);
  const [a, b, c] = ['a', 'b', 'c'].map((name) => layout.reserve(name, 4 * SIZE ** 2)) as [number, number, number];
  const memory = createMemory(layout.bytes);
  memory.f32.fill(0.5, a / 4, c / 4);
  const { gemmNN } = await factory.create(memory.memory, scratch);
  const seconds = () => {
    const start = performance.now();
    gemmNN(SIZE, SIZE, SIZE, a, SIZE, b, SIZE, c, SIZE, 0);
    return (performance.now() - start) / 1000;
  };
  const warmAt = performance.now() + WARM_UP_MILLISECONDS;
  while (performance.now() < warmAt) seconds();
  const quickest = Math.min(...Array.from({ length: SAMPLES }, seconds));
  return (2 * SIZE ** 3) / quickest / 1e9;
}
