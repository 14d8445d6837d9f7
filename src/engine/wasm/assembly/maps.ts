import {CLIP, clipped, finished, finishedOne} from "./activation";
import {address, real, word} from "./words";

/** Operations that go from cell to cell, without kernels. Vectors of four channels, and the rest one by one. */

/** The sum or the product of two maps, or a map times a factor a channel plus a summand a channel; a step of 0 is one cell for all. */
export function combine(o: usize, first: i32, end: i32): void {
  const a = address(o, 1),
    aStep = address(o, 2),
    b = address(o, 3),
    bStep = address(o, 4),
    c = address(o, 5),
    cStep = address(o, 6);
  const y = address(o, 7),
    yStep = address(o, 8),
    channels = word(o, 9),
    kind = word(o, 10),
    lowest = real(o, 11),
    highest = real(o, 12);
  const low = f32x4.splat(lowest),
    high = f32x4.splat(highest);
  const isClipped = kind === CLIP;
  const whole = channels & ~3;
  for (let cell = first; cell < end; cell++) {
    const from = a + <usize>cell * aStep;
    const factor = b ? b + <usize>cell * bStep : 0;
    const summand = c ? c + <usize>cell * cStep : 0;
    const out = y + <usize>cell * yStep;
    for (let k: i32 = 0; k < whole; k += 4) {
      const at = (<usize>k) << 2;
      let v = v128.load(from + at);
      if (factor) v = f32x4.mul(v, v128.load(factor + at));
      if (summand) v = f32x4.add(v, v128.load(summand + at));
      v128.store(out + at, isClipped ? clipped(v, low, high) : finished(v, kind, low, high));
    }
    for (let k: i32 = whole; k < channels; k++) {
      const at = (<usize>k) << 2;
      let v = load<f32>(from + at);
      if (factor) v *= load<f32>(factor + at);
      if (summand) v += load<f32>(summand + at);
      store<f32>(out + at, finishedOne(v, kind, lowest, highest));
    }
  }
}

/** The largest value or the mean of a window, of what lies on the map alone. */
export function pool(o: usize, first: i32, end: i32): void {
  const x = address(o, 1),
    xStep = address(o, 2),
    height = word(o, 3),
    width = word(o, 4),
    channels = word(o, 5);
  const windowRows = word(o, 6),
    windowColumns = word(o, 7),
    down = word(o, 8),
    right = word(o, 9),
    top = word(o, 10),
    left = word(o, 11);
  const y = address(o, 12),
    yStep = address(o, 13),
    columns = word(o, 14),
    isMean = word(o, 15);
  for (let row = first; row < end; row++) {
    const row0 = max(0, row * down - top);
    const row1 = min(height, row * down - top + windowRows);
    for (let column: i32 = 0; column < columns; column++) {
      const column0 = max(0, column * right - left);
      const column1 = min(width, column * right - left + windowColumns);
      const out = y + <usize>(row * columns + column) * yStep;
      const share = <f32>1 / <f32>((row1 - row0) * (column1 - column0));
      let k: i32 = 0;
      for (; k + 4 <= channels; k += 4) {
        let v = f32x4.splat(isMean ? <f32>0 : -f32.MAX_VALUE);
        for (let i = row0; i < row1; i++) {
          let at = x + <usize>(i * width + column0) * xStep + ((<usize>k) << 2);
          for (let j = column0; j < column1; j++) {
            const read = v128.load(at);
            v = isMean ? f32x4.add(v, read) : f32x4.max(v, read);
            at += xStep;
          }
        }
        v128.store(out + ((<usize>k) << 2), isMean ? f32x4.mul(v, f32x4.splat(share)) : v);
      }
      for (; k < channels; k++) {
        let v: f32 = isMean ? 0 : -f32.MAX_VALUE;
        for (let i = row0; i < row1; i++) {
          let at = x + <usize>(i * width + column0) * xStep + ((<usize>k) << 2);
          for (let j = column0; j < column1; j++) {
            const read = load<f32>(at);
            v = isMean ? v + read : max(v, read);
            at += xStep;
          }
        }
        store<f32>(out + ((<usize>k) << 2), isMean ? v * share : v);
      }
    }
  }
}

/** Bilinear interpolation; lists say of each row and each column which two it lies between, and how far: [low, high, fraction]. */
export function upsample(o: usize, first: i32, end: i32): void {
  const x = address(o, 1),
    xStep = address(o, 2),
    width = word(o, 3),
    channels = word(o, 4),
    rowsRead = address(o, 5),
    columnsRead = address(o, 6);
  const y = address(o, 7),
    yStep = address(o, 8),
    columns = word(o, 9);
  for (let row = first; row < end; row++) {
    const down = rowsRead + <usize>row * 12;
    const above = x + <usize>(load<i32>(down) * width) * xStep;
    const below = x + <usize>(load<i32>(down, 4) * width) * xStep;
    const dy = load<f32>(down, 8);
    enlargeRow(above, below, dy, xStep, columnsRead, y + <usize>(row * columns) * yStep, yStep, columns, channels);
  }
}

function enlargeRow(
  above: usize,
  below: usize,
  dy: f32,
  xStep: usize,
  columnsRead: usize,
  y: usize,
  yStep: usize,
  columns: i32,
  channels: i32
): void {
  for (let column: i32 = 0; column < columns; column++) {
    const across = columnsRead + <usize>column * 12;
    const before = <usize>load<i32>(across) * xStep;
    const after = <usize>load<i32>(across, 4) * xStep;
    const dx = load<f32>(across, 8);
    const out = y + <usize>column * yStep;
    let k: i32 = 0;
    for (; k + 4 <= channels; k += 4) {
      const at = (<usize>k) << 2;
      const a = v128.load(above + before + at),
        b = v128.load(above + after + at);
      const c = v128.load(below + before + at),
        d = v128.load(below + after + at);
      const high = f32x4.add(a, f32x4.mul(f32x4.sub(b, a), f32x4.splat(dx)));
      const low = f32x4.add(c, f32x4.mul(f32x4.sub(d, c), f32x4.splat(dx)));
      v128.store(out + at, f32x4.add(high, f32x4.mul(f32x4.sub(low, high), f32x4.splat(dy))));
    }
    for (; k < channels; k++) {
      const at = (<usize>k) << 2;
      const a = load<f32>(above + before + at),
        b = load<f32>(above + after + at);
      const c = load<f32>(below + before + at),
        d = load<f32>(below + after + at);
      const high = a + (b - a) * dx;
      const low = c + (d - c) * dx;
      store<f32>(out + at, high + (low - high) * dy);
    }
  }
}

/** Words of a map that is joined with others: address, step, width, first channel among all, the one behind its last, rows, columns. */
const PART: usize = 28;

/** Some channels, from `first` on, of a row of maps side by side, those with tables enlarged. */
export function joinRow(parts: usize, count: i32, row: i32, columns: i32, first: i32, channels: i32, y: usize, yStep: usize): void {
  for (let index: i32 = 0; index < count; index++) {
    const part = parts + <usize>index * PART;
    const begin = word(part, 3);
    const from = max(first, begin);
    const some = min(first + channels, word(part, 4)) - from;
    if (some <= 0) continue;
    const xStep = address(part, 1);
    const width = word(part, 2);
    const x = address(part, 0) + ((<usize>(from - begin)) << 2);
    const to = y + ((<usize>(from - first)) << 2);
    const rowsRead = address(part, 5);
    if (rowsRead) {
      const down = rowsRead + <usize>row * 12;
      const above = x + <usize>(load<i32>(down) * width) * xStep;
      const below = x + <usize>(load<i32>(down, 4) * width) * xStep;
      enlargeRow(above, below, load<f32>(down, 8), xStep, address(part, 6), to, yStep, columns, some);
      continue;
    }
    for (let column: i32 = 0; column < columns; column++) {
      const cell = x + <usize>(row * width + column) * xStep;
      const out = to + <usize>column * yStep;
      let k: i32 = 0;
      for (; k + 4 <= some; k += 4) v128.store(out + ((<usize>k) << 2), v128.load(cell + ((<usize>k) << 2)));
      for (; k < some; k++) store<f32>(out + ((<usize>k) << 2), load<f32>(cell + ((<usize>k) << 2)));
    }
  }
}
