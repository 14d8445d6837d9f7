import {exponential} from "./activation";
import {madd} from "./madd";
import {address, real, word} from "./words";

/** What is done with pictures before a network and with its logits behind it; what a row or a column reads is in tables. */

/** The network's input from RGB or RGBA bytes, row by row, every operation rounded as `../../input-values.ts` rounds it. */
export function input(o: usize, first: i32, end: i32): void {
  const x = address(o, 1),
    bytes = address(o, 2),
    rowsRead = address(o, 3),
    columnsRead = address(o, 4);
  const y = address(o, 5),
    width = word(o, 6),
    rows = word(o, 7),
    columns = word(o, 8),
    scale = f32x4.splat(real(o, 9));
  const one = f32x4.splat(1);
  const last = columns - 1;
  for (let row = first; row < end; row++) {
    const to = y + <usize>(row * width) * 12;
    if (row >= rows) {
      memory.fill(to, 0, <usize>width * 12);
      continue;
    }
    const down = rowsRead + <usize>row * 12;
    const above = x + <usize>load<i32>(down) * bytes;
    const below = x + <usize>load<i32>(down, 4) * bytes;
    const dy = f32x4.splat(load<f32>(down, 8));
    for (let column: i32 = 0; column < columns; column++) {
      const across = columnsRead + <usize>column * 12;
      const left = <usize>load<i32>(across);
      const right = <usize>load<i32>(across, 4);
      const dx = f32x4.splat(load<f32>(across, 8));
      const high = between(pixel(above + left), pixel(above + right), dx);
      const low = between(pixel(below + left), pixel(below + right), dx);
      const value = f32x4.sub(f32x4.mul(between(high, low, dy), scale), one);
      const out = to + <usize>column * 12;
      // A fourth value would lie in the next pixel, which the last has not.
      if (column < last) v128.store(out, value);
      else {
        v128.store64_lane(out, value, 0);
        v128.store32_lane(out, value, 2, 8);
      }
    }
    memory.fill(to + <usize>columns * 12, 0, <usize>(width - columns) * 12);
  }
}

/** The bytes of a pixel as numbers; one more is read of RGB. */
function pixel(at: usize): v128 {
  return f32x4.convert_i32x4_u(i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(at))));
}

function between(a: v128, b: v128, share: v128): v128 {
  return f32x4.add(a, f32x4.mul(f32x4.sub(b, a), share));
}

/** The class with the largest logit at each cell, a byte; the first of equal ones. Cells are counted as if they were rows. */
export function winners(o: usize, first: i32, end: i32): void {
  const x = address(o, 1),
    classes = word(o, 2),
    y = address(o, 3);
  for (let cell = first; cell < end; cell++) {
    const from = x + ((<usize>(cell * classes)) << 2);
    let best: f32 = -Infinity;
    let id: i32 = 0;
    for (let k: i32 = 0; k < classes; k++) {
      const value = load<f32>(from + ((<usize>k) << 2));
      if (value > best) {
        best = value;
        id = k;
      }
    }
    store<u8>(y + <usize>cell, <u8>id);
  }
}

/**
 * The class of each pixel, rows from the top: bilinear, then the largest. Where the four cells around agree, so does all between them.
 * `scratch` has room for a row of cells, their classes rounded up to four.
 */
export function labels(o: usize, first: i32, end: i32, scratch: usize): void {
  const x = address(o, 1),
    width = word(o, 2),
    classes = word(o, 3),
    won = address(o, 4),
    rowsRead = address(o, 5),
    columnsRead = address(o, 6);
  const y = address(o, 7),
    columns = word(o, 8);
  const step = (<usize>classes) << 2;
  const padded = (classes + 3) & ~3;
  const wide = (<usize>padded) << 2;
  for (let row = first; row < end; row++) {
    const down = rowsRead + <usize>row * 12;
    const top = load<i32>(down) * width;
    const bottom = load<i32>(down, 4) * width;
    const dy = load<f32>(down, 8);
    const to = y + <usize>(row * columns);
    // Cells of this row of pixels that are there up to this one.
    let made: i32 = -1;
    for (let column: i32 = 0; column < columns; column++) {
      const across = columnsRead + <usize>column * 12;
      const left = load<i32>(across);
      const right = load<i32>(across, 4);
      const id = load<u8>(won + <usize>(top + left));
      if (
        id === load<u8>(won + <usize>(top + right)) &&
        id === load<u8>(won + <usize>(bottom + left)) &&
        id === load<u8>(won + <usize>(bottom + right))
      ) {
        store<u8>(to + <usize>column, id);
        continue;
      }
      for (let cell = max(left, made + 1); cell <= right; cell++) {
        blend(x + <usize>(top + cell) * step, x + <usize>(bottom + cell) * step, dy, scratch + <usize>cell * wide, classes, padded);
      }
      made = max(made, right);
      store<u8>(
        to + <usize>column,
        <u8>largestBetween(scratch + <usize>left * wide, scratch + <usize>right * wide, load<f32>(across, 8), padded)
      );
    }
  }
}

/** The logits between two cells; those of classes that there are not never win. */
function blend(above: usize, below: usize, share: f32, to: usize, classes: i32, padded: i32): void {
  const by = f32x4.splat(share);
  let k: i32 = 0;
  for (; k + 4 <= classes; k += 4) {
    const at = (<usize>k) << 2;
    v128.store(to + at, between(v128.load(above + at), v128.load(below + at), by));
  }
  for (; k < padded; k++) {
    const at = (<usize>k) << 2;
    if (k < classes) {
      const a = load<f32>(above + at);
      store<f32>(to + at, a + (load<f32>(below + at) - a) * share);
    } else store<f32>(to + at, -(<f32>Infinity));
  }
}

/** The class with the largest value on the way from one list to another; the first of equal ones. */
function largestBetween(from: usize, to: usize, share: f32, padded: i32): i32 {
  const by = f32x4.splat(share);
  let best = f32x4.splat(-(<f32>Infinity));
  let ids = i32x4.splat(0);
  let id = i32x4(0, 1, 2, 3);
  const four = i32x4.splat(4);
  for (let k: i32 = 0; k < padded; k += 4) {
    const at = (<usize>k) << 2;
    const value = between(v128.load(from + at), v128.load(to + at), by);
    const isLarger = f32x4.gt(value, best);
    best = v128.bitselect(value, best, isLarger);
    ids = v128.bitselect(id, ids, isLarger);
    id = i32x4.add(id, four);
  }
  return firstOfLargest(best, ids);
}

function firstOfLargest(best: v128, ids: v128): i32 {
  let value = f32x4.extract_lane(best, 0);
  let id = i32x4.extract_lane(ids, 0);
  for (let lane: i32 = 1; lane < 4; lane++) {
    best = i8x16.shuffle(best, best, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3);
    ids = i8x16.shuffle(ids, ids, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3);
    const another = f32x4.extract_lane(best, 0);
    const other = i32x4.extract_lane(ids, 0);
    if (another > value || (another === value && other < id)) {
      value = another;
      id = other;
    }
  }
  return id;
}

/** Cells around a pixel that count for it, 4 x 4, and bytes of a number of each. */
const AROUND: i32 = 16;
const EACH: usize = 64;

/**
 * The class of each pixel, its borders drawn to the frame's edges, as `labelsAlongEdges` of `../../labels/live-logits.ts`: block by block of
 * pixels that lie between the same cells. Units are rows of blocks. `scratch` has room for what each block gathers: cells, their winners,
 * their colours, their logits and which classes may win.
 */
export function edges(o: usize, first: i32, end: i32, scratch: usize): void {
  const x = address(o, 1),
    height = word(o, 2),
    width = word(o, 3),
    classes = word(o, 4),
    won = address(o, 5),
    guide = address(o, 6);
  const frame = address(o, 7),
    y = address(o, 8),
    pixels = word(o, 9),
    down = address(o, 10),
    across = address(o, 11),
    blocks = word(o, 12);
  const rowShares = address(o, 13),
    columnShares = address(o, 14),
    alike = f32x4.splat(real(o, 15)),
    least = f32x4.splat(real(o, 16));
  const cells = scratch;
  const present = cells + EACH;
  const colours = present + EACH;
  const candidates = colours + 3 * EACH;
  const values = candidates + ((((<usize>classes) << 2) + 63) & ~63);
  const unit = f32x4.splat(<f32>(1.0 / 255.0));
  for (let blockRow = first; blockRow < end; blockRow++) {
    const vertical = down + <usize>blockRow * 12;
    const low = load<i32>(vertical);
    const from = load<i32>(vertical, 4);
    const to = load<i32>(vertical, 8);
    for (let block: i32 = 0; block < blocks; block++) {
      const horizontal = across + <usize>block * 12;
      const before = load<i32>(horizontal);
      const left = load<i32>(horizontal, 4);
      const right = load<i32>(horizontal, 8);
      const found = listCells(cells, present, won, low, before, height, width);
      if (found === 1) {
        const id = <u8>load<i32>(present);
        for (let row = from; row < to; row++) memory.fill(y + <usize>(row * pixels + left), id, <usize>(right - left));
        continue;
      }
      for (let i: i32 = 0; i < AROUND; i++) {
        const at = (<usize>i) << 2;
        const cell = load<i32>(cells + at);
        const colour = guide + <usize>cell * 12;
        store<f32>(colours + at, load<f32>(colour));
        store<f32>(colours + EACH + at, load<f32>(colour, 4));
        store<f32>(colours + 2 * EACH + at, load<f32>(colour, 8));
        const logits = x + ((<usize>(cell * classes)) << 2);
        for (let k: i32 = 0; k < classes; k++) store<f32>(values + <usize>k * EACH + at, load<f32>(logits + ((<usize>k) << 2)));
      }
      const possible = listCandidates(candidates, values, classes, present, found);
      for (let row = from; row < to; row++) {
        const shares = rowShares + ((<usize>row) << 4);
        const y0 = v128.load32_splat(shares),
          y1 = v128.load32_splat(shares, 4),
          y2 = v128.load32_splat(shares, 8),
          y3 = v128.load32_splat(shares, 12);
        for (let column = left; column < right; column++) {
          const pixel = frame + ((<usize>(row * pixels + column)) << 2);
          const red = f32x4.mul(f32x4.splat(<f32>load<u8>(pixel)), unit),
            green = f32x4.mul(f32x4.splat(<f32>load<u8>(pixel, 1)), unit),
            blue = f32x4.mul(f32x4.splat(<f32>load<u8>(pixel, 2)), unit);
          const near = v128.load(columnShares + ((<usize>column) << 4));
          const w0 = f32x4.mul(f32x4.mul(near, y0), likeness(colours, red, green, blue, alike, least));
          const w1 = f32x4.mul(f32x4.mul(near, y1), likeness(colours + 16, red, green, blue, alike, least));
          const w2 = f32x4.mul(f32x4.mul(near, y2), likeness(colours + 32, red, green, blue, alike, least));
          const w3 = f32x4.mul(f32x4.mul(near, y3), likeness(colours + 48, red, green, blue, alike, least));
          let best: f32 = -Infinity;
          let label: i32 = 0;
          for (let k: i32 = 0; k < possible; k++) {
            const id = load<i32>(candidates + ((<usize>k) << 2));
            const own = values + <usize>id * EACH;
            let sum = f32x4.mul(w0, v128.load(own));
            sum = madd(w1, v128.load(own, 16), sum);
            sum = madd(w2, v128.load(own, 32), sum);
            sum = madd(w3, v128.load(own, 48), sum);
            const all = f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1) + f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3);
            if (all <= best) continue;
            best = all;
            label = id;
          }
          store<u8>(y + <usize>(row * pixels + column), <u8>label);
        }
      }
    }
  }
}

/** The cells around a block, the nearest of those beyond the map, and the classes that win there. @returns how many classes */
function listCells(cells: usize, present: usize, won: usize, low: i32, before: i32, height: i32, width: i32): i32 {
  let found: i32 = 0;
  for (let i: i32 = 0; i < AROUND; i++) {
    const row = min(max(low + (i >> 2) - 1, 0), height - 1);
    const column = min(max(before + (i & 3) - 1, 0), width - 1);
    const cell = row * width + column;
    store<i32>(cells + ((<usize>i) << 2), cell);
    const id = <i32>load<u8>(won + <usize>cell);
    let k: i32 = 0;
    while (k < found && load<i32>(present + ((<usize>k) << 2)) !== id) k++;
    if (k < found) continue;
    store<i32>(present + ((<usize>found) << 2), id);
    found++;
  }
  return found;
}

/** Classes that some mean of the cells may make the largest: those that no winner beats in every cell. @returns how many */
function listCandidates(candidates: usize, values: usize, classes: i32, present: usize, found: i32): i32 {
  let count: i32 = 0;
  for (let id: i32 = 0; id < classes; id++) {
    const own = values + <usize>id * EACH;
    let isBeaten = false;
    for (let k: i32 = 0; k < found && !isBeaten; k++) {
      const by = values + <usize>load<i32>(present + ((<usize>k) << 2)) * EACH;
      const isLess = v128.and(
        v128.and(f32x4.lt(v128.load(own), v128.load(by)), f32x4.lt(v128.load(own, 16), v128.load(by, 16))),
        v128.and(f32x4.lt(v128.load(own, 32), v128.load(by, 32)), f32x4.lt(v128.load(own, 48), v128.load(by, 48)))
      );
      isBeaten = i32x4.all_true(isLess);
    }
    if (isBeaten) continue;
    store<i32>(candidates + ((<usize>count) << 2), id);
    count++;
  }
  return count;
}

/** How much four cells count by their colour for a pixel of that one, nearness aside. */
function likeness(colours: usize, red: v128, green: v128, blue: v128, alike: v128, least: v128): v128 {
  const r = f32x4.sub(v128.load(colours), red);
  const g = f32x4.sub(v128.load(colours + EACH), green);
  const b = f32x4.sub(v128.load(colours + 2 * EACH), blue);
  const apart = madd(r, r, madd(g, g, f32x4.mul(b, b)));
  return f32x4.add(exponential(f32x4.mul(apart, alike)), least);
}
