import type {Input} from "./inputs.js";
import type {ShownInput} from "./shown.js";

/** The inputs of one cell, in the order in which it asks for them. */
export interface OpenInputs {
  /** The cell runs (again): its first input is the next that is opened. */
  begin(): void;
  /** Opens one: with what the reader set it to, where it is the same as before. */
  open(input: Input): {readonly place: number; readonly shown: ShownInput; readonly values: AsyncIterator<unknown>};
  /** Whether a value is what `open` gave. */
  isValues(value: unknown): boolean;
  set(place: number, value: unknown): void;
  /** Those of the same cell written anew. */
  again(): OpenInputs;
  close(): void;
}

interface Opened {
  /** What it was asked for as. */
  readonly asked: string;
  readonly set: unknown;
}

export function openInputs(before: readonly Opened[] = []): OpenInputs {
  const opened: Opened[] = [...before];
  const listeners = new Map<number, (set: unknown) => void>();
  const given = new WeakSet<object>();
  let next = 0;
  const end = () => {
    listeners.clear();
    next = 0;
  };
  return {
    begin: end,
    open({shown, valueOf}) {
      const place = next++;
      const asked = JSON.stringify(shown);
      const known = opened[place];
      const set = known?.asked === asked ? known.set : shown.value;
      opened[place] = {asked, set};
      const {values, put} = latestOf(set, valueOf);
      listeners.set(place, (changed) => {
        opened[place] = {asked, set: changed};
        put(changed);
      });
      given.add(values);
      return {place, shown: {...shown, value: set} as ShownInput, values};
    },
    isValues: (value) => typeof value === "object" && value !== null && given.has(value),
    set: (place, value) => listeners.get(place)?.(value),
    again: () => openInputs(opened),
    close: end
  };
}

/** The values that are put, the latest first where several came; `next` waits for one that was not given yet. */
function latestOf(first: unknown, valueOf: (set: unknown) => unknown): {values: AsyncIterator<unknown>; put(value: unknown): void} {
  let latest: {readonly value: unknown} | null = {value: first};
  let wake: (() => void) | null = null;
  let isOver = false;
  return {
    put(value) {
      latest = {value};
      wake?.();
    },
    values: {
      async next() {
        while (latest === null && !isOver) await new Promise<void>((resolve) => (wake = resolve));
        if (latest === null) return {done: true, value: undefined};
        const {value} = latest;
        latest = null;
        return {done: false, value: valueOf(value)};
      },
      async return() {
        isOver = true;
        latest = null;
        wake?.();
        return {done: true, value: undefined};
      }
    }
  };
}
