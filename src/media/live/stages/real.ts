/** A number as shading languages write one that is not an integer. */
export function real(value: number): string {
  return Number.isInteger(value) ? value.toFixed(1) : String(value);
}
