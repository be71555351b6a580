/**
 * What the other files build on: partial vectors for the ends of rows, and exp, log1p, sigmoid and tanh on four lanes.
 *
 * A remainder of one to three elements goes through the same vector code as whole vectors do, so that a value's bits
 * never depend on where in a buffer it stands. Constants are loaded from a table: V8 builds a vector literal anew, from
 * general registers, at each use.
 */

/** Lanes of a v128 of float32. */
export const LANES: i32 = 4;

/** The first `count` (1–3) floats at `p`, and `padding` behind them. */
export function loadPartial(p: usize, count: i32, padding: f32 = 0): v128 {
  let v = f32x4.replace_lane(f32x4.splat(padding), 0, load<f32>(p));
  if (count > 1) v = f32x4.replace_lane(v, 1, load<f32>(p, 4));
  if (count > 2) v = f32x4.replace_lane(v, 2, load<f32>(p, 8));
  return v;
}

/** Stores the first `count` (1–3) lanes. */
export function storePartial(p: usize, v: v128, count: i32): void {
  store<f32>(p, f32x4.extract_lane(v, 0));
  if (count > 1) store<f32>(p, f32x4.extract_lane(v, 1), 4);
  if (count > 2) store<f32>(p, f32x4.extract_lane(v, 2), 8);
}

/** Lanes added in one fixed order: (0 + 2) + (1 + 3). */
@inline
export function sumLanes(v: v128): f32 {
  const halves = f32x4.add(v, v128.shuffle<f64>(v, v, 1, 0));
  return f32x4.extract_lane(halves, 0) + f32x4.extract_lane(halves, 1);
}

@inline
export function sumLanesF64(v: v128): f64 {
  return f64x2.extract_lane(v, 0) + f64x2.extract_lane(v, 1);
}

/** Both halves as float64: lanes (0 + 2, 1 + 3). */
@inline
export function pairSumsF64(v: v128): v128 {
  const high = v128.shuffle<f64>(v, v, 1, 0);
  return f64x2.add(f64x2.promote_low_f32x4(v), f64x2.promote_low_f32x4(high));
}

/** x² in float64, where no float32 overflows: lanes (0 + 2, 1 + 3). */
@inline
export function squaresF64(v: v128): v128 {
  const low = f64x2.promote_low_f32x4(v);
  const high = f64x2.promote_low_f32x4(v128.shuffle<f64>(v, v, 1, 0));
  return f64x2.add(f64x2.mul(low, low), f64x2.mul(high, high));
}

/** The smallest normal float32. What decays is set to zero below it: arithmetic on denormals is many times slower. */
export const SMALLEST_NORMAL: f32 = 1.17549435e-38;

const MAGNITUDE = memory.data<u32>([
  0x7fffffff, // 0: all but the sign
  0x00800000, // 4: the smallest normal float32
], 16);

/** |v|; f32x4.abs would build its mask anew at each use. */
@inline
export function magnitude(v: v128): v128 {
  return v128.and(v, v128.load_splat<u32>(MAGNITUDE));
}

/** v with denormal lanes set to 0; NaN stays NaN. */
@inline
export function flushDenormals(v: v128): v128 {
  return v128.andnot(v, f32x4.lt(magnitude(v), v128.load_splat<u32>(MAGNITUDE, 4)));
}

// ── exp ───────────────────────────────────────────────────────────────────────────────────────────────────────────

// exp(x) = 2ⁿ · exp(r), n = round(x / ln 2), r = x − n ln 2 in two parts; exp(r) − 1 = r + r² P(r), minimax in the relative
// error, 1.4e-8 on |r| ≤ ln 2 / 2.
const EXP = memory.data<f32>([
  1.44269504088896341, // 0: 1 / ln 2
  12582912.0, //          4: 1.5 · 2²³: adding it rounds to an integer, which then stands in the low bits
  0.693359375, //         8: ln 2, high part: exact when multiplied by n
  -2.12194440e-4, //     12: ln 2, low part
  1.3946450996e-3, //    16: coefficients
  8.3665841493e-3,
  4.1666282013e-2,
  1.6666542991e-1,
  5.0000000619e-1, //    32
  1.0, //                36: also the bits of exponent 0
  -87.3365402, //        40: below it the result is not a normal number
], 16);

/** n, in the low bits of the float n + 1.5 · 2²³. */
@inline
function exponentOf(x: v128): v128 {
  return f32x4.add(f32x4.mul(x, v128.load_splat<f32>(EXP)), v128.load_splat<f32>(EXP, 4));
}

/** exp(r) − 1, with full relative accuracy near 0. */
@inline
function expm1OfRemainder(x: v128, exponent: v128): v128 {
  const n = f32x4.sub(exponent, v128.load_splat<f32>(EXP, 4));
  let r = f32x4.sub(x, f32x4.mul(n, v128.load_splat<f32>(EXP, 8)));
  r = f32x4.sub(r, f32x4.mul(n, v128.load_splat<f32>(EXP, 12)));
  let p = f32x4.add(f32x4.mul(r, v128.load_splat<f32>(EXP, 16)), v128.load_splat<f32>(EXP, 20));
  p = f32x4.add(f32x4.mul(p, r), v128.load_splat<f32>(EXP, 24));
  p = f32x4.add(f32x4.mul(p, r), v128.load_splat<f32>(EXP, 28));
  p = f32x4.add(f32x4.mul(p, r), v128.load_splat<f32>(EXP, 32));
  return f32x4.add(f32x4.mul(p, f32x4.mul(r, r)), r);
}

/** 2ⁿ for −127 < n < 128: the low bits moved into the exponent field. */
@inline
function powerOfTwo(exponent: v128): v128 {
  return i32x4.add(i32x4.shl(exponent, 23), v128.load_splat<f32>(EXP, 36));
}

/** exp(x) for x ≤ 0; 0 where the result would be denormal (x < −87.3365), so −∞ gives 0; NaN stays NaN. */
@inline
export function expNonPositive(x: v128): v128 {
  const exponent = exponentOf(x);
  const mantissa = f32x4.add(expm1OfRemainder(x, exponent), v128.load_splat<f32>(EXP, 36));
  return v128.andnot(f32x4.mul(mantissa, powerOfTwo(exponent)), f32x4.lt(x, v128.load_splat<f32>(EXP, 40)));
}

const EXPM1_SATURATED = memory.data<f32>([-87], 16);

/** exp(x) − 1 for x ≤ 0, with full relative accuracy near 0; −1 far below it. */
@inline
export function expm1NonPositive(x: v128): v128 {
  const bounded = f32x4.pmax(x, v128.load_splat<f32>(EXPM1_SATURATED));
  const exponent = exponentOf(bounded);
  const power = powerOfTwo(exponent);
  const remainder = f32x4.mul(power, expm1OfRemainder(bounded, exponent));
  return f32x4.add(remainder, f32x4.sub(power, v128.load_splat<f32>(EXP, 36)));
}

// ── log(1 + x) ────────────────────────────────────────────────────────────────────────────────────────────────────

// log(1 + x) = 2 atanh(s), s = x / (2 + x); 2 atanh(s) = 2s + s³ P(s²), P minimax on s² ≤ 1/9.
const LOG1P = memory.data<f32>([
  2.0,
  2.801202183e-01, // 4: coefficients
  2.800179676e-01,
  4.002152789e-01,
  6.666641627e-01,
], 16);

/** log(1 + x) for x in [0, 1], with full relative accuracy near 0. */
@inline
export function log1pUnit(x: v128): v128 {
  const s = f32x4.div(x, f32x4.add(x, v128.load_splat<f32>(LOG1P)));
  const z = f32x4.mul(s, s);
  let p = f32x4.add(f32x4.mul(z, v128.load_splat<f32>(LOG1P, 4)), v128.load_splat<f32>(LOG1P, 8));
  p = f32x4.add(f32x4.mul(p, z), v128.load_splat<f32>(LOG1P, 12));
  p = f32x4.add(f32x4.mul(p, z), v128.load_splat<f32>(LOG1P, 16));
  return f32x4.add(f32x4.add(s, s), f32x4.mul(f32x4.mul(s, z), p));
}

// ── sigmoid, tanh ─────────────────────────────────────────────────────────────────────────────────────────────────

const SIGN_BIT = memory.data<u32>([0x80000000], 16);

/** σ(x) = 1 / (1 + e⁻ˣ), as e⁻|ˣ| / (1 + e⁻|ˣ|) for x < 0, which keeps its relative accuracy. */
@inline
export function sigmoid4(x: v128): v128 {
  const one = v128.load_splat<f32>(EXP, 36);
  const e = expNonPositive(v128.or(x, v128.load_splat<u32>(SIGN_BIT)));
  const numerator = v128.bitselect(e, one, i32x4.shr_s(x, 31));
  return f32x4.div(numerator, f32x4.add(one, e));
}

const TANH_SATURATED = memory.data<f32>([-10], 16);

/** tanh(x) = sign(x) · |e / (2 + e)| with e = exp(−2|x|) − 1, no digits lost near 0; exactly ±1 from |x| = 10 on. */
@inline
export function tanh4(x: v128): v128 {
  const one = v128.load_splat<f32>(EXP, 36);
  const sign = v128.load_splat<u32>(SIGN_BIT);
  const negative = f32x4.pmax(v128.or(x, sign), v128.load_splat<f32>(TANH_SATURATED));
  const twice = f32x4.add(negative, negative);
  const exponent = exponentOf(twice);
  const power = powerOfTwo(exponent);
  // exp − 1 = 2ⁿ (exp(r) − 1) + (2ⁿ − 1)
  const e = f32x4.add(f32x4.mul(power, expm1OfRemainder(twice, exponent)), f32x4.sub(power, one));
  const t = f32x4.div(e, f32x4.add(f32x4.add(one, one), e));
  return v128.or(v128.andnot(t, sign), v128.and(x, sign));
}
