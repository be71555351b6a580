/** One kernel call as data: what a program is a list of. */
import type { Kernels } from './kernels/kernels.js';

/** Every kernel, by its name in the contract. */
export type KernelName = {
  [Name in keyof Kernels]: Kernels[Name] extends (...args: never[]) => void ? Name : never;
}[keyof Kernels];

export interface KernelCall<Name extends KernelName = KernelName> {
  readonly kernel: Name;
  readonly args: Parameters<Kernels[Name]>;
  /** Its place among the parts of a call that was cut: threads may take them in any order, or at once. */
  readonly part?: { readonly index: number; readonly of: number };
}
