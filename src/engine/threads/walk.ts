/**
 * What each thread does of a list of calls, and where they wait for one another. All threads pass the same barriers: one
 * in front of a cut call, for what was computed before it, and one behind it, unless another cut call follows at once.
 */
import type { KernelCall } from '../call.js';

/** Calls between two barriers; all of them end with one. */
export type Stretch = readonly KernelCall[];

/** The first thread takes what was not cut; parts go round. A list without cut calls is one stretch of the first thread. */
export function stretchesOf(
  calls: readonly KernelCall[],
  { thread, threads }: { thread: number; threads: number },
): Stretch[] {
  const stretches: KernelCall[][] = [[]];
  let inside = false;
  for (const call of calls) {
    const { part } = call;
    if (part === undefined ? inside : part.index === 0) stretches.push([]);
    inside = part !== undefined;
    const taker = part === undefined ? 0 : part.index % threads;
    if (taker === thread) stretches.at(-1)!.push(call);
  }
  return stretches;
}
