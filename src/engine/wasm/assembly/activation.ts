/** What follows a sum: clipping (linear, ReLU and ReLU6 are three choices of its limits), or one of MobileNetV3's hard curves. */
export const CLIP: i32 = 0;
export const HARD_SIGMOID: i32 = 1;
export const HARD_SWISH: i32 = 2;
export const SIGMOID: i32 = 3;

/** By one instruction a limit, in this order: a NaN stays one, for what went wrong shall be seen. */
export function clipped(x: v128, low: v128, high: v128): v128 {
  return f32x4.pmin(f32x4.pmax(x, low), high);
}

export function finished(x: v128, kind: i32, low: v128, high: v128): v128 {
  if (kind === CLIP) return clipped(x, low, high);
  if (kind === SIGMOID) return sigmoid(x);
  const gate = f32x4.mul(clipped(f32x4.add(x, f32x4.splat(3)), f32x4.splat(0), f32x4.splat(6)), f32x4.splat(<f32>(1.0 / 6.0)));
  return kind === HARD_SIGMOID ? gate : f32x4.mul(x, gate);
}

/** 1 / (1 + e^-x), to a few units in the last place. */
function sigmoid(x: v128): v128 {
  const one = f32x4.splat(1);
  return f32x4.div(one, f32x4.add(one, exponential(f32x4.neg(x))));
}

/** e^x as a power of two and a polynomial of what is left (no table: all of the memory is the schedule's). */
export function exponential(x: v128): v128 {
  // Beyond these e^x is no number of 32 bits, or is none that is worth the name.
  const held = clipped(x, f32x4.splat(-87), f32x4.splat(88));
  const power = f32x4.nearest(f32x4.mul(held, f32x4.splat(<f32>1.4426950408889634)));
  // ln 2 in two parts, so that the difference is exact.
  let left = f32x4.sub(held, f32x4.mul(power, f32x4.splat(<f32>0.693359375)));
  left = f32x4.sub(left, f32x4.mul(power, f32x4.splat(<f32>-2.1219444e-4)));
  let sum = f32x4.splat(<f32>(1.0 / 5040.0));
  sum = f32x4.add(f32x4.mul(sum, left), f32x4.splat(<f32>(1.0 / 720.0)));
  sum = f32x4.add(f32x4.mul(sum, left), f32x4.splat(<f32>(1.0 / 120.0)));
  sum = f32x4.add(f32x4.mul(sum, left), f32x4.splat(<f32>(1.0 / 24.0)));
  sum = f32x4.add(f32x4.mul(sum, left), f32x4.splat(<f32>(1.0 / 6.0)));
  sum = f32x4.add(f32x4.mul(sum, left), f32x4.splat(0.5));
  sum = f32x4.add(f32x4.mul(sum, left), f32x4.splat(1));
  sum = f32x4.add(f32x4.mul(sum, left), f32x4.splat(1));
  return f32x4.mul(sum, i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(power), i32x4.splat(127)), 23));
}

export function finishedOne(x: f32, kind: i32, low: f32, high: f32): f32 {
  return f32x4.extract_lane(finished(f32x4.splat(x), kind, f32x4.splat(low), f32x4.splat(high)), 0);
}
