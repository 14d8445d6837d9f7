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
    expect(await run(prose('${{a: n}}${"}"}${`{${n}}`}${((m) => { return m; })(n) // note\n}'), {n: 1})).toEqual([
      "",
      {a: 1},
      "",
      "}",
      "",
      "{1}",
      "",
      1,
      ""
    ]);
  });

  it("stands in the lines of the cell", () => {
    expect(code("const x = 1;\n\nthrow new Error(x)").source.split("\n")[2]).toBe("throw new Error(x)");
    const {source, written} = code("first");
    expect(written({line: 1, column: source.indexOf("first")})).toEqual({line: 1, column: 0});
  });
});

describe("types", () => {
  it.each([
    ["const x: number = a as number, y = <string>b!;", ["a", "b"], ["x", "y"]],
    ["interface Point { readonly x: number; y?: string }\ntype Pair<T> = [T, T];\ndeclare const other: Point;", [], []],
    ["function first<T extends object>(list: readonly T[], at?: number): T | undefined { return list[at ?? 0] }", [], ["first"]],
    ["const f = async <T,>(x: T): Promise<T> => x satisfies T", [], ["f"]],
    ["class Box<T> implements Base { private value!: T; constructor(readonly side: number) {} }", [], ["Box"]],
    ["enum Side { Left, Right = 4 }", [], ["Side"]],
    ["import type {Model} from 'deeplab';\nlet n: Model | null = null; n = made;", ["made"], ["n"]],
    ["new Map<string, number[]>([['a', list]])", ["Map", "list"], []],
    ["{a: one as number, b: two!}", ["one", "two"], []]
  ])("are no names of a cell: %s", (text, inputs, outputs) => {
    expect(names(code(text))).toEqual({inputs, outputs});
  });

  it("change nothing of what runs", async () => {
    expect(
      await run(code("const sum = <T extends number>(...all: readonly T[]): number => all.reduce((a: number, b) => a + b, 0);"))
    ).toEqual({
      sum: expect.any(Function)
    });
    expect(await run(code("{a: one as number, b: (two satisfies string)!}"), {one: 1, two: "2"})).toEqual({a: 1, b: "2"});
    const {Side, box} = (await run(
      code("enum Side { Left, Right = 4 }\nclass Box { constructor(readonly side: number) {} }\nconst box = new Box(Side.Right)")
    )) as {Side: object; box: object};
    expect([Side, {...box}]).toEqual([{0: "Left", 4: "Right", Left: 0, Right: 4}, {side: 4}]);
  });

  it("leave every place where it was written", () => {
    const text = "const one: number = 1;\n\nconst two: Array<{a: string}> = missing, three = (one as any)!.four;";
    const {inputs, source, written} = code(text);
    expect(inputs.get("missing")).toEqual({line: 3, column: 32});
    const line = source.split("\n")[2]!;
    expect(written({line: 3, column: line.indexOf("four")})).toEqual({line: 3, column: text.split("\n")[2]!.indexOf("four")});
    expect(errorOf("const a: number = 1;\n  const f = (x: string) => { other = x };").place).toEqual({line: 2, column: 29});
    expect(code("(a as number) + b").inputs.get("b")).toEqual({line: 1, column: 16});
  });

  it("stand in the values of a text, too", async () => {
    const text = "So\n**${(a as number) + b!}**, ${{c: b satisfies number}}: ${[1].map((n: number): number => {\n return n + d;\n})[0]}.";
    const compiled = prose(text);
    expect([...compiled.inputs]).toEqual([
      ["a", {line: 2, column: 5}],
      ["b", {line: 2, column: 20}],
      ["d", {line: 3, column: 12}]
    ]);
    expect(await run(compiled, {a: 1, b: 2, d: 3})).toEqual(["So\n**", 3, "**, ", {c: 2}, ": ", 4, "."]);
    const lines = compiled.source.split("\n");
    const of = (name: string) => {
      const line = lines.findIndex((one) => one.includes(name));
      return compiled.written({line: line + 1, column: lines[line]!.indexOf(name)});
    };
    expect([of("+ b"), of("c: b"), of("d;")]).toEqual([
      {line: 2, column: 18},
      {line: 2, column: 30},
      {line: 3, column: 12}
    ]);
    expect(errorOf("At ${rate as }, ${one}", prose).place).toEqual({line: 1, column: 13});
    expect(errorOf("${one as number two}", prose)).toMatchObject({message: /expected "}"/, place: {line: 1, column: 16}});
    expect(errorOf("1\n${f((n: number) => { other = n })}", prose).place).toEqual({line: 2, column: 21});
  });

  it("that are wrong are told where they are, and so is what else is", () => {
    expect(errorOf("const a: number = 1;\nconst b: = 2;").place).toEqual({line: 2, column: 9});
    expect(errorOf("const a: number = 1;\nconst b: string = ;").place).toEqual({line: 2, column: 18});
    expect(errorOf("const a: number = 1;\nconst a = 2;").place).toEqual({line: 2, column: 6});
  });
});

describe("what is wrong", () => {
  it("is told with its place", () => {
    expect(errorOf("const x = 1;\nconst y = ;").place).toEqual({line: 2, column: 10});
    expect(errorOf("const x = 1;\nconst y = ;").message).toBe("This is neither JavaScript nor TypeScript: Unexpected token.");
    const changed = errorOf("const a = 1;\n  other = 2;");
    expect(changed.place).toEqual({line: 2, column: 2});
    expect(changed.message).toMatch(/^other is no value of this cell/);
    expect(errorOf("[a, other] = [1, 2]").message).toMatch(/^a is no value/);
    expect(errorOf('import {x} from "y"').message).toMatch(/imports and exports nothing/);
    expect(errorOf('\nawait import("y")').place).toEqual({line: 2, column: 6});
    expect(errorOf('one\n${await import("y")}', prose).place).toEqual({line: 2, column: 8});
    expect(errorOf("one\n${two", prose).place).toEqual({line: 2, column: 0});
    expect(errorOf("${1 +}", prose).message).toMatch(/^This is neither JavaScript nor TypeScript/);
    expect(errorOf("${a) + (b}", prose).place).toEqual({line: 1, column: 9});
    expect(errorOf("a) + (b").place).toEqual({line: 1, column: 1});
  });
});
