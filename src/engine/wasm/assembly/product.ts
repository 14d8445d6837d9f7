import {CLIP, clipped, finished} from "./activation";
import {madd} from "./madd";

/** Cells that a tile of a product has, and channels. */
const ROWS: i32 = 4;
export const COLUMNS: i32 = 8;

/**
 * Cells times a matrix, the heart of every dense convolution: y[m, n] = activation(bias[n] + also[m, n] + sum over taps t and channels k of
 * x[m, t, k] w[t, k, n]).
 *
 * Weights are packed by eight output channels, [N / 8][taps][K][8]; from one such tile to the next are `tile` bytes. Where there are several
 * taps, `read` lists what each cell reads at each, [M][taps] addresses; else cells lie `step` bytes apart from `x` on.
 *
 * @param bias 8-fold padded, or 0 for none
 * @param also added before the activation, or 0 for none; it may be y itself
 * @param spare 32 bytes for what lies beyond the last channel
 */
export function product(
  x: usize,
  step: usize,
  read: usize,
  taps: i32,
  w: usize,
  tile: usize,
  bias: usize,
  also: usize,
  alsoStep: usize,
  y: usize,
  yStep: usize,
  M: i32,
  K: i32,
  N: i32,
  kind: i32,
  lowest: f32,
  highest: f32,
  spare: usize
): void {
  const low = f32x4.splat(lowest);
  const high = f32x4.splat(highest);
  const last = M - 1;
  for (let n: i32 = 0; n < N; n += COLUMNS) {
    const packed = w + <usize>(n >> 3) * tile;
    const beside = (<usize>n) << 2;
    const isPlain = kind === CLIP && N - n >= COLUMNS;
    let b0 = f32x4.splat(0);
    let b1 = b0;
    if (bias) {
      b0 = v128.load(bias + beside);
      b1 = v128.load(bias + beside, 16);
    }
    for (let m: i32 = 0; m < M; m += ROWS) {
      // Beyond the last cell the last one is computed again: all is read before anything is written.
      const m1 = min(m + 1, last);
      const m2 = min(m + 2, last);
      const m3 = min(m + 3, last);
      let c00 = b0,
        c01 = b1,
        c10 = b0,
        c11 = b1,
        c20 = b0,
        c21 = b1,
        c30 = b0,
        c31 = b1;
      if (also) {
        const a0 = also + <usize>m * alsoStep + beside;
        const a1 = also + <usize>m1 * alsoStep + beside;
        const a2 = also + <usize>m2 * alsoStep + beside;
        const a3 = also + <usize>m3 * alsoStep + beside;
        c00 = f32x4.add(c00, v128.load(a0));
        c01 = f32x4.add(c01, v128.load(a0, 16));
        c10 = f32x4.add(c10, v128.load(a1));
        c11 = f32x4.add(c11, v128.load(a1, 16));
        c20 = f32x4.add(c20, v128.load(a2));
        c21 = f32x4.add(c21, v128.load(a2, 16));
        c30 = f32x4.add(c30, v128.load(a3));
        c31 = f32x4.add(c31, v128.load(a3, 16));
      }
      let at = packed;
      for (let t: i32 = 0; t < taps; t++) {
        let x0: usize, x1: usize, x2: usize, x3: usize;
        if (read) {
          x0 = <usize>load<u32>(read + ((<usize>(m * taps + t)) << 2));
          x1 = <usize>load<u32>(read + ((<usize>(m1 * taps + t)) << 2));
          x2 = <usize>load<u32>(read + ((<usize>(m2 * taps + t)) << 2));
          x3 = <usize>load<u32>(read + ((<usize>(m3 * taps + t)) << 2));
        } else {
          x0 = x + <usize>m * step;
          x1 = x + <usize>m1 * step;
          x2 = x + <usize>m2 * step;
          x3 = x + <usize>m3 * step;
        }
        for (let k: i32 = 0; k < K; k++) {
          const w0 = v128.load(at);
          const w1 = v128.load(at, 16);
          let v = v128.load_splat<f32>(x0);
          c00 = madd(v, w0, c00);
          c01 = madd(v, w1, c01);
          v = v128.load_splat<f32>(x1);
          c10 = madd(v, w0, c10);
          c11 = madd(v, w1, c11);
          v = v128.load_splat<f32>(x2);
          c20 = madd(v, w0, c20);
          c21 = madd(v, w1, c21);
          v = v128.load_splat<f32>(x3);
          c30 = madd(v, w0, c30);
          c31 = madd(v, w1, c31);
          x0 += 4;
          x1 += 4;
          x2 += 4;
          x3 += 4;
          at += 32;
        }
      }
      const out = y + beside;
      const o0 = out + <usize>m * yStep;
      const o1 = out + <usize>m1 * yStep;
      const o2 = out + <usize>m2 * yStep;
      const o3 = out + <usize>m3 * yStep;
      if (isPlain) {
        v128.store(o0, clipped(c00, low, high));
        v128.store(o0, clipped(c01, low, high), 16);
        v128.store(o1, clipped(c10, low, high));
        v128.store(o1, clipped(c11, low, high), 16);
        v128.store(o2, clipped(c20, low, high));
        v128.store(o2, clipped(c21, low, high), 16);
        v128.store(o3, clipped(c30, low, high));
        v128.store(o3, clipped(c31, low, high), 16);
      } else {
        put(o0, finished(c00, kind, low, high), finished(c01, kind, low, high), N - n, spare);
        put(o1, finished(c10, kind, low, high), finished(c11, kind, low, high), N - n, spare);
        put(o2, finished(c20, kind, low, high), finished(c21, kind, low, high), N - n, spare);
        put(o3, finished(c30, kind, low, high), finished(c31, kind, low, high), N - n, spare);
      }
    }
  }
}

/** Eight channels of a cell, or as many as it has. */
function put(out: usize, first: v128, second: v128, left: i32, spare: usize): void {
  if (left >= COLUMNS) {
    v128.store(out, first);
    v128.store(out, second, 16);
  } else {
    v128.store(spare, first);
    v128.store(spare, second, 16);
    memory.copy(out, spare, (<usize>left) << 2);
  }
}
