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
