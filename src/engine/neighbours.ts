/** The cells before and after a position, which is clamped to the map, and how far it lies between them. */
export function neighbours(position: number, size: number): readonly [low: number, high: number, fraction: number] {
  const clamped = Math.min(Math.max(position, 0), size - 1);
  const low = Math.floor(clamped);
  return [low, Math.min(low + 1, size - 1), clamped - low];
}
