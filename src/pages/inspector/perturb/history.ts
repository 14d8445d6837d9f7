/** What was done, to be undone and redone. */
export interface History<T> {
  now(): T;
  /**
   * A new state after the one that stands.
   *
   * @param gesture what it is part of: states of one gesture, one after the other, are undone together
   */
  change(next: T, gesture?: unknown): void;
  /** @returns the state that stands then; the same one where there is nothing to undo */
  undo(): T;
  redo(): T;
  canUndo(): boolean;
  canRedo(): boolean;
  /** Begins anew with a state. */
  restart(state: T): void;
}

export function history<T>(initial: T): History<T> {
  let past: T[] = [];
  let now = initial;
  let future: T[] = [];
  let current: unknown;
  const step = (from: T[], to: T[]): T => {
    current = undefined;
    if (from.length === 0) return now;
    to.push(now);
    return (now = from.pop()!);
  };
  return {
    now: () => now,
    change(next, gesture) {
      if (gesture === undefined || gesture !== current) past.push(now);
      current = gesture;
      now = next;
      future = [];
    },
    undo: () => step(past, future),
    redo: () => step(future, past),
    canUndo: () => past.length > 0,
    canRedo: () => future.length > 0,
    restart(state) {
      [past, now, future, current] = [[], state, [], undefined];
    }
  };
}
