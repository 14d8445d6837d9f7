import {CLIP, clipped, finished} from "./activation";
import {madd} from "./madd";

/** Cells that a tile of a product has, four or six (`scripts/kernels/compile.ts` says which), and channels. */
const ROWS: i32 = TILE_ROWS;
export const COLUMNS: i32 = 8;

/** Bytes of a channel of a packed tile: where its weights are, and its value in each cell. */
const PACKED: usize = 4 + 4 * ROWS;
/** Behind a tile's last channel. */
const END: i32 = -1;

/**
 * Cells as `product` may read them, tile by tile: of each channel that is not zero in all of the tile's cells (after ReLU many are) where
 * its weights are, and its values side by side.
 *
 * @param read of several taps what each cell reads at each, [M][taps] addresses; 0 where cells lie `step` bytes apart from `x` on
 * @param to `../packing.ts` says how many bytes it may take
 */
export function pack(x: usize, step: usize, read: usize, taps: i32, M: i32, K: i32, to: usize): void {
  const zero = f32x4.splat(0);
  const last = M - 1;
  const whole = (<usize>(K & ~3)) << 2;
  const rest = (<usize>(K & 3)) << 2;
  for (let m: i32 = 0; m < M; m += ROWS) {
    const m1 = min(m + 1, last);
    const m2 = min(m + 2, last);
    const m3 = min(m + 3, last);
    const m4 = min(m + 4, last);
    const m5 = min(m + 5, last);
    let weights: i32 = 0;
    for (let t: i32 = 0; t < taps; t++) {
      let x0 = cell(x, step, read, taps, m, t);
      let x1 = cell(x, step, read, taps, m1, t);
      let x2 = cell(x, step, read, taps, m2, t);
      let x3 = cell(x, step, read, taps, m3, t);
      let x4 = ROWS > 4 ? cell(x, step, read, taps, m4, t) : 0;
      let x5 = ROWS > 4 ? cell(x, step, read, taps, m5, t) : 0;
      const behind = x0 + whole;
      while (x0 < behind) {
        const v0 = v128.load(x0),
          v1 = v128.load(x1),
          v2 = v128.load(x2),
          v3 = v128.load(x3);
        let any = v128.or(v128.or(v0, v1), v128.or(v2, v3));
        let v4 = v0,
          v5 = v0;
        if (ROWS > 4) {
          v4 = v128.load(x4);
          v5 = v128.load(x5);
          any = v128.or(any, v128.or(v4, v5));
        }
        const kept = <usize>i32x4.bitmask(f32x4.ne(any, zero));
        const a = i32x4.shuffle(v0, v1, 0, 4, 1, 5),
          b = i32x4.shuffle(v2, v3, 0, 4, 1, 5),
          c = i32x4.shuffle(v4, v5, 0, 4, 1, 5);
        store<i32>(to, weights);
        v128.store64_lane(to, a, 0, 4);
        v128.store64_lane(to, b, 0, 12);
        if (ROWS > 4) v128.store64_lane(to, c, 0, 20);
        to += (kept & 1) * PACKED;
        store<i32>(to, weights + 32);
        v128.store64_lane(to, a, 1, 4);
        v128.store64_lane(to, b, 1, 12);
        if (ROWS > 4) v128.store64_lane(to, c, 1, 20);
        to += ((kept >> 1) & 1) * PACKED;
        const d = i32x4.shuffle(v0, v1, 2, 6, 3, 7),
          e = i32x4.shuffle(v2, v3, 2, 6, 3, 7),
          f = i32x4.shuffle(v4, v5, 2, 6, 3, 7);
        store<i32>(to, weights + 64);
        v128.store64_lane(to, d, 0, 4);
        v128.store64_lane(to, e, 0, 12);
        if (ROWS > 4) v128.store64_lane(to, f, 0, 20);
        to += ((kept >> 2) & 1) * PACKED;
        store<i32>(to, weights + 96);
        v128.store64_lane(to, d, 1, 4);
        v128.store64_lane(to, e, 1, 12);
        if (ROWS > 4) v128.store64_lane(to, f, 1, 20);
        to += (kept >> 3) * PACKED;
        x0 += 16;
        x1 += 16;
        x2 += 16;
        x3 += 16;
        x4 += 16;
        x5 += 16;
        weights += 128;
      }
      for (const end = behind + rest; x0 < end; x0 += 4) {
        store<i32>(to, weights);
        const k = x0 - behind;
        let any = copied(to + 4, x0) | copied(to + 8, x1 + k) | copied(to + 12, x2 + k) | copied(to + 16, x3 + k);
        if (ROWS > 4) any |= copied(to + 20, x4 + k) | copied(to + 24, x5 + k);
        if (any) to += PACKED;
        weights += 32;
      }
    }
    store<i32>(to, END);
    to += 4;
  }
}

function cell(x: usize, step: usize, read: usize, taps: i32, m: i32, t: i32): usize {
  return read ? <usize>load<u32>(read + ((<usize>(m * taps + t)) << 2)) : x + <usize>m * step;
}

/** @returns whether it is not zero */
function copied(to: usize, from: usize): bool {
  const value = load<f32>(from);
  store<f32>(to, value);
  return value !== 0;
}

/**
 * Cells times a matrix, the heart of every dense convolution: y[m, n] = activation(bias[n] + also[m, n] + sum over k of x[m, k] w[k, n]).
 *
 * Weights are packed by eight output channels, [N / 8][K][8]; from one such tile to the next are `tile` bytes. Cells lie `step` bytes apart
 * from `x` on, their channels in some pieces of K, each `ahead` bytes behind the one before; or they are packed.
 *
 * @param packed what `pack` made of the cells; 0 where they are read as they lie
 * @param bias 8-fold padded, or 0 for none
 * @param also added before the activation, or 0 for none; it may be y itself
 * @param spare 32 bytes for what lies beyond the last channel
 */
export function product(
  x: usize,
  step: usize,
  packed: usize,
  pieces: i32,
  ahead: usize,
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
  const bytes = (<usize>K) << 2;
  for (let n: i32 = 0; n < N; n += COLUMNS) {
    const weights = w + <usize>(n >> 3) * tile;
    const beside = (<usize>n) << 2;
    const isPlain = kind === CLIP && N - n >= COLUMNS;
    let b0 = f32x4.splat(0);
    let b1 = b0;
    if (bias) {
      b0 = v128.load(bias + beside);
      b1 = v128.load(bias + beside, 16);
    }
    let from = packed;
    for (let m: i32 = 0; m < M; m += ROWS) {
      // Beyond the last cell the last one is computed again: all is read before anything is written.
      const m1 = min(m + 1, last);
      const m2 = min(m + 2, last);
      const m3 = min(m + 3, last);
      const m4 = min(m + 4, last);
      const m5 = min(m + 5, last);
      let c00 = b0,
        c01 = b1,
        c10 = b0,
        c11 = b1,
        c20 = b0,
        c21 = b1,
        c30 = b0,
        c31 = b1,
        c40 = b0,
        c41 = b1,
        c50 = b0,
        c51 = b1;
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
        if (ROWS > 4) {
          const a4 = also + <usize>m4 * alsoStep + beside;
          const a5 = also + <usize>m5 * alsoStep + beside;
          c40 = f32x4.add(c40, v128.load(a4));
          c41 = f32x4.add(c41, v128.load(a4, 16));
          c50 = f32x4.add(c50, v128.load(a5));
          c51 = f32x4.add(c51, v128.load(a5, 16));
        }
      }
      if (packed) {
        for (let offset = load<i32>(from); offset !== END; offset = load<i32>(from)) {
          const at = weights + <usize>offset;
          const w0 = v128.load(at);
          const w1 = v128.load(at, 16);
          let v = v128.load_splat<f32>(from, 4);
          c00 = madd(v, w0, c00);
          c01 = madd(v, w1, c01);
          v = v128.load_splat<f32>(from, 8);
          c10 = madd(v, w0, c10);
          c11 = madd(v, w1, c11);
          v = v128.load_splat<f32>(from, 12);
          c20 = madd(v, w0, c20);
          c21 = madd(v, w1, c21);
          v = v128.load_splat<f32>(from, 16);
          c30 = madd(v, w0, c30);
          c31 = madd(v, w1, c31);
          if (ROWS > 4) {
            v = v128.load_splat<f32>(from, 20);
            c40 = madd(v, w0, c40);
            c41 = madd(v, w1, c41);
            v = v128.load_splat<f32>(from, 24);
            c50 = madd(v, w0, c50);
            c51 = madd(v, w1, c51);
          }
          from += PACKED;
        }
        from += 4;
      } else {
        let at = weights;
        for (let piece: i32 = 0; piece < pieces; piece++) {
          const begin = x + <usize>piece * ahead;
          let x0 = begin + <usize>m * step;
          let x1 = begin + <usize>m1 * step;
          let x2 = begin + <usize>m2 * step;
          let x3 = begin + <usize>m3 * step;
          let x4 = begin + <usize>m4 * step;
          let x5 = begin + <usize>m5 * step;
          for (const end = x0 + bytes; x0 < end; x0 += 4) {
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
            if (ROWS > 4) {
              v = v128.load_splat<f32>(x4);
              c40 = madd(v, w0, c40);
              c41 = madd(v, w1, c41);
              v = v128.load_splat<f32>(x5);
              c50 = madd(v, w0, c50);
              c51 = madd(v, w1, c51);
              x4 += 4;
              x5 += 4;
            }
            x1 += 4;
            x2 += 4;
            x3 += 4;
            at += 32;
          }
        }
      }
      const out = y + beside;
      const o0 = out + <usize>m * yStep;
      const o1 = out + <usize>m1 * yStep;
      const o2 = out + <usize>m2 * yStep;
      const o3 = out + <usize>m3 * yStep;
      const o4 = out + <usize>m4 * yStep;
      const o5 = out + <usize>m5 * yStep;
      if (isPlain) {
        v128.store(o0, clipped(c00, low, high));
        v128.store(o0, clipped(c01, low, high), 16);
        v128.store(o1, clipped(c10, low, high));
        v128.store(o1, clipped(c11, low, high), 16);
        v128.store(o2, clipped(c20, low, high));
        v128.store(o2, clipped(c21, low, high), 16);
        v128.store(o3, clipped(c30, low, high));
        v128.store(o3, clipped(c31, low, high), 16);
        if (ROWS > 4) {
          v128.store(o4, clipped(c40, low, high));
          v128.store(o4, clipped(c41, low, high), 16);
          v128.store(o5, clipped(c50, low, high));
          v128.store(o5, clipped(c51, low, high), 16);
        }
      } else {
        put(o0, finished(c00, kind, low, high), finished(c01, kind, low, high), N - n, spare);
        put(o1, finished(c10, kind, low, high), finished(c11, kind, low, high), N - n, spare);
        put(o2, finished(c20, kind, low, high), finished(c21, kind, low, high), N - n, spare);
        put(o3, finished(c30, kind, low, high), finished(c31, kind, low, high), N - n, spare);
        if (ROWS > 4) {
          put(o4, finished(c40, kind, low, high), finished(c41, kind, low, high), N - n, spare);
          put(o5, finished(c50, kind, low, high), finished(c51, kind, low, high), N - n, spare);
        }
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
