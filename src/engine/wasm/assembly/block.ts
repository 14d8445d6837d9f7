import {CLIP} from "./activation";
import {depthwiseRow, listRows} from "./depthwise";
import {joinRow} from "./maps";
import {pack, product} from "./product";
import {address, real, word} from "./words";

/**
 * Expand, depthwise and project by bands of rows (MobileNetV2, section 3.3), or depthwise and pointwise alone: the wide activation never
 * reaches memory. So may maps be joined, and some of them enlarged, in place of what is expanded. Of the expanded map only as many rows are kept as the depthwise kernel reads, round a ring, and of many channels only some
 * at once: their shares of the projection are added up in the result.
 */
export function block(o: usize, first: i32, end: i32, scratch: usize): void {
  const middle = word(o, 12),
    y = address(o, 31),
    yStep = address(o, 32);
  const ways = word(o, 40);
  if (ways === 1) return part(o, first, end, 0, middle, y, yStep, scratch);
  // Units are jobs: some rows, and some channels, whose share of the result is put aside but for that of the first.
  const channels = word(o, 41),
    rows = word(o, 42),
    height = word(o, 43),
    shares = address(o, 44),
    share = address(o, 45);
  const packed = (<usize>word(o, 34)) << 2;
  for (let job = first; job < end; job++) {
    const way = job % ways;
    const row = (job / ways) * rows;
    part(
      o,
      row,
      min(row + rows, height),
      way * channels,
      min((way + 1) * channels, middle),
      way ? shares + <usize>(way - 1) * share : y,
      way ? packed : yStep,
      scratch
    );
  }
}

/** Some rows of the result, as far as some of the channels between make it: the first add what else is to be added. */
function part(o: usize, first: i32, end: i32, firstChannel: i32, endChannel: i32, y: usize, yStep: usize, scratch: usize): void {
  const x = address(o, 1),
    xStep = address(o, 2),
    height = word(o, 3),
    width = word(o, 4),
    inputs = word(o, 5);
  const expand = address(o, 6),
    expandTile = address(o, 7),
    expandBias = address(o, 8),
    expandKind = word(o, 9);
  const expandLow = real(o, 10),
    expandHigh = real(o, 11),
    middle = word(o, 12),
    atOnce = word(o, 13);
  const filter = address(o, 14),
    filterBias = address(o, 15),
    kernelRows = word(o, 16),
    kernelColumns = word(o, 17);
  const stride = word(o, 18),
    rate = word(o, 19),
    top = word(o, 20),
    left = word(o, 21),
    kind = word(o, 22),
    low = real(o, 23),
    high = real(o, 24);
  const project = address(o, 25),
    projectTile = address(o, 26),
    projectBias = address(o, 27),
    projectKind = word(o, 28);
  const projectLow = real(o, 29),
    projectHigh = real(o, 30),
    columns = word(o, 33),
    outputs = word(o, 34);
  const also = address(o, 35),
    alsoStep = address(o, 36),
    band = word(o, 37),
    ringRows = word(o, 38),
    ringStep = address(o, 39);

  const spare = scratch;
  const rows = scratch + 32;
  const ring = rows + ((<usize>(kernelRows * (4 + 8 * kernelColumns)) + 63) & ~63);
  const parts = address(o, 46),
    partCount = word(o, 47);
  const isPrepared = expand !== 0 || parts !== 0;
  const between = isPrepared ? ring + <usize>(ringRows * width) * ringStep : ring;
  const packed = word(o, 48) ? between + <usize>(band * columns) * ringStep : 0;
  const reach = (kernelRows - 1) * rate;
  const tap = (<usize>middle) << 2;

  for (let c = firstChannel; c < endChannel; c += atOnce) {
    const channels = min(atOnce, endChannel - c);
    const beside = (<usize>c) << 2;
    const isFirst = c === firstChannel;
    const isLast = c + channels === endChannel;
    const begins = c === 0;
    let ready: i32 = 0;
    for (let row = first; row < end; row += band) {
      const count = min(band, end - row);
      if (isPrepared) {
        const until = min(height, (row + count - 1) * stride - top + reach + 1);
        let next = max(ready, max(0, row * stride - top));
        while (next < until) {
          const slot = next % ringRows;
          if (parts) {
            joinRow(parts, partCount, next, width, c, channels, ring + <usize>(slot * width) * ringStep, ringStep);
            next++;
            continue;
          }
          const some = min(until - next, ringRows - slot);
          product(
            x + <usize>(next * width) * xStep,
            xStep,
            0,
            1,
            0,
            expand + <usize>(c >> 3) * expandTile,
            expandTile,
            expandBias ? expandBias + beside : 0,
            0,
            0,
            ring + <usize>(slot * width) * ringStep,
            ringStep,
            some * width,
            inputs,
            channels,
            expandKind,
            expandLow,
            expandHigh,
            spare
          );
          next += some;
        }
        ready = until;
      }
      for (let i: i32 = 0; i < count; i++) {
        const at = (row + i) * stride - top;
        if (isPrepared) listRows(rows, kernelRows, at, rate, ring, <usize>width * ringStep, height, ringRows);
        else listRows(rows, kernelRows, at, rate, x + beside, <usize>width * xStep, height, height);
        depthwiseRow(
          rows,
          isPrepared ? ringStep : xStep,
          width,
          filter + beside,
          tap,
          filterBias ? filterBias + beside : 0,
          between + <usize>(i * columns) * ringStep,
          ringStep,
          columns,
          channels,
          kernelRows,
          kernelColumns,
          stride,
          rate,
          left,
          kind,
          low,
          high
        );
      }
      const out = y + <usize>(row * columns) * yStep;
      if (packed) pack(between, ringStep, 0, 1, count * columns, channels, packed);
      product(
        between,
        ringStep,
        packed,
        1,
        0,
        project + ((<usize>c) << 5),
        projectTile,
        begins ? projectBias : 0,
        begins ? (also ? also + <usize>(row * columns) * alsoStep : 0) : isFirst ? 0 : out,
        begins ? alsoStep : yStep,
        out,
        yStep,
        count * columns,
        channels,
        outputs,
        isLast ? projectKind : CLIP,
        isLast ? projectLow : -(<f32>Infinity),
        isLast ? projectHigh : <f32>Infinity,
        spare
      );
    }
  }
}
