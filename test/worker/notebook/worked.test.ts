import {readFileSync, readdirSync} from "node:fs";
import path from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import {JSDOM} from "jsdom";
import {beforeAll, expect, it} from "vitest";
import {readKitFile, writeKitFile} from "../../../src/notebook/kit-file.js";
import {isTyped} from "../../../src/notebook/without-types.js";
import type {Notebook} from "../../../src/notebook/notebook.js";
import {scopeOf} from "../../../src/worker/notebook/scope.js";
import {useBackend} from "../../backend.js";
import {notebookInNode, samplePhoto, surroundings} from "./in-node.js";

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
  expect(writeKitFile(book, isTyped)).toBe(readFileSync(path.join(FOLDER, file), "utf8"));
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

it("twenty reruns and twenty visits leave no tensor", async () => {
  const {cells} = bookOf("convolution.html");
  const photoAndRun = `const net = await model("nano");
const {mask, logits} = await run(net, await photo("dog"), {size: 65});`;
  const written = {...cellsOf({title: "", cells}), 20: photoAndRun, 21: "tf.mean(tf.abs(logits))"};
  // One worker holds one scope: the weights that it keeps stay between visits.
  const dog = await samplePhoto("dog");
  const scope = scopeOf({...surroundings(), photo: async () => dog});
  const rate = cells.find(({text}) => text.includes("view("))!;
  const last = cells.at(-1)!;
  const afterVisits: number[] = [];
  for (let visit = 0; visit < 20; visit++) {
    const open = notebookInNode(scope);
    await open.define(written);
    if (visit === 0) {
      const afterReruns: number[] = [];
      for (let rerun = 0; rerun < 20; rerun++) {
        await open.after([last.id], () => open.kernel.set(rate.id, 0, 1 + (rerun % 8)));
        await open.define({20: photoAndRun}, [21]);
        afterReruns.push(tf.memory().numTensors);
      }
      expect(new Set(afterReruns).size, afterReruns.join(", ")).toBe(1);
    }
    open.kernel.dispose();
    afterVisits.push(tf.memory().numTensors);
  }
  expect(new Set(afterVisits).size, afterVisits.join(", ")).toBe(1);
});
