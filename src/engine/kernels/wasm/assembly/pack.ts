/** Copies blocks of A and B into the order in which the tiles read them. */
import { loadPartial } from './vector';

/** panel[k,16] from rows of B [k, ≥ 16]. */
export function packRows16(k: i32, b: usize, bRow: usize, panel: usize): void {
  for (let p = 0; p < k; p++) {
    v128.store(panel, v128.load(b));
    v128.store(panel, v128.load(b, 16), 16);
    v128.store(panel, v128.load(b, 32), 32);
    v128.store(panel, v128.load(b, 48), 48);
    b += bRow;
    panel += 64;
  }
}

/** panel[k,4] from rows of B [k, `cols` ≤ 4], zeros behind them. */
export function packRows4(k: i32, cols: i32, b: usize, bRow: usize, panel: usize): void {
  for (let p = 0; p < k; p++) {
    v128.store(panel, cols == 4 ? v128.load(b) : loadPartial(b, cols));
    b += bRow;
    panel += 16;
  }
}

/** Four columns of a panel, `panelRow` bytes a row, from `rows` ≤ 4 rows of B [n, k], zeros for the missing ones. */
export function packTransposed4(k: i32, rows: i32, b: usize, bRow: usize, panel: usize, panelRow: usize): void {
  const b1 = b + bRow, b2 = b1 + bRow, b3 = b2 + bRow;
  let p = 0;
  if (rows == 4) {
    // 4×4 blocks by two rounds of interleaving.
    for (; p + 4 <= k; p += 4) {
      const at = <usize>p << 2;
      const r0 = v128.load(b + at), r1 = v128.load(b1 + at), r2 = v128.load(b2 + at), r3 = v128.load(b3 + at);
      const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
      const high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
      const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
      const high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
      v128.store(panel, v128.shuffle<f64>(low01, low23, 0, 2));
      panel += panelRow;
      v128.store(panel, v128.shuffle<f64>(low01, low23, 1, 3));
      panel += panelRow;
      v128.store(panel, v128.shuffle<f64>(high01, high23, 0, 2));
      panel += panelRow;
      v128.store(panel, v128.shuffle<f64>(high01, high23, 1, 3));
      panel += panelRow;
    }
  }
  for (; p < k; p++) {
    const at = <usize>p << 2;
    store<f32>(panel, load<f32>(b + at));
    store<f32>(panel, rows > 1 ? load<f32>(b1 + at) : 0, 4);
    store<f32>(panel, rows > 2 ? load<f32>(b2 + at) : 0, 8);
    store<f32>(panel, rows > 3 ? load<f32>(b3 + at) : 0, 12);
    panel += panelRow;
  }
}

/** Elements of a row of A read before the next row's: one cache line. */
const STRIP: i32 = 16;

/** pairs[m/2][k,2] from A [k, m], m even or not: pair i of rows starts at 2i · k. */
export function packPairs(m: i32, k: i32, a: usize, aStep: usize, pairs: usize): void {
  for (let i = 0; i < m; i += STRIP) {
    packStrip(min(STRIP, m - i), k, a + (<usize>i << 2), aStep, pairs + (<usize>(i * k) << 2));
  }
}

function packStrip(m: i32, k: i32, a: usize, aStep: usize, pairs: usize): void {
  const pairBytes = <usize>k << 3;
  for (let p = 0; p < k; p++) {
    let to = pairs + (<usize>p << 3);
    let i = 0;
    for (; i + 4 <= m; i += 4) {
      const four = v128.load(a + (<usize>i << 2));
      v128.store64_lane(to, four, 0);
      v128.store64_lane(to + pairBytes, four, 1);
      to += 2 * pairBytes;
    }
    for (; i < m; i++) {
      store<f32>(to + (<usize>(i & 1) << 2), load<f32>(a + (<usize>i << 2)));
      if (i & 1) to += pairBytes;
    }
    a += aStep;
  }
}
