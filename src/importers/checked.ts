import {inShort} from "../in-short.js";
import {FormatError} from "../formats/format-error.js";
import {isObject} from "../formats/json.js";

/**
 * Small checks of values that come from a file's JSON: each gives the value with its type, or says in a sentence where it is not what
 * it should be.
 */

/** @param at where the value stands, e.g. `head.aspp.branches[0].rate` */
export type Check<T> = (value: unknown, at: string) => T;

export function fail(value: unknown, at: string, expected: string): never {
  const found = value === undefined ? "missing" : inShort(JSON.stringify(value) ?? typeof value, 40);
  throw new FormatError(`The model file's description of its network is damaged: "${at}" is ${found}, and should be ${expected}.`);
}

/** A whole number from this one up. */
export const whole =
  (least: number): Check<number> =>
  (value, at) =>
    typeof value === "number" && Number.isSafeInteger(value) && value >= least ? value : fail(value, at, `a whole number from ${least} up`);

export const positive: Check<number> = (value, at) =>
  typeof value === "number" && Number.isFinite(value) && value > 0 ? value : fail(value, at, "a number above 0");

export const truth: Check<boolean> = (value, at) => (typeof value === "boolean" ? value : fail(value, at, "true or false"));

export const text: Check<string> = (value, at) => (typeof value === "string" ? value : fail(value, at, "a text"));

/** One of these. */
export const one =
  <const T extends string | number | null>(...allowed: readonly T[]): Check<T> =>
  (value, at) =>
    allowed.includes(value as T) ? (value as T) : fail(value, at, `one of ${allowed.join(", ")}`);

/** What either of two checks takes. */
export const either =
  <A, B>(first: Check<A>, second: Check<B>): Check<A | B> =>
  (value, at) => {
    try {
      return first(value, at);
    } catch {
      return second(value, at);
    }
  };

export const list =
  <T>(item: Check<T>): Check<readonly T[]> =>
  (value, at) =>
    Array.isArray(value) ? value.map((each, index) => item(each, `${at}[${index}]`)) : fail(value, at, "a list");

/** A table with a value of one kind for each key, sorted. */
export const table =
  <T>(item: Check<T>): Check<Readonly<Record<string, T>>> =>
  (value, at) =>
    isObject(value)
      ? Object.fromEntries(
          Object.keys(value)
            .sort()
            .map((key) => [key, item(value[key], `${at}.${key}`)])
        )
      : fail(value, at, "a set of named values");

type Fields<T> = {readonly [Key in keyof T]-?: Check<T[Key]>};

/** An object with these keys and no others; one whose check takes `undefined` may be missing. */
export const object =
  <T extends object>(fields: Fields<T>): Check<T> =>
  (value, at) => {
    if (!isObject(value)) return fail(value, at, "a set of named values");
    for (const key of Object.keys(value)) {
      if (!Object.hasOwn(fields, key)) fail(value[key], within(at, key), "left out: this version does not know it");
    }
    const entries = Object.entries<Check<unknown>>(fields).map(([key, check]) => [key, check(value[key], within(at, key))] as const);
    return Object.fromEntries(entries.filter(([, checked]) => checked !== undefined)) as T;
  };

export const optional =
  <T>(check: Check<T>): Check<T | undefined> =>
  (value, at) =>
    value === undefined ? undefined : check(value, at);

/** A union told by the text at its key `kind`. */
export const kinds =
  <T extends {readonly kind: string}>(checks: {readonly [Kind in T["kind"]]: Check<Extract<T, {kind: Kind}>>}): Check<T> =>
  (value, at) => {
    const kind = isObject(value) ? value["kind"] : undefined;
    const known = Object.keys(checks) as T["kind"][];
    const found = known.find((each) => each === kind);
    return found === undefined ? fail(kind, within(at, "kind"), `one of ${known.join(", ")}`) : (checks[found](value, at) as T);
  };

function within(at: string, key: string): string {
  return at === "" ? key : `${at}.${key}`;
}
