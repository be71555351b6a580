/**
 * The scratch region that the host hands over when it makes an instance: packed panels of a matrix product, or the draws
 * of dropout. It is the module's only state. Nothing in it outlives a call, and instances with scratch of their own can share a memory.
 */

/** Depth of a block (elements of k): a 16-column panel of B, 16 KiB, stays in the first-level cache. */
export const KC: i32 = 256;
/** Rows of A in a block: 96 KiB, in the second-level cache. */
export const MC: i32 = 96;
/** Columns of B in a block: 1 MiB, in the second-level cache. */
export const NC: i32 = 1024;

const F32_BYTES: usize = 4;
const PACKED_B_BYTES: usize = <usize>KC * NC * F32_BYTES;
const PACKED_A_BYTES: usize = <usize>KC * MC * F32_BYTES;
let base: usize = 0;

/** Hands over a region of as many bytes as ../index.ts asks for. */
export function setScratch(pointer: usize): void {
  base = pointer;
}

/** Panels of B, [kc, 16] or [kc, 4] each; the panel of column j starts at j · kc. */
@inline
export function packedB(): usize {
  return base;
}

/** Pairs of rows of A, [kc, 2] each; the pair of row i starts at i · kc. */
@inline
export function packedA(): usize {
  return base + PACKED_B_BYTES;
}

/** [8, 4]: a narrow tile before its valid part goes to C. */
@inline
export function narrowTile(): usize {
  return base + PACKED_B_BYTES + PACKED_A_BYTES;
}

/** [64, 4]: what dropout draws at a time. */
@inline
export function drawnBlocks(): usize {
  return base;
}

/** [10, 2]: the keys of Philox' rounds. */
@inline
export function roundKeys(): usize {
  return base + PACKED_B_BYTES;
}
