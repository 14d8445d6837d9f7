import {describe, expect, it} from "vitest";
import {CellError} from "../../src/notebook/cell-error.js";
import {compile} from "../../src/notebook/compile.js";

const code = (text: string) => compile({mode: "js", text}, ["display", "view"]);
const prose = (text: string) => compile({mode: "md", text}, ["display", "view"]);
const names = ({inputs, outputs}: ReturnType<typeof code>) => ({inputs: [...inputs.keys()], outputs});
/** Runs a compiled cell by itself. */
const run = ({source, inputs}: ReturnType<typeof code>, values: Record<string, unknown> = {}) =>
  ((0, eval)(source) as (...args: unknown[]) => Promise<unknown>)(null, null, ...[...inputs.keys()].map((name) => values[name]));

function errorOf(text: string, compiled = code): CellError {
  try {
    compiled(text);
  } catch (error) {
    expect(error).toBeInstanceOf(CellError);
    return error as CellError;
  }
  throw new Error("It compiled.");
}

describe("names", () => {
  it.each([
    ["const x = a + b;", ["a", "b"], ["x"]],
    ["a + a", ["a"], []],
    ["const {x, y: [z], ...rest} = a, w = 1", ["a"], ["x", "z", "rest", "w"]],
    ["function twice(n) { return n * factor }", ["factor"], ["twice"]],
    ["class Box extends Base {}", ["Base"], ["Box"]],
    ["const f = (n) => { const m = n; { let k = m; var v = k } return v + o }", ["o"], ["f"]],
    ["for (const i of list) display(i)", ["list"], []],
    ["try { go() } catch (error) { display(error.message) }", ["go"], []],
    ["const x = undefined, o = {a: 1, b, ['c' + d]: 2}; o.e", ["b", "d"], ["x", "o"]],
    ["let n = 0; n++; n = 3", [], ["n"]],
    ["{a: one}", ["one"], []],
    ["function () { return inner }", ["inner"], []],
    ["await load()", ["load"], []],
    ["const inner = function named(n) { return n ? named(n - 1) : outer }", ["outer"], ["inner"]],
    ["", [], []]
  ])("%s", (text, inputs, outputs) => {
    expect(names(code(text))).toEqual({inputs, outputs});
  });

  it("of text are those in its values", () => {
    expect(names(prose("At rate ${rate}, ${`${side} cells`}: \\${rate}"))).toEqual({inputs: ["rate", "side"], outputs: []});
  });

  it("that the notebook gives each cell are nobody's input, and cannot be taken", () => {
    expect(names(code("const x = view(display(1))"))).toEqual({inputs: [], outputs: ["x"]});
    expect(errorOf("const view = 1").message).toMatch(/view is a name of the notebook itself/);
  });
});

describe("what runs", () => {
  it("is an expression's value, or the values of the names", async () => {
    expect(await run(code("a + 1 // one more"), {a: 2})).toBe(3);
    expect(await run(code("{a: 1}"))).toEqual({a: 1});
    expect(await run(code("const x = await a, y = x * 2"), {a: Promise.resolve(2)})).toEqual({x: 2, y: 4});
    expect(await run(prose("n is ${n +\n 1}, \\${n}"), {n: 1})).toEqual(["n is ", 2, ", ${n}"]);
  });

  it("stands in the lines of the cell", () => {
    expect(code("const x = 1;\n\nthrow new Error(x)").source.split("\n")[2]).toBe("throw new Error(x)");
    const {source, shift} = code("first");
    expect(source.slice(shift)).toMatch(/^first/);
  });
});

describe("what is wrong", () => {
  it("is told with its place", () => {
    expect(errorOf("const x = 1;\nconst y = ;").place).toEqual({line: 2, column: 10});
    expect(errorOf("const x = 1;\nconst y = ;").message).toBe("This is no JavaScript: Unexpected token.");
    const changed = errorOf("const a = 1;\n  other = 2;");
    expect(changed.place).toEqual({line: 2, column: 2});
    expect(changed.message).toMatch(/^other is no value of this cell/);
    expect(errorOf("[a, other] = [1, 2]").message).toMatch(/^a is no value/);
    expect(errorOf('import {x} from "y"').message).toMatch(/imports and exports nothing/);
    expect(errorOf('\nawait import("y")').place).toEqual({line: 2, column: 6});
    expect(errorOf("one\n${two", prose).place).toEqual({line: 2, column: 0});
    expect(errorOf("${1 +}", prose).message).toMatch(/^This is no JavaScript/);
  });
});
