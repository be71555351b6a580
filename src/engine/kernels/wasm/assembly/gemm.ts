/**
 * C = op(A) · op(B) + beta · C in the manner of Goto and van de Geijn ("Anatomy of high-performance matrix
 * multiplication", ACM TOMS 2008): blocks of B and A that stay in a cache, cut into 2×16 or 4×8 tiles, whichever this engine
 * compiles better; what is left of the columns goes into 8×4 tiles. An operand is copied into packed panels only where reading it in place would cost more;
 * that never changes a bit, since each element of C sums over k in order, block by block.
 */
import { combineRows, dotRows } from './gemv';
import { packPairs, packRows16, packRows4, packTransposed4 } from './pack';
import { KC, MC, NC, narrowTile, packedA, packedB } from './scratch';
import { tile2x16, tile2x16Add, tile4x8, tile4x8Add, tile8x4 } from './tiles';

/** Rows of a wide tile, 2 or 4. */
let tileRows: i32 = 2;

/** Which tiles are used from now on, by their rows; the bits are the same. */
export function setTileRows(rows: i32): void {
  tileRows = rows;
}

/** Rows that far apart meet in few sets of the first-level cache, so many of them are better copied. */
const IN_PLACE_BYTES: usize = 16384;
/** Packing B costs about 1/m of the product. */
const IN_PLACE_ROWS: i32 = 8;

/** C[m,n] = A[m,k] · B[k,n] + beta · C */
export function gemmNN(
  m: i32, n: i32, k: i32, a: usize, lda: i32, b: usize, ldb: i32, c: usize, ldc: i32, beta: i32,
): void {
  const aRow = <usize>lda << 2, bRow = <usize>ldb << 2, cRow = <usize>ldc << 2;
  if (m == 1) combineRows(n, k, b, bRow, a, 4, c, beta);
  else if (n == 1 && ldb == 1) dotRows(m, k, a, aRow, b, c, cRow, beta);
  else multiply(m, n, k, a, aRow, 4, b, bRow, false, c, cRow, beta);
}

/** C[m,n] = A[k,m]ᵀ · B[k,n] + beta · C */
export function gemmTN(
  m: i32, n: i32, k: i32, a: usize, lda: i32, b: usize, ldb: i32, c: usize, ldc: i32, beta: i32,
): void {
  const aRow = <usize>lda << 2, bRow = <usize>ldb << 2, cRow = <usize>ldc << 2;
  if (m == 1) combineRows(n, k, b, bRow, a, aRow, c, beta);
  else if (n == 1 && ldc == 1) combineRows(m, k, a, aRow, b, bRow, c, beta);
  else multiply(m, n, k, a, 4, aRow, b, bRow, false, c, cRow, beta);
}

/** C[m,n] = A[m,k] · B[n,k]ᵀ + beta · C */
export function gemmNT(
  m: i32, n: i32, k: i32, a: usize, lda: i32, b: usize, ldb: i32, c: usize, ldc: i32, beta: i32,
): void {
  const aRow = <usize>lda << 2, bRow = <usize>ldb << 2, cRow = <usize>ldc << 2;
  if (m == 1) dotRows(n, k, b, bRow, a, c, 4, beta);
  else if (n == 1) dotRows(m, k, a, aRow, b, c, cRow, beta);
  else multiply(m, n, k, a, aRow, 4, b, bRow, true, c, cRow, beta);
}

/** Element (i, p) of op(A) is at `a + i · aRow + p · aStep`; B is [k, n], or [n, k] if transposed. Steps in bytes. */
function multiply(
  m: i32, n: i32, k: i32, a: usize, aRow: usize, aStep: usize, b: usize, bRow: usize, bTransposed: bool,
  c: usize, cRow: usize, beta: i32,
): void {
  if (k == 0 && beta == 0) for (let i = 0; i < m; i++) memory.fill(c + <usize>i * cRow, 0, <usize>n << 2);
  const packA = aStep != 4 && <usize>min(k, KC) * aStep > IN_PLACE_BYTES && n > 16;
  const packB = bTransposed || (m > IN_PLACE_ROWS && <usize>min(k, KC) * bRow > IN_PLACE_BYTES);
  for (let jc = 0; jc < n; jc += NC) {
    const nc = min(NC, n - jc);
    for (let pc = 0; pc < k; pc += KC) {
      const kc = min(KC, k - pc);
      const bBlock = bTransposed
        ? b + <usize>jc * bRow + (<usize>pc << 2)
        : b + <usize>pc * bRow + (<usize>jc << 2);
      packBlockB(kc, nc, bBlock, bRow, bTransposed, packB);
      const accumulate = beta != 0 || pc > 0;
      for (let ic = 0; ic < m; ic += MC) {
        const mc = min(MC, m - ic);
        const aBlock = a + <usize>ic * aRow + <usize>pc * aStep;
        const cBlock = c + <usize>ic * cRow + (<usize>jc << 2);
        if (packA) packPairs(mc, kc, aBlock, aStep, packedA());
        const pairs = packA ? packedA() : aBlock;
        const halfPair: usize = packA ? <usize>kc << 2 : aRow;
        const partner: usize = packA ? 4 : aRow;
        const step: usize = packA ? 8 : aStep;
        const wide = nc & ~15;
        for (let j = 0; j < wide; j += 16) {
          const panel = packB ? packedB() + (<usize>(j * kc) << 2) : bBlock + (<usize>j << 2);
          const cPanel = cBlock + (<usize>j << 2);
          const panelStep = packB ? 64 : bRow;
          if (tileRows == 2) {
            wideColumn(mc, kc, pairs, halfPair, partner, step, panel, panelStep, cPanel, cRow, accumulate);
          } else {
            halvedColumn(mc, kc, pairs, halfPair, partner, step, panel, panelStep, cPanel, cRow, accumulate);
          }
        }
        for (let j = wide; j < nc; j += 4) {
          const panel = packedB() + (<usize>(j * kc) << 2);
          narrowColumn(mc, kc, min(4, nc - j), aBlock, aRow, aStep, panel, cBlock + (<usize>j << 2), cRow, accumulate);
        }
      }
    }
  }
}

/** Panels of 16 columns where they are wanted, and always those of 4 that make up the rest. */
function packBlockB(k: i32, n: i32, b: usize, bRow: usize, transposed: bool, wanted: bool): void {
  const wide = n & ~15;
  if (wanted) {
    for (let j = 0; j < wide; j += 16) {
      const panel = packedB() + (<usize>(j * k) << 2);
      if (transposed) {
        for (let t = 0; t < 16; t += 4) packTransposed4(k, 4, b + <usize>(j + t) * bRow, bRow, panel + (t << 2), 64);
      } else packRows16(k, b + (<usize>j << 2), bRow, panel);
    }
  }
  for (let j = wide; j < n; j += 4) {
    const cols = min(4, n - j);
    const panel = packedB() + (<usize>(j * k) << 2);
    if (transposed) packTransposed4(k, cols, b + <usize>j * bRow, bRow, panel, 16);
    else packRows4(k, cols, b + (<usize>j << 2), bRow, panel);
  }
}

/** One panel of 16 columns, by pairs of rows: rows i and i + 1 at `i · halfPair` and `partner` behind it. */
function wideColumn(
  m: i32, k: i32, a: usize, halfPair: usize, partner: usize, aStep: usize, panel: usize, panelStep: usize,
  c: usize, cRow: usize, accumulate: bool,
): void {
  for (let i = 0; i < m; i += 2) {
    const a0 = a + <usize>i * halfPair;
    const c0 = c + <usize>i * cRow;
    const odd = i + 1 == m;
    const a1 = odd ? a0 : a0 + partner;
    const c1 = odd ? c0 : c0 + cRow;
    if (accumulate) tile2x16Add(k, a0, a1, aStep, panel, panelStep, c0, c1);
    else tile2x16(k, a0, a1, aStep, panel, panelStep, c0, c1);
  }
}

/** The same in two halves of 8 columns, by four rows. */
function halvedColumn(
  m: i32, k: i32, a: usize, halfPair: usize, partner: usize, aStep: usize, panel: usize, panelStep: usize,
  c: usize, cRow: usize, accumulate: bool,
): void {
  const last = m - 1;
  for (let i = 0; i < m; i += 4) {
    const i1 = min(i + 1, last), i2 = min(i + 2, last), i3 = min(i + 3, last);
    const a0 = a + <usize>i * halfPair;
    const a1 = i1 == i ? a0 : a0 + partner;
    const a2 = a + <usize>(i2 & ~1) * halfPair + (i2 & 1 ? partner : 0);
    const a3 = a + <usize>(i3 & ~1) * halfPair + (i3 & 1 ? partner : 0);
    const c0 = c + <usize>i * cRow, c1 = c + <usize>i1 * cRow, c2 = c + <usize>i2 * cRow, c3 = c + <usize>i3 * cRow;
    for (let half: usize = 0; half < 64; half += 32) {
      const b = panel + half, d0 = c0 + half, d1 = c1 + half, d2 = c2 + half, d3 = c3 + half;
      if (accumulate) tile4x8Add(k, a0, a1, a2, a3, aStep, b, panelStep, d0, d1, d2, d3);
      else tile4x8(k, a0, a1, a2, a3, aStep, b, panelStep, d0, d1, d2, d3);
    }
  }
}

/** One panel of at most 4 columns, by tiles of at most 8 rows. */
function narrowColumn(
  m: i32, k: i32, cols: i32, a: usize, aRow: usize, aStep: usize, panel: usize, c: usize, cRow: usize, accumulate: bool,
): void {
  for (let i = 0; i < m; i += 8) {
    const rows = min(8, m - i);
    let from = narrowTile();
    tile8x4(k, rows, a + <usize>i * aRow, aRow, aStep, panel, from);
    let to = c + <usize>i * cRow;
    for (let r = 0; r < rows; r++) {
      for (let j = 0; j < cols; j++) {
        const at = <usize>j << 2;
        store<f32>(to + at, accumulate ? load<f32>(to + at) + load<f32>(from + at) : load<f32>(from + at));
      }
      from += 16;
      to += cRow;
    }
  }
}
