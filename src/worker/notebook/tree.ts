import * as tf from "@tensorflow/tfjs-core";
import {inShort} from "../../in-short.js";
import type {ShownTree} from "./shown.js";

/** How deep a value is told, and how many entries of each. */
const DEPTH = 3;
const ENTRIES = 40;
/** Characters of a text that is told in a line. */
const LINE = 600;

/** A value as a tree for the page to show. */
export function treeOf(value: unknown, depth = DEPTH, above: readonly unknown[] = []): ShownTree {
  if (value === null || typeof value !== "object") return {text: leafText(value)};
  if (value instanceof tf.Tensor) return {text: `tensor [${(value as tf.Tensor).shape.join(", ")}]`};
  if (value instanceof Error) return {text: `${value.name}: ${value.message}`};
  if (value instanceof Date) return {text: Number.isNaN(value.getTime()) ? "no date" : value.toISOString()};
  if (above.includes(value)) return {text: "(itself)"};
  const all = entriesOf(value);
  const head = headOf(value, all.length);
  if (depth === 0 || all.length === 0) return {text: head};
  const inside = [...above, value];
  const entries = all.slice(0, ENTRIES).map(([name, entry]) => ({name, value: treeOf(entry(), depth - 1, inside)}));
  return {text: head, entries, more: all.length - entries.length};
}

/** A number with as many digits as tell it apart. */
export function numberText(value: number): string {
  return Number.isInteger(value) || !Number.isFinite(value) ? String(value) : String(Number(value.toPrecision(7)));
}

function leafText(value: unknown): string {
  switch (typeof value) {
    case "string":
      return JSON.stringify(inShort(value, LINE));
    case "number":
      return numberText(value);
    case "bigint":
      return `${value}n`;
    case "function":
      return /^class\b/.test(String(value)) ? `class ${value.name}` : `function ${value.name}(${parametersOf(value)})`;
    default:
      return String(value);
  }
}

function parametersOf(value: object): string {
  const [, inside = ""] = /^(?:async\s+)?(?:function\s*\*?\s*[\w$]*\s*)?\(([^)]*)\)/.exec(String(value)) ?? [];
  return inside.replace(/\s+/g, " ").slice(0, 80);
}

type Entry = readonly [name: string, value: () => unknown];

function entriesOf(value: object): Entry[] {
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    // Millions of them are not listed to show the first few.
    const list = value as unknown as ArrayLike<unknown>;
    return Array.from({length: list.length > 100_000 ? 0 : list.length}, (_, index) => [String(index), () => list[index]] as const);
  }
  if (value instanceof Map) return [...value].map(([key, entry]) => [String(key), () => entry as unknown]);
  if (value instanceof Set) return [...value].map((entry, index) => [String(index), () => entry as unknown]);
  return Object.keys(value).map((key) => [key, () => (value as Record<string, unknown>)[key]]);
}

function headOf(value: object, count: number): string {
  const made = (Object.getPrototypeOf(value) as {constructor?: {name?: string}} | null)?.constructor?.name ?? "Object";
  if (Array.isArray(value)) return `list of ${count}`;
  if (ArrayBuffer.isView(value)) return `${made} of ${(value as Uint8Array).length ?? value.byteLength}`;
  if (value instanceof Map || value instanceof Set) return `${made} of ${count}`;
  const names = Object.keys(value).slice(0, 4).join(", ");
  return `${made === "Object" ? "" : `${made} `}{${names}${count > 4 ? ", …" : ""}}`;
}
