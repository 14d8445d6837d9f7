/** What the module cannot exceed; a module of its own, for the bench alone. */

/** Multiplications, and as many additions, of one turn of the loop. */
const A_TURN: i32 = 96;

/**
 * Multiplies and adds numbers that never leave their registers: enough sums that none waits for itself.
 *
 * @param factor given from outside, as the summand: constants would be made anew each time
 * @returns how many of each
 */
export function multiplyAdd(turns: i32, factor: f32, summand: f32): f64 {
  const x = f32x4.splat(factor),
    y = f32x4.splat(summand);
  let a = f32x4.splat(1),
    b = a,
    c = a,
    d = a,
    e = a,
    f = a,
    g = a,
    h = a,
    i = a,
    j = a,
    k = a,
    l = a;
  for (let turn: i32 = 0; turn < turns; turn++) {
    a = step(a, x, y);
    b = step(b, x, y);
    c = step(c, x, y);
    d = step(d, x, y);
    e = step(e, x, y);
    f = step(f, x, y);
    g = step(g, x, y);
    h = step(h, x, y);
    i = step(i, x, y);
    j = step(j, x, y);
    k = step(k, x, y);
    l = step(l, x, y);
    a = step(a, x, y);
    b = step(b, x, y);
    c = step(c, x, y);
    d = step(d, x, y);
    e = step(e, x, y);
    f = step(f, x, y);
    g = step(g, x, y);
    h = step(h, x, y);
    i = step(i, x, y);
    j = step(j, x, y);
    k = step(k, x, y);
    l = step(l, x, y);
  }
  const sum = f32x4.add(
    f32x4.add(f32x4.add(f32x4.add(a, b), f32x4.add(c, d)), f32x4.add(f32x4.add(e, f), f32x4.add(g, h))),
    f32x4.add(f32x4.add(i, j), f32x4.add(k, l))
  );
  // Read, so that no compiler leaves the loop out.
  return f32x4.extract_lane(sum, 0) > 0 ? <f64>turns * <f64>A_TURN : 0;
}

/** As a product of matrices adds where both are one instruction; where they are two, so that no product stays the same from turn to turn. */
function step(a: v128, x: v128, y: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? f32x4.relaxed_madd(x, y, a) : f32x4.add(f32x4.mul(a, x), y);
}
