/**
 * Neighbouring calls that walk the same memory become one: a residual's sum is normalised row by row, while the row stands in
 * the first-level cache. The bits are those of the two calls.
 */
import type { KernelCall } from './call.js';

export function fuseCalls(calls: readonly KernelCall[]): KernelCall[] {
  const fused: KernelCall[] = [];
  for (const call of calls) {
    if (call.kernel !== 'layerNorm') {
      fused.push(call);
      continue;
    }
    // A norm without a bias has its zeros filled in between.
    const last = fused.findLastIndex(({ kernel }) => kernel !== 'fill');
    const before = fused[last];
    const one = before === undefined ? null : sumAndNorm(before, call);
    const isApart = fused.slice(last + 1).every(({ args: [, filled] }) => !before?.args.includes(filled!));
    if (one !== null && isApart) {
      fused.splice(last, 1);
      fused.push(one);
    } else fused.push(call);
  }
  return fused;
}

/** `sum = a + b` and the layer norm of all of it, in one; null where the calls are others. */
function sumAndNorm(first: KernelCall, second: KernelCall): KernelCall<'addLayerNorm'> | null {
  if (first.kernel !== 'add' || second.kernel !== 'layerNorm') return null;
  const [elements, a, b, sum] = first.args as KernelCall<'add'>['args'];
  const [rows, cols, x, ...rest] = second.args as KernelCall<'layerNorm'>['args'];
  if (x !== sum || elements !== rows * cols) return null;
  return { kernel: 'addLayerNorm', args: [rows, cols, a, b, sum, ...rest] };
}
