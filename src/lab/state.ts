/**
 * The state of a page as one declared table: each parameter names its key in the address, its default and how it is
 * read. The address, the controls and the reset all follow from the table.
 */

/** One entry of the table. */
export interface Parameter<T> {
  /** Key in the address. */
  readonly key: string;
  readonly initial: T;
  /** Whether the address says the value even where it is the default, because a reader's own default may be another. */
  readonly pinned?: boolean;
  /** Whether a change of it is a step that the browser's Back takes back. None of what is dragged, or typed, is. */
  readonly step?: boolean;
  /** The value that a text stands for; undefined where it stands for none. */
  parse(text: string): T | undefined;
  format(value: T): string;
  /** Of a text that stands for no value: a sentence that says what would. */
  wrong?(text: string): string;
}

export type Table = Readonly<Record<string, Parameter<unknown>>>;
export type StateOf<T extends Table> = {readonly [K in keyof T]: T[K] extends Parameter<infer V> ? V : never};

/** A parameter with a few allowed values. */
export function oneOf<const T extends string | number>(
  key: string,
  choices: readonly T[],
  initial: T
): Parameter<T> & {choices: readonly T[]} {
  const parse = (text: string) => choices.find((choice) => String(choice) === text);
  // More could not be read at a glance.
  const few = choices.length <= 8 && {
    wrong: () => `For ${key} write ${new Intl.ListFormat("en", {type: "disjunction"}).format(choices.map(String))}.`
  };
  return {key, initial, choices, parse, format: String, ...few};
}

/** A whole number from `min` to `max`. */
export function range(key: string, min: number, max: number, initial: number): Parameter<number> & {min: number; max: number} {
  const parse = (text: string) => {
    const value = Number(text);
    return text !== "" && Number.isInteger(value) && value >= min && value <= max ? value : undefined;
  };
  return {key, min, max, initial, parse, format: String, wrong: () => `For ${key} write a whole number from ${min} to ${max}.`};
}

/** Any text. */
export function text(key: string, initial: string): Parameter<string> {
  return {key, initial, parse: (value) => value, format: (value) => value};
}

/** A colour as `#rrggbb`. */
export function colour(key: string, initial: string): Parameter<string> {
  return {key, initial, parse: (value) => (/^#[0-9a-f]{6}$/i.test(value) ? value.toLowerCase() : undefined), format: (value) => value};
}

/** Yes or no. */
export function flag(key: string, initial: boolean): Parameter<boolean> {
  return {
    key,
    initial,
    parse: (value) => (value === "1" ? true : value === "0" ? false : undefined),
    format: (value) => (value ? "1" : "0")
  };
}

/** A list of numbers, each from `min` to `max`; `lengths` says how many there may be. */
export function numbers(
  key: string,
  {min, max, lengths, whole = true}: {min: number; max: number; lengths: readonly [least: number, most: number]; whole?: boolean},
  initial: readonly number[]
): Parameter<readonly number[]> & {min: number; max: number} {
  const parse = (value: string) => {
    const list = value.split(",").map((part) => (part.trim() === "" ? NaN : Number(part)));
    const fits =
      list.length >= lengths[0] &&
      list.length <= lengths[1] &&
      list.every((each) => each >= min && each <= max && (!whole || Number.isInteger(each)));
    return fits ? list : undefined;
  };
  const count = lengths[0] === lengths[1] ? `${lengths[0]}` : `${lengths[0]} to ${lengths[1]}`;
  return {
    key,
    min,
    max,
    initial,
    parse,
    format: (value) => value.join(","),
    wrong: () => `For ${key} write ${count} ${whole ? "whole numbers" : "numbers"} from ${min} to ${max}, with commas between them.`
  };
}

/** A list of words, each of some allowed ones where those are given. */
export function words(key: string, allowed?: readonly string[]): Parameter<readonly string[]> {
  const isWord = (word: string) => (allowed ? allowed.includes(word) : word !== "");
  return {key, initial: [], parse: (value) => [...new Set(value.split(",").filter(isWord))], format: (value) => value.join(",")};
}

/** The state that an address describes; what it does not say, or says wrongly, is the default. */
export function stateFromQuery<T extends Table>(table: T, query: URLSearchParams): StateOf<T> {
  return mapTable(table, ({key, initial, parse}) => {
    const given = query.get(key);
    return (given === null ? undefined : parse(given)) ?? initial;
  });
}

/** The query of an address for a state: only what differs from the defaults. Keys of others are kept. */
export function queryFromState<T extends Table>(table: T, state: StateOf<T>, query = new URLSearchParams()): URLSearchParams {
  const result = new URLSearchParams(query);
  for (const [name, parameter] of Object.entries(table)) {
    const value = parameter.format(state[name as keyof T]);
    if (value === parameter.format(parameter.initial) && !parameter.pinned) result.delete(parameter.key);
    else result.set(parameter.key, value);
  }
  return result;
}

export interface Store<T extends Table> {
  get(): StateOf<T>;
  /** Changes some values; the address and the listeners follow. */
  set(change: Partial<StateOf<T>>): void;
  /** Back to the defaults, all or some. */
  reset(): void;
  /** Calls a listener after each change with the new state and the one before; they are called in the order they came. */
  listen(listener: (state: StateOf<T>, before: StateOf<T>) => void): void;
}

/** What an address says of a table's parameters that stands for no value. */
export function unknownIn(table: Table, query: URLSearchParams): (readonly [parameter: Parameter<unknown>, value: string])[] {
  return Object.values(table).flatMap((parameter) => {
    const given = query.get(parameter.key);
    return given !== null && parameter.parse(given) === undefined ? [[parameter, given] as const] : [];
  });
}

/**
 * The state of the current page, kept in its address. A change of what is a step is one in the browser's history, too; when the reader goes
 * back or forth there, the state is what the address says again.
 *
 * @param remembered values from another page, for an address that says none of them
 */
export function addressStore<T extends Table>(table: T, remembered: Partial<StateOf<T>> = {}): Store<T> {
  const query = new URLSearchParams(location.search);
  const isSaid = Object.keys(remembered).some((name) => query.has(table[name]!.key));
  let state = {...stateFromQuery(table, query), ...(isSaid ? {} : remembered)};
  const listeners: ((state: StateOf<T>, before: StateOf<T>) => void)[] = [];
  const steps = Object.keys(table).filter((name) => table[name]!.step);
  /** What the address said when the state and it were last brought together. */
  let said = location.search;
  const addressOf = (shown: StateOf<T>) => {
    const query = queryFromState(table, shown, new URLSearchParams(location.search)).toString();
    return `${location.pathname}${query && `?${query}`}${location.hash}`;
  };
  const replace = (shown: StateOf<T>) => {
    history.replaceState(history.state, "", addressOf(shown));
    said = location.search;
  };
  const write = atMostEvery(ADDRESS_INTERVAL, () => replace(state));
  const tell = (before: StateOf<T>) => {
    for (const listener of listeners) listener(state, before);
  };
  const change = (next: StateOf<T>) => {
    const before = state;
    state = next;
    if (isChanged<StateOf<T>>(steps, next, before)) {
      // What was dragged a moment ago belongs to the step before.
      replace(before);
      history.pushState(null, "", addressOf(next));
      said = location.search;
    } else write();
    tell(before);
  };
  addEventListener("popstate", () => {
    // Another part of the same page is another place in the history as well.
    if (location.search === said) return;
    said = location.search;
    const before = state;
    state = stateFromQuery(table, new URLSearchParams(said));
    tell(before);
  });
  return {
    get: () => state,
    set: (some) => change({...state, ...some}),
    reset: () => change(mapTable(table, ({initial}) => initial)),
    listen: (listener) => void listeners.push(listener)
  };
}

/** Milliseconds between changes of the address: browsers refuse more than a hundred in half a minute. */
const ADDRESS_INTERVAL = 320;

/** Does the work at once, then at most once in each interval; the last call is always heeded. */
function atMostEvery(interval: number, work: () => void): () => void {
  let waiting = false;
  let again = false;
  const next = () => {
    waiting = again;
    if (!again) return;
    again = false;
    setTimeout(next, interval);
    work();
  };
  return () => {
    if (waiting) {
      again = true;
      return;
    }
    waiting = true;
    setTimeout(next, interval);
    work();
  };
}

/** Whether any of the named values changed from one state to another. */
export function isChanged<State extends object>(names: readonly (keyof State)[], state: State, before: State): boolean {
  return names.some((name) => state[name] !== before[name]);
}

/** Calls `show` now and after every change of one of the named values. */
export function follow<T extends Table>(
  store: Pick<Store<T>, "get" | "listen">,
  names: readonly (keyof StateOf<T>)[],
  show: (state: StateOf<T>) => void
): void {
  show(store.get());
  store.listen((state, before) => {
    if (isChanged<StateOf<T>>(names, state, before)) show(state);
  });
}

function mapTable<T extends Table>(table: T, value: (parameter: Parameter<unknown>) => unknown): StateOf<T> {
  return Object.fromEntries(Object.entries(table).map(([name, parameter]) => [name, value(parameter)])) as StateOf<T>;
}
