/**
 * The kernel of one output channel as a map: its window; of a 1x1 its inputs row by row in about a square; of others the windows of its
 * inputs side by side.
 */
export function kernelOf(
  shape: readonly number[],
  values: Float32Array,
  channel: number
): {readonly height: number; readonly width: number; readonly values: Float32Array} {
  const [rows, columns, inputs, outputs] = shape as readonly [number, number, number, number];
  // A depthwise kernel has its channels where others have their inputs.
  if (outputs === 1)
    return {height: rows, width: columns, values: Float32Array.from({length: rows * columns}, (_, tap) => values[tap * inputs + channel]!)};
  if (rows * columns === 1) {
    const width = Math.ceil(Math.sqrt(inputs));
    const height = Math.ceil(inputs / width);
    return {
      height,
      width,
      values: Float32Array.from({length: height * width}, (_, input) => (input < inputs ? values[input * outputs + channel]! : 0))
    };
  }
  const width = columns * inputs;
  return {
    height: rows,
    width,
    values: Float32Array.from({length: rows * width}, (_, i) => {
      const [row, column] = [Math.floor(i / width), i % width];
      const [input, tap] = [Math.floor(column / columns), row * columns + (column % columns)];
      return values[(tap * inputs + input) * outputs + channel]!;
    })
  };
}
