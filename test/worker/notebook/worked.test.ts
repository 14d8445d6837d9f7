import {readFileSync, readdirSync} from "node:fs";
import path from "node:path";
import {JSDOM} from "jsdom";
import {beforeAll, expect, it} from "vitest";
import {readKitFile, writeKitFile} from "../../../src/notebook/kit-file.js";
import type {Notebook} from "../../../src/notebook/notebook.js";
import {scopeOf} from "../../../src/worker/notebook/scope.js";
import {useBackend} from "../../backend.js";
import {notebookInNode, surroundings} from "./in-node.js";

const FOLDER = path.resolve(import.meta.dirname, "../../../data/notebooks");
const FILES = readdirSync(FOLDER);
const parse = (html: string) => new JSDOM(html).window.document;
const bookOf = (file: string): Notebook => readKitFile(readFileSync(path.join(FOLDER, file), "utf8"), parse);
const cellsOf = ({cells}: Notebook) => Object.fromEntries(cells.map(({id, ...cell}) => [id, cell]));

beforeAll(() => useBackend("wasm"));

it.each(FILES)("%s runs, and no cell fails", async (file) => {
  const book = bookOf(file);
  const open = notebookInNode(scopeOf(surroundings()));
  await open.define(cellsOf(book));
  expect(book.cells.map(({id}) => [id, open.message(id)]).filter(([, message]) => message !== null)).toEqual([]);
  // As the kit would write it.
  expect(writeKitFile(book)).toBe(readFileSync(path.join(FOLDER, file), "utf8"));
  open.kernel.dispose();
});

it("under the heaviest layers of a network of one's own are their bars", async () => {
  const book = bookOf("network.html");
  const open = notebookInNode(scopeOf(surroundings()));
  await open.define(cellsOf(book));
  const heaviest = book.cells.find(({text}) => text.includes("const heaviest"))!;
  expect(open.words(heaviest.id)).toEqual(["bars"]);
});

it("the exercise says what is wrong with an answer, and that one is right", async () => {
  const book = bookOf("exercise.html");
  const open = notebookInNode(scopeOf(surroundings()));
  await open.define(cellsOf(book));
  const answer = book.cells.find(({text}) => text.includes("const span"))!;
  const verdict = book.cells.find(({text}) => text.includes("Not yet"))!;
  expect(open.words(verdict.id)).toEqual([
    "**Not yet**: at rate 2 a kernel of 3 taps spans 5 cells; yours says 3. 1 of 5 rates are right."
  ]);
  await open.define({[answer.id]: "const span = (taps, rate) => taps + (taps - 1) * (rate - 1)"}, [verdict.id]);
  expect(open.words(verdict.id)).toEqual(["**Right**, at every rate that was tried."]);
});

it("the convolution by hand is TensorFlow.js's, at every rate", async () => {
  const book = bookOf("convolution.html");
  const open = notebookInNode(scopeOf(surroundings()));
  await open.define(cellsOf(book));
  const rate = book.cells.find(({text}) => text.includes("view("))!;
  const last = book.cells.at(-1)!;
  for (const set of [1, 5]) {
    if (set > 1) await open.after([last.id], () => open.kernel.set(rate.id, 0, set));
    const [words] = open.words(last.id)!;
    expect(Number(/at most ([\d.e+-]+):/.exec(words!)![1])).toBeLessThan(1e-5);
    expect(words).toContain(`${33 - 2 * set} cells on a side, for the kernel spans ${2 * set + 1} of 33`);
  }
});
