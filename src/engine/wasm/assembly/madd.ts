/**
 * a b + c, in one instruction where the module is compiled with relaxed SIMD (rounded once, and not twice): on processors that multiply and
 * add in one pipe a product takes two thirds of the time so.
 */
export function madd(a: v128, b: v128, c: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? f32x4.relaxed_madd(a, b, c) : f32x4.add(f32x4.mul(a, b), c);
}
