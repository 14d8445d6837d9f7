import {depthwiseRow, listRows} from "./depthwise";
import {endInside, firstInside} from "./inside";
import {pack, product} from "./product";
import {address, real, word} from "./words";

/** Dense convolution of any kernel, stride, rate and padding, row by row. */
export function convolution(o: usize, first: i32, end: i32, scratch: usize): void {
  const height = word(o, 3),
    width = word(o, 4),
    inputs = word(o, 5);
  const kernelRows = word(o, 12),
    kernelColumns = word(o, 13),
    stride = word(o, 14),
    top = word(o, 16),
    left = word(o, 17);
  const xStep = address(o, 2),
    columns = word(o, 20);
  const isInPieces = word(o, 26);
  for (let row = first; row < end; row++) {
    if (!isInPieces) {
      packedCells(o, row, 0, columns, scratch);
      continue;
    }
    // What a row of a kernel reads lies there in one piece, but for cells at the borders.
    const begin = firstInside(left, stride, columns);
    const behind = endInside(begin, width, kernelColumns - 1, left, stride, columns);
    const down = row * stride - top;
    const above = max(0, -down);
    const pieces = max(0, min(kernelRows, height - down) - above);
    const piece = kernelColumns * inputs;
    const x = address(o, 1) + <usize>((down + above) * width + begin * stride - left) * xStep;
    packedCells(o, row, 0, begin, scratch);
    cells(o, x, <usize>stride * xStep, 0, pieces, <usize>width * xStep, above * piece, piece, row * columns + begin, behind - begin);
    packedCells(o, row, behind, columns, scratch);
  }
}

/** Some cells of a row of a convolution: a list says what each reads at each tap. */
function packedCells(o: usize, row: i32, first: i32, end: i32, scratch: usize): void {
  const x = address(o, 1),
    xStep = address(o, 2),
    height = word(o, 3),
    width = word(o, 4),
    inputs = word(o, 5);
  const kernelRows = word(o, 12),
    kernelColumns = word(o, 13),
    stride = word(o, 14),
    rate = word(o, 15),
    top = word(o, 16),
    left = word(o, 17);
  const zeros = address(o, 24),
    atOnce = word(o, 25);
  const read = scratch;
  const taps = kernelRows * kernelColumns;
  const packed = read + <usize>((atOnce * taps) << 2);
  for (let begin = first; begin < end; begin += atOnce) {
    const some = min(atOnce, end - begin);
    let at = read;
    for (let column = begin; column < begin + some; column++) {
      for (let i: i32 = 0; i < kernelRows; i++) {
        const down = row * stride - top + i * rate;
        for (let j: i32 = 0; j < kernelColumns; j++, at += 4) {
          const right = column * stride - left + j * rate;
          const isInside = <u32>down < <u32>height && <u32>right < <u32>width;
          store<u32>(at, isInside ? <u32>(x + <usize>(down * width + right) * xStep) : <u32>zeros);
        }
      }
    }
    pack(0, 0, read, taps, some, inputs, packed);
    cells(o, 0, 0, packed, 0, 0, 0, 0, row * word(o, 20) + begin, some);
  }
}

/**
 * Computes some cells of a convolution that follow each other, of what `product` reads of each.
 *
 * @param skipped values of each output's weights that lie before those of the first piece
 * @param out the first of the cells
 */
function cells(
  o: usize,
  x: usize,
  step: usize,
  packed: usize,
  pieces: i32,
  ahead: usize,
  skipped: i32,
  K: i32,
  out: i32,
  count: i32
): void {
  const alsoStep = address(o, 23),
    also = address(o, 22),
    yStep = address(o, 19);
  product(
    x,
    step,
    packed,
    pieces,
    ahead,
    address(o, 6) + ((<usize>skipped) << 5),
    address(o, 7),
    address(o, 8),
    also ? also + <usize>out * alsoStep : 0,
    alsoStep,
    address(o, 18) + <usize>out * yStep,
    yStep,
    count,
    K,
    word(o, 21),
    word(o, 9),
    real(o, 10),
    real(o, 11)
  );
}

/** Dense convolution of one tap at stride 1: products of many cells, which are counted as if they were rows. */
export function pointwise(o: usize, first: i32, end: i32, scratch: usize): void {
  const xStep = address(o, 2),
    inputs = word(o, 3),
    alsoStep = address(o, 13),
    yStep = address(o, 11),
    also = address(o, 12);
  // How many are packed at once, if they are.
  const atOnce = word(o, 15);
  const packed = atOnce ? scratch : 0;
  for (let cell = first; cell < end; cell += atOnce || end - first) {
    const x = address(o, 1) + <usize>cell * xStep;
    const some = packed ? min(atOnce, end - cell) : end - cell;
    if (packed) pack(x, xStep, 0, 1, some, inputs, packed);
    product(
      x,
      xStep,
      packed,
      1,
      0,
      address(o, 5),
      address(o, 6),
      address(o, 7),
      also ? also + <usize>cell * alsoStep : 0,
      alsoStep,
      address(o, 10) + <usize>cell * yStep,
      yStep,
      some,
      inputs,
      word(o, 4),
      word(o, 8),
      real(o, 9),
      real(o, 14)
    );
  }
}

export function depthwise(o: usize, first: i32, end: i32, scratch: usize): void {
  const x = address(o, 1),
    xStep = address(o, 2),
    height = word(o, 3),
    width = word(o, 4),
    channels = word(o, 5);
  const w = address(o, 6),
    bias = address(o, 7),
    kernelRows = word(o, 8),
    kernelColumns = word(o, 9),
    stride = word(o, 10),
    rate = word(o, 11);
  const top = word(o, 12),
    left = word(o, 13),
    y = address(o, 14),
    yStep = address(o, 15),
    columns = word(o, 16);
  const kind = word(o, 17),
    low = real(o, 18),
    high = real(o, 19);
  for (let row = first; row < end; row++) {
    listRows(scratch, kernelRows, row * stride - top, rate, x, <usize>width * xStep, height, height);
    depthwiseRow(
      scratch,
      xStep,
      width,
      w,
      (<usize>channels) << 2,
      bias,
      y + <usize>(row * columns) * yStep,
      yStep,
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
}
