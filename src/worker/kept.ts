/** The values of the last few keys; what was used longest ago is let go of first. */
export interface Kept<Key, T> {
  find(key: Key): T | undefined;
  /** @returns the value */
  keep(key: Key, value: T): T;
  clear(): void;
}

/**
 * @param most how many values are kept at once
 * @param letGo called with each value that is no longer kept
 */
export function keptLast<Key, T>(most: number, letGo: (value: T) => void = () => {}): Kept<Key, T> {
  const values = new Map<Key, T>();
  return {
    find(key) {
      const value = values.get(key);
      if (value === undefined) return undefined;
      // A map keeps the order in which keys came.
      values.delete(key);
      values.set(key, value);
      return value;
    },
    keep(key, value) {
      values.set(key, value);
      for (const [oldest, old] of values) {
        if (values.size <= most) break;
        values.delete(oldest);
        letGo(old);
      }
      return value;
    },
    clear() {
      for (const value of values.values()) letGo(value);
      values.clear();
    }
  };
}
