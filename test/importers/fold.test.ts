import {describe, expect, test} from "vitest";
import type {Weight} from "../../src/engine/model.js";
import {readWhenAsked} from "../../src/formats/node-graph.js";
import {foldLayers} from "../../src/importers/fold.js";
import type {Margins, Operation} from "../../src/importers/operations.js";

/** One 1x1 convolution from two channels to two, and what follows it. */
const kernel: Weight = {shape: [1, 1, 2, 2], values: new Float32Array([1, 2, 3, 4])};
const conv: Operation = {op: "conv", input: "x", kernel, stride: 2, rate: 1};
const fold = (entries: [string, Operation][]) => foldLayers(new Map(entries));

test("scale and shift of output channels go into kernel and bias", () => {
  const parts = fold([
    ["c", conv],
    ["bias", {op: "affine", input: "c", shift: new Float32Array([1, -1])}],
    ["norm", {op: "affine", input: "bias", scale: new Float32Array([2, 10]), shift: new Float32Array([0.5, 0])}],
    ["relu", {op: "activation", input: "norm", activation: "relu"}],
    ["end", {op: "mean", input: "relu"}]
  ]);
  expect(parts.get("c")).toMatchObject({
    kernel: {values: new Float32Array([2, 20, 6, 40])},
    bias: new Float32Array([2.5, -10]),
    activation: "relu",
    stride: 2
  });
  expect(parts.get("end")).toMatchObject({op: "mean", inputs: ["c"]});
  expect(parts.size).toBe(2);
});

test("one factor may hold for all channels", () => {
  const parts = fold([
    ["c", conv],
    ["s", {op: "affine", input: "c", scale: new Float32Array([3])}]
  ]);
  expect(parts.get("c")).toMatchObject({kernel: {values: new Float32Array([3, 6, 9, 12])}});
});

test("a kernel is not folded before its values are asked for, so that none of a file is in memory twice", () => {
  let asked = 0;
  const large = readWhenAsked(kernel.shape, () => (asked++, kernel.values));
  const parts = fold([
    ["c", {...conv, kernel: large}],
    ["s", {op: "affine", input: "c", scale: new Float32Array([3])}]
  ]);
  expect(asked).toBe(0);
  expect(parts.get("c")).toMatchObject({kernel: {values: new Float32Array([3, 6, 9, 12])}});
});

test("the rate of SpaceToBatchND goes to the convolution inside", () => {
  const parts = fold([
    ["space", {op: "atrous", input: "x", rate: 4}],
    ["c", {...conv, input: "space", stride: 1}],
    ["batch", {op: "same", input: "c"}],
    ["norm", {op: "affine", input: "batch", shift: new Float32Array([7])}]
  ]);
  expect(parts.get("c")).toMatchObject({rate: 4, inputs: ["x"], bias: new Float32Array([7, 7])});
});

test("a map is not folded where something else reads the bare convolution, or after an activation", () => {
  const shared = fold([
    ["c", conv],
    ["s", {op: "affine", input: "c", scale: new Float32Array([3])}],
    ["end", {op: "add", inputs: ["c", "s"]}]
  ]);
  expect(shared.get("s")).toMatchObject({op: "affine", inputs: ["c"], scale: new Float32Array([3])});
  const late = fold([
    ["c", conv],
    ["r", {op: "activation", input: "c", activation: "relu"}],
    ["s", {op: "affine", input: "r", shift: new Float32Array([3])}]
  ]);
  expect(late.get("s")).toMatchObject({op: "affine", inputs: ["c"], shift: new Float32Array([3])});
});

test("a graph that reads itself, or a list of the wrong length, is refused", () => {
  expect(() =>
    fold([
      ["a", {op: "same", input: "b"}],
      ["b", {op: "same", input: "a"}]
    ])
  ).toThrow(/depends on itself/);
  expect(() =>
    fold([
      ["c", conv],
      ["s", {op: "affine", input: "c", shift: new Float32Array(3)}]
    ])
  ).toThrow(/2 channels, but 3 values/);
});

test("a map is not folded into a convolution whose value is also read under another name", () => {
  const parts = fold([
    ["c", conv],
    ["again", {op: "same", input: "c"}],
    ["s", {op: "affine", input: "again", scale: new Float32Array([3])}],
    ["end", {op: "add", inputs: ["c", "s"]}]
  ]);
  expect(parts.get("c")).toMatchObject({kernel});
  expect(parts.get("end")).toMatchObject({inputs: ["c", "s"]});
  expect(parts.get("s")).toMatchObject({op: "affine", scale: new Float32Array([3])});
});

test("maps one after the other that no convolution takes are one", () => {
  const parts = fold([
    ["scaled", {op: "affine", input: "x", scale: new Float32Array([2, 3]), shift: new Float32Array([1, 1])}],
    ["moved", {op: "affine", input: "scaled", scale: new Float32Array([10]), shift: new Float32Array([0, 5])}],
    ["r", {op: "activation", input: "moved", activation: "relu"}]
  ]);
  expect([...parts.values()]).toEqual([
    {
      op: "affine",
      name: "scaled",
      inputs: ["x"],
      scale: new Float32Array([20, 30]),
      shift: new Float32Array([10, 15]),
      activation: "relu"
    }
  ]);
});

describe("the padding of a convolution", () => {
  const three: Weight = {shape: [3, 3, 1, 1], values: new Float32Array(9)};
  const even = (cells: number): Margins => ({before: [cells, cells], after: [cells, cells]});
  const uneven: Margins = {before: [0, 0], after: [1, 1]};
  const slid = (input: string, padding: "same" | "valid", stride = 1): [string, Operation] => [
    "c",
    {op: "conv", input, kernel: three, stride, rate: 1, padding}
  ];
  const pad = (margins: Margins | null): [string, Operation] => ["p", {op: "pad", input: "x", margins}];
  const gathered = (margins: Margins | null, crops: Margins | null, padding: "same" | "valid"): [string, Operation][] => [
    ["b", {op: "atrous", input: "x", rate: 2, margins}],
    slid("b", padding),
    ["g", {op: "gather", input: "c", crops}]
  ];
  const cases: [string, [string, Operation][], unknown][] = [
    ["that says none", [slid("x", "valid")], "valid"],
    ["after one zero on each side, without stride", [pad(even(1)), slid("p", "valid")], "same"],
    ["after one zero on each side, with a stride", [pad(even(1)), slid("p", "valid", 2)], "fixed"],
    ["after a zero behind, as Keras pads even maps", [pad(uneven), slid("p", "valid", 2)], uneven],
    ["after zeros that are counted in a run", [pad(null), slid("p", "valid")], "unknown"],
    ["after zeros, that adds its own by the size", [pad(even(1)), slid("p", "same", 2)], "unknown"],
    ["of cells gathered evenly", gathered(even(2), even(0), "valid"), "same"],
    [
      "of cells gathered with more behind, cropped again",
      gathered({before: [2, 2], after: [3, 3]}, {before: [0, 0], after: [1, 1]}, "valid"),
      "same"
    ],
    ["of cells gathered with more behind, not cropped", gathered({before: [2, 2], after: [3, 3]}, even(0), "valid"), expect.anything()],
    ["of cells gathered without zeros", gathered(even(0), even(0), "valid"), "valid"],
    ["of cells gathered, that adds its own", gathered(even(0), even(0), "same"), "same"],
    ["of cells gathered as only a run knows", gathered(null, null, "valid"), "unknown"]
  ];
  test.each(cases)("%s", (_, operations, padding) => {
    const layer = fold(operations).get("c");
    expect(layer).toMatchObject({op: "conv", inputs: ["x"], padding});
    if (typeof padding === "object") expect(layer).not.toMatchObject({padding: "same"});
  });
});

describe("MobileNetV3's activations in TensorFlow's pieces", () => {
  const shift = new Float32Array([3]);
  const scale = new Float32Array([0.16666667]);
  const clipped: [string, Operation][] = [
    ["c", conv],
    ["x+3", {op: "affine", input: "c", shift}],
    ["clip", {op: "activation", input: "x+3", activation: "relu6"}]
  ];
  const cases: [string, [string, Operation][], string][] = [
    ["hard sigmoid", [["end", {op: "affine", input: "clip", scale}]], "hard_sigmoid"],
    [
      "hard swish, as Keras writes it",
      [
        ["sigmoid", {op: "affine", input: "clip", scale}],
        ["end", {op: "multiply", inputs: ["c", "sigmoid"]}]
      ],
      "hard_swish"
    ],
    [
      "hard swish, as the release writes it",
      [
        ["product", {op: "multiply", inputs: ["clip", "c"]}],
        ["end", {op: "affine", input: "product", scale}]
      ],
      "hard_swish"
    ]
  ];
  test.each(cases)("%s", (_, end, activation) => {
    const parts = fold([...clipped, ...end]);
    expect([...parts.values()]).toMatchObject([{name: "c", kernel, bias: new Float32Array(2), activation}]);
  });

  test("are taken for no other: a shift of 2, a product with something else", () => {
    const other = fold([
      ["c", conv],
      ["x+2", {op: "affine", input: "c", shift: new Float32Array([2])}],
      ["clip", {op: "activation", input: "x+2", activation: "relu6"}],
      ["end", {op: "affine", input: "clip", scale}]
    ]);
    expect(other.get("c")).toMatchObject({activation: "relu6", bias: new Float32Array([2, 2])});
    const gate = fold([...clipped, ["sigmoid", {op: "affine", input: "clip", scale}], ["end", {op: "multiply", inputs: ["y", "sigmoid"]}]]);
    expect(gate.get("c")).toMatchObject({activation: "hard_sigmoid"});
    expect(gate.get("end")).toMatchObject({op: "multiply", inputs: ["y", "c"]});
  });
});
