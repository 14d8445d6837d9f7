import * as tf from "@tensorflow/tfjs-core";
import {beforeAll, describe, expect, it} from "vitest";
import {Inputs} from "../../../src/worker/notebook/inputs.js";
import {show, svg} from "../../../src/worker/notebook/views.js";
import {useBackend} from "../../backend.js";
import {notebookInNode} from "./in-node.js";

beforeAll(() => useBackend("cpu"));

const SCOPE = {tf, Inputs, show, svg};
const open = () => notebookInNode(SCOPE);

describe("cells", () => {
  it("give their names to others, which run again when they change, and none that need not", async () => {
    const book = open();
    await book.define({1: "const a = 2", 2: "const b = a * 10", 3: "b + 1", 4: "'apart'", 5: {mode: "md", text: "b is **${b}**"}});
    expect([1, 2, 3, 4, 5].map((id) => book.words(id))).toEqual([["2"], ["20"], ["21"], ['"apart"'], ["b is **20**"]]);
    await book.after([1, 2, 3, 5], () => book.kernel.define([{id: 1, mode: "js", text: "const a = 3"}]));
    expect([2, 3, 5].map((id) => book.words(id))).toEqual([["30"], ["31"], ["b is **30**"]]);
    expect([1, 2, 3, 4, 5].map((id) => book.runs(id))).toEqual([2, 2, 2, 1, 2]);
  });

  it("in any order, and none sees what another does not name", async () => {
    const book = open();
    await book.define({1: "twice(hidden)", 2: "const twice = (n) => { const hidden = 1; return 2 * n }", 3: "const hidden = 4"});
    expect(book.words(1)).toEqual(["8"]);
    await book.after([1], () => book.kernel.remove([3]));
    expect(book.message(1)).toBe("hidden is not defined: no cell names it, and it is not in scope.");
    await book.define({3: "const hidden = 5"}, [1]);
    expect(book.words(1)).toEqual(["10"]);
  });

  it("show what they display, or what they name", async () => {
    const book = open();
    await book.define({
      1: "display(1); display('two'); const x = 3",
      2: "const a = 1, b = [1, 2]",
      3: "undefined",
      4: "for (let i = 0; i < 3; i++) {}"
    });
    expect(book.words(1)).toEqual(["1", '"two"']);
    expect(book.last(2)!.shown).toEqual([
      {kind: "tree", name: "a", tree: {text: "1"}},
      {
        kind: "tree",
        name: "b",
        tree: {
          text: "list of 2",
          entries: [
            {name: "0", value: {text: "1"}},
            {name: "1", value: {text: "2"}}
          ],
          more: 0
        }
      }
    ]);
    expect(book.words(3)).toEqual([]);
    expect(book.words(4)).toEqual([]);
  });
});

describe("what goes wrong", () => {
  it("is told at its line, and what waits for it says so", async () => {
    const book = open();
    await book.define({
      1: "const a = 1;\n\nconst b = missing.part",
      2: "const c = 1;\nthrow new RangeError('Too far.')",
      3: "c + 1",
      4: "let x = 1;\nx ="
    });
    expect(book.last(1)).toMatchObject({
      message: "missing is not defined: no cell names it, and it is not in scope.",
      place: {line: 3, column: 10}
    });
    expect(book.last(2)).toMatchObject({message: "Too far.", place: {line: 2, column: 6}});
    expect(book.last(3)).toMatchObject({message: "This cell waits for c, which could not be made.", place: {line: 1, column: 0}});
    expect(book.last(4)).toMatchObject({
      message: "This is neither JavaScript nor TypeScript: Unexpected token.",
      place: {line: 2, column: 3}
    });
    await book.define({2: "const c = 1"}, [3]);
    expect(book.words(3)).toEqual(["2"]);
  });

  it("on the first line is told in its column, and deeper in with the line of the cell", async () => {
    const book = open();
    await book.define({1: "tf.reshape(tf.tensor1d([1, 2]), [3])", 2: "const f = () => {\n  return null.x;\n};\nf()", 3: "document.body"});
    expect(book.last(1)).toMatchObject({place: {line: 1, column: 3}});
    expect(book.last(2)).toMatchObject({place: {line: 2, column: 14}});
    expect(book.message(3)).toMatch(/^document is not defined/);
  });

  it("in a cell with types is told where it was written", async () => {
    const book = open();
    await book.define({
      1: "interface Point { x: number }\nconst at = (point: Point | null): number => (point as Point).x;\nconst x: number = at(null);",
      2: "const f = <T,>(x: T): T => { throw new Error('No.') }; f<number>(1)"
    });
    expect(book.last(1)).toMatchObject({place: {line: 2, column: 61}});
    expect(book.last(2)).toMatchObject({message: "No.", place: {line: 1, column: 35}});
  });

  it("in a value of a text, which may have types, is told where it was written", async () => {
    const book = open();
    await book.define({
      1: {mode: "md", text: "One is ${(1 as number) satisfies number}."},
      2: {mode: "md", text: "None is\n${1}, ${(null as any)!.part}."}
    });
    expect(book.words(1)!.join(" ")).toContain("One is 1.");
    expect(book.last(2)).toMatchObject({place: {line: 2, column: 23}});
  });

  it("two cells of one name, a name of the notebook, a circle", async () => {
    const book = open();
    await book.define({1: "const a = 1", 2: "const a = 2", 3: "a", 4: "const tf = 1", 5: "const p = q", 6: "const q = p"});
    await book.define({9: "0"});
    expect([1, 2, 3].map((id) => book.message(id))).toEqual(Array(3).fill("a is named by more than one cell. Rename one of them."));
    expect(book.message(4)).toBe("tf is a name of the notebook itself. Choose another.");
    expect(book.message(5)).toBe("This cell waits for a value that waits for this cell.");
    await book.define({2: "const b = 2"}, [1, 3]);
    expect(book.words(3)).toEqual(["1"]);
  });

  it("with the device is no result, and leaves no tensor, whatever the cell says itself", async () => {
    const before = tf.memory().numTensors;
    const book = notebookInNode(SCOPE, (work) => work.then(() => Promise.reject(new Error("The graphics device was lost."))));
    await book.define({1: "const a = tf.ones([2]);\ndisplay(await a.data())"});
    expect(book.last(1)).toMatchObject({kind: "failed", message: "The graphics device was lost."});
    expect(tf.memory().numTensors).toBe(before);
  });

  it("keeps what was displayed before", async () => {
    const book = open();
    await book.define({1: "display('first');\nthrow new Error('then')"});
    expect(book.last(1)).toMatchObject({kind: "failed", shown: [{kind: "tree", tree: {text: '"first"'}}]});
  });
});

describe("inputs", () => {
  it("give their value, and another when they are set; what is set stays while the cell is written anew", async () => {
    const book = open();
    await book.define({
      1: "const n = view(Inputs.range([1, 9], {step: 1, value: 3, label: 'n'}));\nconst s = view(Inputs.select(['a', 'b'], {label: 's'}))",
      2: "s + n"
    });
    expect(book.last(1)!.shown).toEqual([
      {kind: "input", place: 0, input: {type: "range", label: "n", min: 1, max: 9, step: 1, value: 3}},
      {kind: "input", place: 1, input: {type: "select", label: "s", options: ["a", "b"], value: 0}}
    ]);
    expect(book.words(2)).toEqual(['"a3"']);
    await book.after([2], () => book.kernel.set(1, 0, 7));
    await book.after([2], () => book.kernel.set(1, 1, 1));
    expect(book.words(2)).toEqual(['"b7"']);
    expect(book.runs(1)).toBe(1);
    await book.define({1: "const n = view(Inputs.range([1, 9], {step: 1, value: 3, label: 'n'})), s = '!'"}, [2]);
    expect(book.words(2)).toEqual(['"!7"']);
    expect(book.last(1)!.shown[0]).toMatchObject({input: {value: 7}});
  });

  it("say what they take", async () => {
    const book = open();
    await book.define({1: "view(3)", 2: "Inputs.range(4)", 3: "Inputs.radio([])"});
    expect([1, 2, 3].map((id) => book.message(id))).toEqual([
      "view takes an input, e.g. view(Inputs.range([1, 24], {step: 1})).",
      expect.stringMatching(/number 4 is not iterable/),
      'Inputs.radio takes a list of options, e.g. Inputs.radio(["zero", "none"]).'
    ]);
  });
});

describe("tensors", () => {
  it("that a cell forgets are freed; those that it names, once it runs again or is removed", async () => {
    const book = open();
    const before = tf.memory().numTensors;
    await book.define({
      1: "const a = tf.range(0, 6), b = tf.add(a, 1); tf.mul(a, b); await 0; tf.square(a)",
      2: "const sum = await tf.sum(b).data()",
      3: "tf.zeros([2, 3])",
      4: "const kept = {deep: [tf.ones([4])]}, same = a"
    });
    // a, b, the result of 3 and what 4 made.
    expect(tf.memory().numTensors - before).toBe(4);
    await book.define({1: "const a = tf.range(0, 5), b = a"}, [2, 4]);
    await book.define({5: "0"});
    expect(tf.memory().numTensors - before).toBe(3);
    await book.after([2, 4], () => book.kernel.remove([1]));
    await book.define({3: "1", 5: "0", 4: "throw tf.zeros([2])"});
    await book.define({5: "1"});
    expect(tf.memory().numTensors - before).toBe(0);
  });

  it("are shown by shape, range and first channels", async () => {
    const book = open();
    await book.define({
      1: "tf.tensor4d([1, 2, 3, 4, 5, 6, 7, 8], [1, 2, 2, 2])",
      2: "tf.scalar(3)",
      3: "show.map(tf.tensor2d([[1, -2], [3, 4]]), {colours: 'diverging', numbers: true, label: 'kernel'})",
      4: "show.map(tf.tensor4d([1, 2, 3, 4, 5, 6, 7, 8], [1, 2, 2, 2]), {channel: 2})",
      5: "show.maps(tf.tensor4d([1, 2, 3, 4, 5, 6, 7, 8], [1, 2, 2, 2]), {from: 1})",
      6: "show.bars({one: 1, two: 2}, {unit: 'px'})",
      7: "tf.zeros([3, 3, 2, 4])"
    });
    expect(book.last(1)!.shown).toMatchObject([
      {shape: [1, 2, 2, 2], range: {min: 1, mean: 4.5, max: 8}, maps: {height: 2, width: 2, channels: 2}, values: null}
    ]);
    expect(book.last(2)!.shown).toMatchObject([{shape: [], maps: null, values: new Float32Array([3])}]);
    expect(book.last(3)!.shown).toEqual([
      {kind: "map", label: "kernel", height: 2, width: 2, values: new Float32Array([1, -2, 3, 4]), colours: "diverging", numbers: true}
    ]);
    expect(book.message(4)).toBe("There is no channel 2: this map has 2, from 0.");
    expect(book.last(5)!.shown).toMatchObject([{channels: 1, from: 1, values: new Float32Array([2, 4, 6, 8])}]);
    expect(book.last(6)!.shown).toEqual([
      {
        kind: "bars",
        label: "Values",
        unit: "px",
        bars: [
          {name: "one", value: 1},
          {name: "two", value: 2}
        ]
      }
    ]);
    expect(book.last(7)!.shown).toMatchObject([{shape: [3, 3, 2, 4], maps: null}]);
  });
});
