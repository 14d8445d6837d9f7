/** So many values are read out one by one, where they are written in their cells. */
const READ_OUT = 81;

/**
 * What a map of numbers holds, for those who do not see it: all its values where they are few and written out, and else between what they
 * lie and where the largest is.
 *
 * @param map.values row by row
 * @param map.text writes a value
 */
export function valuesInWords({
  height,
  width,
  values,
  text
}: {
  readonly height: number;
  readonly width: number;
  readonly values: ArrayLike<number>;
  text?(value: number): string;
}): string {
  if (values.length === 0) return "";
  const size = `${height} × ${width} cells`;
  if (text && values.length <= READ_OUT) {
    const row = (index: number) => Array.from({length: width}, (_, column) => text(values[index * width + column]!)).join(" ");
    return `${size}: ${Array.from({length: height}, (_, index) => row(index)).join("; ")}.`;
  }
  let [low, high, at] = [Infinity, -Infinity, 0];
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!;
    if (value < low) low = value;
    if (value > high) [high, at] = [value, index];
  }
  // Cells without a value are compared with nothing.
  if (high === -Infinity) return `${size}, without a value.`;
  if (low === high) return `${size}, each ${short(low)}.`;
  return `${size}, from ${short(low)} to ${short(high)}, the largest in row ${Math.floor(at / width) + 1}, column ${(at % width) + 1}.`;
}

/** A value as it is read out: three digits. */
function short(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toPrecision(3).replace("-", "−");
}
