import {CLIP, clipped, finished, finishedOne} from "./activation";
import {endInside, firstInside} from "./inside";
import {madd} from "./madd";

/**
 * Lists the rows that a kernel reads whose first is row `first`: their addresses, 0 outside of the map.
 *
 * @param bytes from one row to the next
 * @param height rows of the map, of which `kept` are kept, round a ring
 */
export function listRows(list: usize, kernelRows: i32, first: i32, rate: i32, x: usize, bytes: usize, height: i32, kept: i32): void {
  for (let k: i32 = 0; k < kernelRows; k++) {
    const at = first + k * rate;
    store<u32>(list + ((<usize>k) << 2), <u32>at < <u32>height ? <u32>(x + <usize>(at % kept) * bytes) : 0);
  }
}

/**
 * One row of a depthwise convolution. `rows` is as `listRows` makes it, and has room behind for two addresses a tap; taps outside count
 * nothing. Weights are [taps][channels], from one tap to the next `tap` bytes.
 *
 * @param width cells of a row that is read
 * @param left zeros before the first cell
 * @param bias 0 for none
 */
export function depthwiseRow(
  rows: usize,
  step: usize,
  width: i32,
  w: usize,
  tap: usize,
  bias: usize,
  y: usize,
  yStep: usize,
  cells: i32,
  channels: i32,
  kernelRows: i32,
  kernelColumns: i32,
  stride: i32,
  rate: i32,
  left: i32,
  kind: i32,
  lowest: f32,
  highest: f32
): void {
  const low = f32x4.splat(lowest);
  const high = f32x4.splat(highest);
  const isClipped = kind === CLIP;
  const whole = channels & ~3;
  const list = rows + ((<usize>kernelRows) << 2);
  // Cells all of whose columns lie on the map.
  let first: i32 = 0;
  let end: i32 = 0;
  if (kernelRows === 3 && kernelColumns === 3) {
    first = firstInside(left, stride, cells);
    end = endInside(first, width, 2 * rate, left, stride, cells);
    const across = <usize>rate * step;
    const ahead = <usize>stride * step;
    const p0 = <usize>load<u32>(rows);
    const p1 = <usize>load<u32>(rows, 4);
    const p2 = <usize>load<u32>(rows, 8);
    // Three cells as far apart as the kernel's columns read five cells of a row, and not nine.
    const behind = stride === 1 ? first + ((end - first) / (3 * rate)) * 3 * rate : first;
    for (let c: i32 = 0; c < whole; c += 4) {
      const beside = (<usize>c) << 2;
      let at = w + beside;
      const w0 = v128.load(at),
        w1 = v128.load(at + tap),
        w2 = v128.load(at + 2 * tap);
      at += 3 * tap;
      const w3 = v128.load(at),
        w4 = v128.load(at + tap),
        w5 = v128.load(at + 2 * tap);
      at += 3 * tap;
      const w6 = v128.load(at),
        w7 = v128.load(at + tap),
        w8 = v128.load(at + 2 * tap);
      const b = bias ? v128.load(bias + beside) : f32x4.splat(0);
      let read = <usize>(first * stride - left) * step + beside;
      let out = y + <usize>first * yStep + beside;
      for (let begin = first; begin < behind;) {
        for (const until = begin + rate; begin < until; begin++) {
          let s0 = b,
            s1 = b,
            s2 = b;
          if (p0) {
            const x = p0 + read;
            let i = v128.load(x);
            s0 = madd(i, w0, s0);
            i = v128.load(x + across);
            s0 = madd(i, w1, s0);
            s1 = madd(i, w0, s1);
            i = v128.load(x + 2 * across);
            s0 = madd(i, w2, s0);
            s1 = madd(i, w1, s1);
            s2 = madd(i, w0, s2);
            i = v128.load(x + 3 * across);
            s1 = madd(i, w2, s1);
            s2 = madd(i, w1, s2);
            i = v128.load(x + 4 * across);
            s2 = madd(i, w2, s2);
          }
          if (p1) {
            const x = p1 + read;
            let i = v128.load(x);
            s0 = madd(i, w3, s0);
            i = v128.load(x + across);
            s0 = madd(i, w4, s0);
            s1 = madd(i, w3, s1);
            i = v128.load(x + 2 * across);
            s0 = madd(i, w5, s0);
            s1 = madd(i, w4, s1);
            s2 = madd(i, w3, s2);
            i = v128.load(x + 3 * across);
            s1 = madd(i, w5, s1);
            s2 = madd(i, w4, s2);
            i = v128.load(x + 4 * across);
            s2 = madd(i, w5, s2);
          }
          if (p2) {
            const x = p2 + read;
            let i = v128.load(x);
            s0 = madd(i, w6, s0);
            i = v128.load(x + across);
            s0 = madd(i, w7, s0);
            s1 = madd(i, w6, s1);
            i = v128.load(x + 2 * across);
            s0 = madd(i, w8, s0);
            s1 = madd(i, w7, s1);
            s2 = madd(i, w6, s2);
            i = v128.load(x + 3 * across);
            s1 = madd(i, w8, s1);
            s2 = madd(i, w7, s2);
            i = v128.load(x + 4 * across);
            s2 = madd(i, w8, s2);
          }
          v128.store(out, isClipped ? clipped(s0, low, high) : finished(s0, kind, low, high));
          v128.store(out + <usize>rate * yStep, isClipped ? clipped(s1, low, high) : finished(s1, kind, low, high));
          v128.store(out + <usize>(2 * rate) * yStep, isClipped ? clipped(s2, low, high) : finished(s2, kind, low, high));
          read += step;
          out += yStep;
        }
        begin += 2 * rate;
        read += 2 * across;
        out += <usize>(2 * rate) * yStep;
      }
      for (let cell = behind; cell < end; cell++) {
        let sum = b;
        if (p0) {
          const x = p0 + read;
          sum = madd(v128.load(x), w0, sum);
          sum = madd(v128.load(x + across), w1, sum);
          sum = madd(v128.load(x + 2 * across), w2, sum);
        }
        if (p1) {
          const x = p1 + read;
          sum = madd(v128.load(x), w3, sum);
          sum = madd(v128.load(x + across), w4, sum);
          sum = madd(v128.load(x + 2 * across), w5, sum);
        }
        if (p2) {
          const x = p2 + read;
          sum = madd(v128.load(x), w6, sum);
          sum = madd(v128.load(x + across), w7, sum);
          sum = madd(v128.load(x + 2 * across), w8, sum);
        }
        v128.store(out, isClipped ? clipped(sum, low, high) : finished(sum, kind, low, high));
        read += ahead;
        out += yStep;
      }
    }
  }
  for (let cell: i32 = 0; cell < cells; cell++) {
    const isDone = cell >= first && cell < end;
    if (isDone && whole === channels) {
      cell = end - 1;
      continue;
    }
    const from = cell * stride - left;
    const out = y + <usize>cell * yStep;
    // The taps that lie on the map: what each reads, and its weights.
    let taps: i32 = 0;
    for (let i: i32 = 0; i < kernelRows; i++) {
      const row = <usize>load<u32>(rows + ((<usize>i) << 2));
      if (!row) continue;
      for (let j: i32 = 0; j < kernelColumns; j++) {
        const column = from + j * rate;
        if (<u32>column >= <u32>width) continue;
        const entry = list + ((<usize>taps) << 3);
        store<u32>(entry, <u32>(row + <usize>column * step));
        store<u32>(entry, <u32>(w + <usize>(i * kernelColumns + j) * tap), 4);
        taps++;
      }
    }
    const behind = list + ((<usize>taps) << 3);
    let c: i32 = isDone ? whole : 0;
    for (; c + 16 <= whole; c += 16) {
      const beside = (<usize>c) << 2;
      let s0 = f32x4.splat(0),
        s1 = s0,
        s2 = s0,
        s3 = s0;
      if (bias) {
        s0 = v128.load(bias + beside);
        s1 = v128.load(bias + beside, 16);
        s2 = v128.load(bias + beside, 32);
        s3 = v128.load(bias + beside, 48);
      }
      for (let entry = list; entry < behind; entry += 8) {
        const at = <usize>load<u32>(entry) + beside;
        const by = <usize>load<u32>(entry, 4) + beside;
        s0 = madd(v128.load(at), v128.load(by), s0);
        s1 = madd(v128.load(at, 16), v128.load(by, 16), s1);
        s2 = madd(v128.load(at, 32), v128.load(by, 32), s2);
        s3 = madd(v128.load(at, 48), v128.load(by, 48), s3);
      }
      v128.store(out + beside, isClipped ? clipped(s0, low, high) : finished(s0, kind, low, high));
      v128.store(out + beside, isClipped ? clipped(s1, low, high) : finished(s1, kind, low, high), 16);
      v128.store(out + beside, isClipped ? clipped(s2, low, high) : finished(s2, kind, low, high), 32);
      v128.store(out + beside, isClipped ? clipped(s3, low, high) : finished(s3, kind, low, high), 48);
    }
    for (; c < whole; c += 4) {
      const beside = (<usize>c) << 2;
      let sum = bias ? v128.load(bias + beside) : f32x4.splat(0);
      for (let entry = list; entry < behind; entry += 8) {
        sum = madd(v128.load(<usize>load<u32>(entry) + beside), v128.load(<usize>load<u32>(entry, 4) + beside), sum);
      }
      v128.store(out + beside, isClipped ? clipped(sum, low, high) : finished(sum, kind, low, high));
    }
    for (; c < channels; c++) {
      const beside = (<usize>c) << 2;
      let sum = bias ? load<f32>(bias + beside) : <f32>0;
      for (let entry = list; entry < behind; entry += 8) {
        sum += load<f32>(<usize>load<u32>(entry) + beside) * load<f32>(<usize>load<u32>(entry, 4) + beside);
      }
      store<f32>(out + beside, finishedOne(sum, kind, lowest, highest));
    }
  }
}
