import type {Weight} from "../../src/engine/model.js";
import type {Operation, Operations} from "../../src/importers/operations.js";
import {constant, field, integer, node} from "../formats/tiny-graphdef.js";
import {tfliteFile} from "../formats/tiny-tflite.js";
import type {TinyOperator, TinyTensor} from "../formats/tiny-tflite.js";

/** Operations as the files that the importers read: weights, options and attributes where each format keeps them. */

const FLOAT = 1;
const INT32 = 3;
const bytesOf = (values: ArrayLike<number>) => new Uint8Array(Float32Array.from(values).buffer);
const wholeBytes = (values: readonly number[]) => new Uint8Array(Int32Array.from(values).buffer);

/** Sizes of maps play no part but in a resize, which goes from the one to the other. */
const MAP = [1, 33, 33, 1];
const ENLARGED = [1, 65, 65, 1];
const NO_MARGINS = [0, 0, 0, 0];

/** A TensorFlow Lite file. */
export function tfliteOf(operations: Operations): Uint8Array {
  const tensors: TinyTensor[] = [];
  const operators: TinyOperator[] = [];
  const add = (tensor: Omit<TinyTensor, "name">) => tensors.push({name: `t${tensors.length}`, ...tensor}) - 1;
  const floats = (shape: readonly number[], values: ArrayLike<number>) => add({shape, type: 0, data: bytesOf(values)});
  const wholes = (values: readonly number[]) => add({shape: [values.length], type: 2, data: wholeBytes(values)});
  const places = new Map<string, number>();
  const place = (name: string) => places.get(name)!;

  for (const [name, operation] of operations) {
    const output = add({shape: operation.op === "resize" ? ENLARGED : MAP, type: 0});
    places.set(name, output);
    const push = (code: number, inputs: readonly number[], options?: TinyOperator["options"]) =>
      operators.push({code, inputs, output, ...(options && {options})});
    switch (operation.op) {
      case "conv": {
        const {input, kernel, stride, rate} = operation;
        push(3, [place(input), floats(...ohwi(kernel))], {type: 1, fields: {0: {byte: 0}, 1: stride, 2: stride, 4: rate, 5: rate}});
        break;
      }
      case "depthwise": {
        const {input, kernel, stride, rate} = operation;
        const [height, width, channels] = kernel.shape as [number, number, number];
        const fields = {0: {byte: 0}, 1: stride, 2: stride, 3: 1, 5: rate, 6: rate};
        push(4, [place(input), floats([1, height, width, channels], kernel.values)], {type: 2, fields});
        break;
      }
      case "affine":
        push(0, [place(operation.input), floats([operation.shift!.length], operation.shift!)]);
        break;
      case "activation":
        push(operation.activation === "relu" ? 19 : 21, [place(operation.input)]);
        break;
      case "atrous":
        push(38, [place(operation.input), wholes([operation.rate, operation.rate]), wholes(NO_MARGINS)]);
        break;
      case "gather":
        push(37, [place(operation.input), wholes([1, 1]), wholes(NO_MARGINS)]);
        break;
      case "mean":
        push(40, [place(operation.input), wholes([1, 2])], {type: 27, fields: {0: {byte: 1}}});
        break;
      case "resize": {
        const [corners, half] = [Number(operation.mode === "corners"), Number(operation.mode === "half_pixel")];
        push(23, [place(operation.input), wholes([65, 65])], {type: 15, fields: {2: {byte: corners}, 3: {byte: half}}});
        break;
      }
      case "add":
        push(0, operation.inputs.map(place));
        break;
      case "concat":
        push(2, operation.inputs.map(place), {type: 10, fields: {0: 3}});
        break;
      case "other":
        break;
      default:
        throw new RangeError(`No file is written with "${operation.op}".`);
    }
  }
  return tfliteFile(tensors, operators);
}

/** A frozen graph. */
export function graphDefOf(operations: Operations): Uint8Array {
  const nodes: Uint8Array[] = [];
  const constantOf = (name: string, type: number, shape: readonly number[], bytes: Uint8Array) => {
    nodes.push(node(name, "Const", [], constant(type, shape, field(4, bytes))));
    return name;
  };
  const floats = (name: string, {shape, values}: Weight) => constantOf(name, FLOAT, shape, bytesOf(values));
  const wholes = (name: string, values: readonly number[]) => constantOf(name, INT32, [values.length], wholeBytes(values));
  for (const [name, operation] of operations) {
    const push = (op: string, inputs: readonly string[], attributes: Readonly<Record<string, Uint8Array>> = {}) =>
      nodes.push(node(name, op, inputs, attributes));
    switch (operation.op) {
      case "conv":
      case "depthwise":
        push(operation.op === "conv" ? "Conv2D" : "DepthwiseConv2dNative", [operation.input, floats(`${name}/w`, operation.kernel)], {
          strides: sides(operation.stride),
          dilations: sides(operation.rate),
          padding: field(2, "SAME")
        });
        break;
      case "affine":
        push("BiasAdd", [operation.input, floats(`${name}/b`, {shape: [operation.shift!.length], values: operation.shift!})]);
        break;
      case "activation":
        push(operation.activation === "relu" ? "Relu" : "Relu6", [operation.input]);
        break;
      case "atrous":
        push("SpaceToBatchND", [
          operation.input,
          wholes(`${name}/block`, [operation.rate, operation.rate]),
          constantOf(`${name}/paddings`, INT32, [2, 2], wholeBytes(NO_MARGINS))
        ]);
        break;
      case "gather":
        push("BatchToSpaceND", [operation.input, wholes(`${name}/block`, [1, 1]), wholes(`${name}/crops`, NO_MARGINS)]);
        break;
      case "mean":
        push("Mean", [operation.input, wholes(`${name}/axes`, [1, 2])], {keep_dims: integer(5, 1)});
        break;
      case "resize":
        push("ResizeBilinear", [operation.input, wholes(`${name}/size`, [65, 65])], resizeAttributes(operation));
        break;
      case "add":
        push("AddV2", operation.inputs);
        break;
      case "concat":
        push("ConcatV2", [...operation.inputs, constantOf(`${name}/axis`, INT32, [], wholeBytes([3]))]);
        break;
      case "other":
        push("Placeholder", []);
        break;
      default:
        throw new RangeError(`No file is written with "${operation.op}".`);
    }
  }
  return Uint8Array.from(Buffer.concat(nodes));
}

function resizeAttributes({mode}: Extract<Operation, {op: "resize"}>): Record<string, Uint8Array> {
  return {align_corners: integer(5, Number(mode === "corners")), half_pixel_centers: integer(5, Number(mode === "half_pixel"))};
}

/** A list of four numbers, one a side (NHWC). */
function sides(value: number): Uint8Array {
  return field(
    1,
    [1, value, value, 1].map((side) => integer(3, side))
  );
}

/** TensorFlow Lite keeps kernels as output x height x width x input. */
function ohwi({shape, values}: Weight): [number[], Float32Array] {
  const [height, width, inputs, outputs] = shape as [number, number, number, number];
  const moved = new Float32Array(values.length);
  values.forEach((value, at) => {
    const output = at % outputs;
    const rest = Math.floor(at / outputs);
    moved[output * height * width * inputs + rest] = value;
  });
  return [[outputs, height, width, inputs], moved];
}
