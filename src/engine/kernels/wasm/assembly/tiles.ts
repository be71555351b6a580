/**
 * The innermost loops of a matrix product: C's tile is held in registers while k runs. A is read element by element with
 * any steps, B row by row, so that plain, transposed and packed operands need no code of their own.
 *
 * The form is what V8 compiles best (Node 20 gives 15 vector registers): 8 sums, no unrolling of k, one ascending `while`,
 * no branch behind it, one function a kernel.
 */

import { madd } from './vector';

/** C[2,16] = A[2,k] · B[k,16]. Steps in bytes. The second row may be the first again, at the last row of an odd m. */
export function tile2x16(
  k: i32, a0: usize, a1: usize, aStep: usize, b: usize, bStep: usize, c0: usize, c1: usize,
): void {
  let s00 = f32x4.splat(0), s01 = f32x4.splat(0), s02 = f32x4.splat(0), s03 = f32x4.splat(0);
  let s10 = f32x4.splat(0), s11 = f32x4.splat(0), s12 = f32x4.splat(0), s13 = f32x4.splat(0);
  let p = 0;
  while (p < k) {
    const b0 = v128.load(b), b1 = v128.load(b, 16), b2 = v128.load(b, 32), b3 = v128.load(b, 48);
    const x0 = v128.load_splat<f32>(a0);
    s00 = madd(x0, b0, s00);
    s01 = madd(x0, b1, s01);
    s02 = madd(x0, b2, s02);
    s03 = madd(x0, b3, s03);
    const x1 = v128.load_splat<f32>(a1);
    s10 = madd(x1, b0, s10);
    s11 = madd(x1, b1, s11);
    s12 = madd(x1, b2, s12);
    s13 = madd(x1, b3, s13);
    a0 += aStep;
    a1 += aStep;
    b += bStep;
    p++;
  }
  // Adding 0 keeps V8 from storing, and so spilling, the loop's own registers.
  const zero = f32x4.splat(0);
  v128.store(c0, f32x4.add(s00, zero));
  v128.store(c0, f32x4.add(s01, zero), 16);
  v128.store(c0, f32x4.add(s02, zero), 32);
  v128.store(c0, f32x4.add(s03, zero), 48);
  v128.store(c1, f32x4.add(s10, zero));
  v128.store(c1, f32x4.add(s11, zero), 16);
  v128.store(c1, f32x4.add(s12, zero), 32);
  v128.store(c1, f32x4.add(s13, zero), 48);
}

/** C[2,16] += A[2,k] · B[k,16]. All of C is read before it is written, since its two rows may be one. */
export function tile2x16Add(
  k: i32, a0: usize, a1: usize, aStep: usize, b: usize, bStep: usize, c0: usize, c1: usize,
): void {
  let s00 = f32x4.splat(0), s01 = f32x4.splat(0), s02 = f32x4.splat(0), s03 = f32x4.splat(0);
  let s10 = f32x4.splat(0), s11 = f32x4.splat(0), s12 = f32x4.splat(0), s13 = f32x4.splat(0);
  let p = 0;
  while (p < k) {
    const b0 = v128.load(b), b1 = v128.load(b, 16), b2 = v128.load(b, 32), b3 = v128.load(b, 48);
    const x0 = v128.load_splat<f32>(a0);
    s00 = madd(x0, b0, s00);
    s01 = madd(x0, b1, s01);
    s02 = madd(x0, b2, s02);
    s03 = madd(x0, b3, s03);
    const x1 = v128.load_splat<f32>(a1);
    s10 = madd(x1, b0, s10);
    s11 = madd(x1, b1, s11);
    s12 = madd(x1, b2, s12);
    s13 = madd(x1, b3, s13);
    a0 += aStep;
    a1 += aStep;
    b += bStep;
    p++;
  }
  s00 = f32x4.add(v128.load(c0), s00);
  s01 = f32x4.add(v128.load(c0, 16), s01);
  s02 = f32x4.add(v128.load(c0, 32), s02);
  s03 = f32x4.add(v128.load(c0, 48), s03);
  s10 = f32x4.add(v128.load(c1), s10);
  s11 = f32x4.add(v128.load(c1, 16), s11);
  s12 = f32x4.add(v128.load(c1, 32), s12);
  s13 = f32x4.add(v128.load(c1, 48), s13);
  v128.store(c0, s00);
  v128.store(c0, s01, 16);
  v128.store(c0, s02, 32);
  v128.store(c0, s03, 48);
  v128.store(c1, s10);
  v128.store(c1, s11, 16);
  v128.store(c1, s12, 32);
  v128.store(c1, s13, 48);
}

/** C[4,8] = A[4,k] · B[k,8]. The last rows may be one row again, where m is no multiple of 4. */
export function tile4x8(
  k: i32, a0: usize, a1: usize, a2: usize, a3: usize, aStep: usize, b: usize, bStep: usize,
  c0: usize, c1: usize, c2: usize, c3: usize,
): void {
  let s00 = f32x4.splat(0), s01 = f32x4.splat(0), s10 = f32x4.splat(0), s11 = f32x4.splat(0);
  let s20 = f32x4.splat(0), s21 = f32x4.splat(0), s30 = f32x4.splat(0), s31 = f32x4.splat(0);
  let p = 0;
  while (p < k) {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    const x0 = v128.load_splat<f32>(a0);
    s00 = madd(x0, b0, s00);
    s01 = madd(x0, b1, s01);
    const x1 = v128.load_splat<f32>(a1);
    s10 = madd(x1, b0, s10);
    s11 = madd(x1, b1, s11);
    const x2 = v128.load_splat<f32>(a2);
    s20 = madd(x2, b0, s20);
    s21 = madd(x2, b1, s21);
    const x3 = v128.load_splat<f32>(a3);
    s30 = madd(x3, b0, s30);
    s31 = madd(x3, b1, s31);
    a0 += aStep;
    a1 += aStep;
    a2 += aStep;
    a3 += aStep;
    b += bStep;
    p++;
  }
  const zero = f32x4.splat(0);
  v128.store(c0, f32x4.add(s00, zero));
  v128.store(c0, f32x4.add(s01, zero), 16);
  v128.store(c1, f32x4.add(s10, zero));
  v128.store(c1, f32x4.add(s11, zero), 16);
  v128.store(c2, f32x4.add(s20, zero));
  v128.store(c2, f32x4.add(s21, zero), 16);
  v128.store(c3, f32x4.add(s30, zero));
  v128.store(c3, f32x4.add(s31, zero), 16);
}

/** C[4,8] += A[4,k] · B[k,8]. All of C is read before it is written. */
export function tile4x8Add(
  k: i32, a0: usize, a1: usize, a2: usize, a3: usize, aStep: usize, b: usize, bStep: usize,
  c0: usize, c1: usize, c2: usize, c3: usize,
): void {
  let s00 = f32x4.splat(0), s01 = f32x4.splat(0), s10 = f32x4.splat(0), s11 = f32x4.splat(0);
  let s20 = f32x4.splat(0), s21 = f32x4.splat(0), s30 = f32x4.splat(0), s31 = f32x4.splat(0);
  let p = 0;
  while (p < k) {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    const x0 = v128.load_splat<f32>(a0);
    s00 = madd(x0, b0, s00);
    s01 = madd(x0, b1, s01);
    const x1 = v128.load_splat<f32>(a1);
    s10 = madd(x1, b0, s10);
    s11 = madd(x1, b1, s11);
    const x2 = v128.load_splat<f32>(a2);
    s20 = madd(x2, b0, s20);
    s21 = madd(x2, b1, s21);
    const x3 = v128.load_splat<f32>(a3);
    s30 = madd(x3, b0, s30);
    s31 = madd(x3, b1, s31);
    a0 += aStep;
    a1 += aStep;
    a2 += aStep;
    a3 += aStep;
    b += bStep;
    p++;
  }
  s00 = f32x4.add(v128.load(c0), s00);
  s01 = f32x4.add(v128.load(c0, 16), s01);
  s10 = f32x4.add(v128.load(c1), s10);
  s11 = f32x4.add(v128.load(c1, 16), s11);
  s20 = f32x4.add(v128.load(c2), s20);
  s21 = f32x4.add(v128.load(c2, 16), s21);
  s30 = f32x4.add(v128.load(c3), s30);
  s31 = f32x4.add(v128.load(c3, 16), s31);
  v128.store(c0, s00);
  v128.store(c0, s01, 16);
  v128.store(c1, s10);
  v128.store(c1, s11, 16);
  v128.store(c2, s20);
  v128.store(c2, s21, 16);
  v128.store(c3, s30);
  v128.store(c3, s31, 16);
}

/** tile[8,4] = A[8,k] · B[k,4], B packed. Of 8 rows only `rows` are there: the others read the last one again. */
export function tile8x4(k: i32, rows: i32, a: usize, aRow: usize, aStep: usize, b: usize, tile: usize): void {
  const last = rows - 1;
  let a0 = a;
  let a1 = a + <usize>min(1, last) * aRow;
  let a2 = a + <usize>min(2, last) * aRow;
  let a3 = a + <usize>min(3, last) * aRow;
  let a4 = a + <usize>min(4, last) * aRow;
  let a5 = a + <usize>min(5, last) * aRow;
  let a6 = a + <usize>min(6, last) * aRow;
  let a7 = a + <usize>last * aRow;
  let s0 = f32x4.splat(0), s1 = f32x4.splat(0), s2 = f32x4.splat(0), s3 = f32x4.splat(0);
  let s4 = f32x4.splat(0), s5 = f32x4.splat(0), s6 = f32x4.splat(0), s7 = f32x4.splat(0);
  let p = 0;
  while (p < k) {
    const row = v128.load(b);
    s0 = madd(v128.load_splat<f32>(a0), row, s0);
    s1 = madd(v128.load_splat<f32>(a1), row, s1);
    s2 = madd(v128.load_splat<f32>(a2), row, s2);
    s3 = madd(v128.load_splat<f32>(a3), row, s3);
    s4 = madd(v128.load_splat<f32>(a4), row, s4);
    s5 = madd(v128.load_splat<f32>(a5), row, s5);
    s6 = madd(v128.load_splat<f32>(a6), row, s6);
    s7 = madd(v128.load_splat<f32>(a7), row, s7);
    a0 += aStep;
    a1 += aStep;
    a2 += aStep;
    a3 += aStep;
    a4 += aStep;
    a5 += aStep;
    a6 += aStep;
    a7 += aStep;
    b += 16;
    p++;
  }
  v128.store(tile, s0);
  v128.store(tile, s1, 16);
  v128.store(tile, s2, 32);
  v128.store(tile, s3, 48);
  v128.store(tile, s4, 64);
  v128.store(tile, s5, 80);
  v128.store(tile, s6, 96);
  v128.store(tile, s7, 112);
}
