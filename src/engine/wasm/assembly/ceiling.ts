import {madd} from "./madd";

/** What the module cannot exceed; a module of its own, for the bench alone. */

/** Multiplications, and as many additions, of one turn of the loop. */
const A_TURN: i32 = 32;

/** Multiplies and adds numbers that never leave their registers: enough sums that none waits for itself. @returns how many of each */
export function multiplyAdd(turns: i32): f64 {
  const x = f32x4.splat(<f32>1e-9),
    y = f32x4.splat(<f32>2e-9);
  const p = f32x4.splat(1),
    q = f32x4.splat(2),
    r = f32x4.splat(3),
    s = f32x4.splat(4);
  let a = f32x4.splat(0),
    b = a,
    c = a,
    d = a,
    e = a,
    f = a,
    g = a,
    h = a;
  for (let turn: i32 = 0; turn < turns; turn++) {
    a = madd(x, p, a);
    b = madd(x, q, b);
    c = madd(x, r, c);
    d = madd(x, s, d);
    e = madd(y, p, e);
    f = madd(y, q, f);
    g = madd(y, r, g);
    h = madd(y, s, h);
  }
  const sum = f32x4.add(f32x4.add(f32x4.add(a, b), f32x4.add(c, d)), f32x4.add(f32x4.add(e, f), f32x4.add(g, h)));
  // Read, so that no compiler leaves the loop out.
  return f32x4.extract_lane(sum, 0) >= 0 ? <f64>turns * <f64>A_TURN : 0;
}
