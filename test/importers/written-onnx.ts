import type {Weight} from "../../src/engine/model.js";
import type {Operations} from "../../src/importers/operations.js";
import {PHOTO, floats, onnxFile, wholes} from "../formats/tiny-onnx.js";
import type {TinyNode, TinyOnnx, TinyTensor} from "../formats/tiny-onnx.js";

const TO_FIRST = {perm: [0, 3, 1, 2]};
const TO_LAST = {perm: [0, 2, 3, 1]};

export interface WrittenOnnx extends Pick<TinyOnnx, "opset" | "metadata"> {
  /** Whether weights are kept as bytes with a scale a channel, and maps rounded after each convolution. */
  readonly quantised?: boolean;
}

/** Operations as tf2onnx writes those of TensorFlow: channels last outside, and moved where an operator of ONNX wants them first. */
export function onnxOf(operations: Operations, {quantised = false, ...options}: WrittenOnnx = {}): Uint8Array {
  const nodes: TinyNode[] = [];
  const tensors: TinyTensor[] = [];
  const constant = (tensor: TinyTensor) => {
    tensors.push(tensor);
    return tensor.name;
  };
  /** Rates of what would be gathered into batches: tf2onnx gives them to the convolution. */
  const gathered = new Map<string, {readonly input: string; readonly rate: number}>();
  for (const [name, operation] of operations) {
    const push = (op: string, inputs: readonly string[], attributes: TinyNode["attributes"] = {}, output = name) =>
      nodes.push({op, inputs, output, attributes});
    switch (operation.op) {
      case "conv":
      case "depthwise": {
        const {input, rate: dilations} = gathered.get(operation.input) ?? operation;
        const groups = operation.op === "conv" ? 1 : operation.kernel.shape[2]!;
        const weight = kernelOf(`${name}/w`, operation.kernel, groups);
        const kernel = quantised ? `${name}/dequantised` : constant(weight);
        if (quantised) {
          const {bytes, scale, zeroPoint} = inBytes(weight);
          push("DequantizeLinear", [bytes, scale, zeroPoint].map(constant), {axis: 0}, kernel);
        }
        push("Conv", [input, kernel], {
          strides: [operation.stride, operation.stride],
          dilations: [dilations, dilations],
          group: groups,
          auto_pad: "SAME_UPPER"
        });
        break;
      }
      case "affine":
        push("Add", [operation.input, constant(floats(`${name}/b`, [1, operation.shift!.length, 1, 1], operation.shift!))]);
        break;
      case "activation":
        if (operation.activation === "relu") push("Relu", [operation.input]);
        else push("Clip", [operation.input, constant(floats(`${name}/low`, [], [0])), constant(floats(`${name}/high`, [], [6]))]);
        break;
      case "atrous":
        gathered.set(name, operation);
        break;
      case "gather":
        push("Identity", [operation.input]);
        break;
      case "mean":
        push("ReduceMean", [operation.input], {axes: [2, 3], keepdims: 1});
        break;
      case "resize": {
        const mode = {corners: "align_corners", half_pixel: "half_pixel", neither: "asymmetric"}[operation.mode];
        push("Transpose", [operation.input], TO_LAST, `${name}/last`);
        push("Transpose", [`${name}/last`], TO_FIRST, `${name}/first`);
        // Batch and channels of the map, rows and columns of TensorFlow's constant.
        push("Shape", [`${name}/first`], {}, `${name}/shape`);
        push("Slice", [`${name}/shape`, constant(wholes(`${name}/0`, [0])), constant(wholes(`${name}/2`, [2]))], {}, `${name}/kept`);
        push("Concat", [`${name}/kept`, constant(wholes(`${name}/size`, [65, 65]))], {axis: 0}, `${name}/sizes`);
        push("Resize", [`${name}/first`, "", "", `${name}/sizes`], {mode: "linear", coordinate_transformation_mode: mode});
        break;
      }
      case "add":
        push("Add", operation.inputs);
        break;
      case "concat":
        push("Concat", operation.inputs, {axis: 1});
        break;
      case "other":
        push("Transpose", [PHOTO], TO_FIRST);
        break;
      default:
        throw new RangeError(`No file is written with "${operation.op}".`);
    }
  }
  const [last] = [...operations.keys()].slice(-1);
  nodes.push({op: "Transpose", inputs: [last!], output: "logits (last)", attributes: TO_LAST});
  nodes.push({op: "ArgMax", inputs: ["logits (last)"], output: "mask", attributes: {axis: -1}});
  return onnxFile({nodes, tensors, input: [0, 513, 513, 3], producer: "tf2onnx", opset: 13, ...options});
}

/** output x input x height x width, the input of a depthwise kernel being one. */
function kernelOf(name: string, {shape, values}: Weight, groups: number): TinyTensor {
  const [height, width, third, fourth] = shape as [number, number, number, number];
  const [inputs, outputs] = groups > 1 ? [1, third] : [third, fourth];
  const moved = new Float32Array(values.length);
  let at = 0;
  for (let position = 0; position < height * width; position++) {
    for (let input = 0; input < inputs; input++) {
      for (let output = 0; output < outputs; output++) moved[(output * inputs + input) * height * width + position] = values[at++]!;
    }
  }
  return {name, dims: [outputs, inputs, height, width], rawData: new Uint8Array(moved.buffer)};
}

const INT8 = 3;

/** A kernel in signed bytes with a scale a channel. */
function inBytes({name, dims, rawData}: TinyTensor): Record<"bytes" | "scale" | "zeroPoint", TinyTensor> {
  const values = new Float32Array((rawData as Uint8Array).buffer);
  const channels = dims![0]!;
  const size = values.length / channels;
  const scales = Array.from(
    {length: channels},
    (_, channel) => Math.max(...values.subarray(channel * size, (channel + 1) * size).map(Math.abs)) / 127
  );
  const bytes = Int8Array.from(values, (value, i) => Math.round(value / scales[Math.floor(i / size)]!));
  return {
    bytes: {name: `${name}/bytes`, dims: dims!, dataType: INT8, rawData: new Uint8Array(bytes.buffer)},
    scale: floats(`${name}/scale`, [channels], scales),
    zeroPoint: {name: `${name}/zero`, dims: [channels], dataType: INT8, rawData: new Uint8Array(channels)}
  };
}
