/** An empty table in which any name that a file gives is one like the others, and no other is found. */
export function byName<T>(): Record<string, T> {
  return Object.create(null) as Record<string, T>;
}
