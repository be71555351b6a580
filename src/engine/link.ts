/** Binds calls to the kernels that they name. */
import type { KernelCall } from './call.js';
import type { Kernels } from './kernels/kernels.js';

/** The calls on a backend, one after the other, as one function. */
export function link(calls: readonly KernelCall[], kernels: Kernels): () => void {
  const linked = calls.map(({ kernel, args }) => ({ run: kernels[kernel] as (...args: number[]) => void, args }));
  return () => {
    for (const { run, args } of linked) run(...args);
  };
}

/**
 * The same for programs that differ in how many positions of a text stand before theirs: every argument is linear in that
 * number, so that the calls behind none and behind one position tell those behind any other.
 */
export function linkBehind(
  none: readonly KernelCall[],
  one: readonly KernelCall[],
  kernels: Kernels,
): (positions: number) => void {
  const linked = none.map(({ kernel, args }, index) => ({
    run: kernels[kernel] as (...args: number[]) => void,
    args: [...args] as number[],
    moving: args.map((first, at) => ({ at, first, by: one[index]!.args[at]! - first })).filter(({ by }) => by !== 0),
  }));
  return (positions) => {
    for (const { run, args, moving } of linked) {
      for (const { at, first, by } of moving) args[at] = first + positions * by;
      run(...args);
    }
  };
}
