import {expect} from "vitest";
import type {StateOf, Table} from "../../../src/lab/state.js";
import type {FigureCode} from "../../../src/pages/lessons/code/figure-code.js";
import {scopeOf} from "../../../src/worker/notebook/scope.js";
import {notebookInNode, surroundings} from "../../worker/notebook/in-node.js";

/** The state that a lesson opens with, but for some values. */
export function stateOf<T extends Table>(table: T, change: object = {}) {
  const usual = Object.fromEntries(Object.entries(table).map(([name, {initial}]) => [name, initial])) as StateOf<T>;
  return {...usual, sample: "dog", address: "", backend: "auto" as const, names: false, own: "", ...change} as StateOf<T> & {
    sample: string;
    address: string;
    backend: "auto";
    names: boolean;
    own: string;
  };
}

/** Runs a figure's code as the notebook does, and reads what an expression gives there. */
export async function valueOf({cells}: FigureCode, expression: string): Promise<unknown> {
  const open = notebookInNode(scopeOf(surroundings()));
  const asked = cells.length + 1;
  const written = Object.fromEntries(cells.map((text, index) => [index + 1, text]));
  await open.define({...written, [asked]: {mode: "md" as const, text: `\${JSON.stringify(${expression})}`}});
  const failed = cells.map((_, index) => open.message(index + 1)).filter((message) => message !== null);
  expect([...failed, ...(open.message(asked) === null ? [] : [open.message(asked)])]).toEqual([]);
  const [words] = open.words(asked)!;
  open.kernel.dispose();
  return JSON.parse(words!);
}
