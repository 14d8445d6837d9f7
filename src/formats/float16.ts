/**
 * Reads a half-precision float: a sign, five bits of exponent and ten of fraction. The package that rounds to float16 checks its
 * view's kind at every value, which takes most of the time of reading a model.
 */
export function getFloat16(view: DataView, offset: number, littleEndian?: boolean): number {
  const bits = view.getUint16(offset, littleEndian);
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction ? NaN : sign * Infinity;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (0x400 + fraction) * 2 ** (exponent - 25);
}
