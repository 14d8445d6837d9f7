import {expect, test} from "vitest";
import {readTflite} from "../../src/formats/tflite.js";
import {tfliteOperations} from "../../src/importers/tflite-operations.js";
import {tfliteFile} from "../formats/tiny-tflite.js";
import type {TinyOperator, TinyTensor} from "../formats/tiny-tflite.js";

const wholes = (name: string, values: readonly number[], shape = [values.length]): TinyTensor => ({
  name,
  shape,
  type: 2,
  data: new Uint8Array(Int32Array.from(values).buffer)
});

/** The operation of a file with one operator, which reads a map of 9 x 9 cells, then the given tensors. */
function operation(
  operator: Omit<TinyOperator, "inputs" | "output">,
  others: readonly TinyTensor[] = [],
  size: readonly number[] = [9, 9],
  from: readonly number[] = [9, 9]
) {
  const tensors: TinyTensor[] = [
    {name: "map", shape: [1, ...from, 2], type: 0},
    {name: "result", shape: [1, ...size, 2], type: 0},
    ...others
  ];
  const inputs = [0, ...others.map((_, index) => index + 2)];
  return tfliteOperations(readTflite(tfliteFile(tensors, [{...operator, inputs, output: 1}]))).get("1");
}

const resize = (corners: number, half: number) => ({code: 23, options: {type: 15, fields: {2: {byte: corners}, 3: {byte: half}}}});
const pool = (code: number, padding: number, filter: number, stride: number) => ({
  code,
  options: {type: 5, fields: {0: {byte: padding}, 1: stride, 2: stride, 3: filter, 4: filter, 5: {byte: 0}}}
});
const SIZE = wholes("size", [17, 33]);

const cases: [string, ReturnType<typeof operation>, object][] = [
  ["corners aligned", operation(resize(1, 0), [SIZE], [17, 33]), {op: "resize", mode: "corners", size: [17, 33]}],
  ["half-pixel centres", operation(resize(0, 1), [SIZE], [17, 33]), {op: "resize", mode: "half_pixel"}],
  ["neither of them", operation(resize(0, 0), [SIZE], [17, 33]), {op: "resize", mode: "neither"}],
  ["a resize to the size that is there", operation(resize(0, 1), [SIZE]), {op: "same"}],
  ["a resize between sizes that a run alone knows", operation(resize(0, 1), [SIZE], [1, 1], [1, 1]), {op: "resize", mode: "half_pixel"}],
  ["a mean over all of the map", operation(pool(1, 1, 9, 9), [], [1, 1]), {op: "mean", input: "0"}],
  [
    "a mean in windows",
    operation(pool(1, 1, 5, 4), [], [2, 2]),
    {op: "pool", kind: "mean", window: [5, 5], stride: [4, 4], padding: "valid"}
  ],
  ["a maximum", operation(pool(17, 0, 3, 2), [], [5, 5]), {op: "pool", kind: "max", window: [3, 3], stride: [2, 2], padding: "same"}],
  ["a mean by its axes", operation({code: 40, options: {type: 27, fields: {0: {byte: 1}}}}, [wholes("axes", [1, 2])]), {op: "mean"}],
  [
    "a mean over channels",
    operation({code: 40, options: {type: 27, fields: {0: {byte: 1}}}}, [wholes("axes", [3])]),
    {op: "other", what: "MEAN"}
  ],
  [
    "zeros around the map",
    operation({code: 34}, [wholes("paddings", [0, 0, 1, 2, 3, 4, 0, 0], [4, 2])]),
    {op: "pad", margins: {before: [1, 3], after: [2, 4]}}
  ],
  ["a product of two maps", operation({code: 18}, [{name: "gate", shape: [1, 1, 1, 2], type: 0}]), {op: "multiply", inputs: ["0", "2"]}],
  [
    "channels joined",
    operation({code: 2, options: {type: 10, fields: {0: 3}}}, [{name: "b", shape: [1, 9, 9, 2], type: 0}]),
    {op: "concat"}
  ],
  ["rows joined", operation({code: 2, options: {type: 10, fields: {0: 1}}}, [{name: "b", shape: [1, 9, 9, 2], type: 0}]), {op: "other"}],
  ["hard swish", operation({code: 117}), {op: "activation", activation: "hard_swish"}],
  ["sigmoid", operation({code: 14}), {op: "activation", activation: "sigmoid"}],
  ["what is not known", operation({code: 43}), {op: "other", what: "SQUEEZE"}]
];

test.each(cases)("an operator's options are kept: %s", (_, found, expected) => expect(found).toMatchObject(expected));
