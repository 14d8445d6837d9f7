import type {OnnxNode} from "../../formats/onnx.js";
import {isWholeType} from "../../formats/onnx-tensor.js";
import type {OnnxTensor} from "../../formats/onnx-tensor.js";
import {along, broadcast, countOf, picked, spread, stridesOf} from "./picked.js";

/**
 * What a graph computes of constants: sizes to resize to, margins, weights that were turned or shortened. Exporters write such lists as
 * a handful of nodes each.
 */

/** A node with its inputs; undefined where one is left out. */
interface Given {
  readonly node: OnnxNode;
  readonly inputs: readonly (OnnxTensor | undefined)[];
  readonly opset: number;
}

type Computation = (tensor: OnnxTensor, given: Given) => OnnxTensor | null;

/** What a node gives where all that it reads is known; null where it is none of these, or does not fit what it reads. */
export function computed(node: OnnxNode, inputs: readonly (OnnxTensor | undefined)[], opset: number): OnnxTensor | null {
  const [first] = inputs;
  const compute = Object.hasOwn(COMPUTATIONS, node.op) ? COMPUTATIONS[node.op] : undefined;
  return compute && first ? compute(first, {node, inputs, opset}) : null;
}

export function vector(values: readonly number[]): OnnxTensor {
  return {shape: [values.length], values: Float32Array.from(values), isWhole: true};
}

const elementwise =
  (calculate: (value: number) => number): Computation =>
  (tensor) => ({...tensor, values: tensor.values.map(calculate)});

/** Of two, spread to the shape that both fit. */
const ofTwo =
  (calculate: (a: number, b: number, isWhole: boolean) => number): Computation =>
  (a, {inputs: [, b, more]}) => {
    const shape = b && !more && broadcast(a.shape, b.shape);
    if (!shape) return null;
    const [left, right] = [spread(a, shape).values, spread(b, shape).values];
    return {shape, isWhole: a.isWhole, values: left.map((value, i) => calculate(value, right[i]!, a.isWhole))};
  };

const COMPUTATIONS: Readonly<Record<string, Computation>> = {
  Cast(tensor, {node}) {
    const isWhole = isWholeType(Number(node.attributes["to"]));
    return {...tensor, isWhole, ...(isWhole && !tensor.isWhole && {values: tensor.values.map(Math.trunc)})};
  },
  Add: ofTwo((a, b) => a + b),
  Sub: ofTwo((a, b) => a - b),
  Mul: ofTwo((a, b) => a * b),
  Div: ofTwo((a, b, isWhole) => (isWhole ? Math.trunc(a / b) : a / b)),
  // The remainder has the sign of what it is divided by.
  Mod: ofTwo((a, b) => a - b * Math.floor(a / b)),
  Min: ofTwo((a, b) => Math.min(a, b)),
  Max: ofTwo((a, b) => Math.max(a, b)),
  Neg: elementwise((value) => -value),
  Floor: elementwise(Math.floor),
  Ceil: elementwise(Math.ceil),
  Sqrt: elementwise(Math.sqrt),
  Reciprocal: elementwise((value) => 1 / value),
  Shape: ({shape}, {node}) => vector(sectionOf(shape, node)),
  ConstantOfShape({values}, {node: {tensor}}) {
    const shape = Array.from(values);
    if (!shape.every((side) => Number.isInteger(side) && side >= 0)) return null;
    return {shape, values: new Float32Array(countOf(shape)).fill(tensor?.values[0] ?? 0), isWhole: tensor?.isWhole ?? false};
  },
  Concat: (_, {node, inputs}) => concatenated(inputs, Number(node.attributes["axis"] ?? 0)),
  Gather(tensor, {node, inputs: [, indices]}) {
    const axis = axisOf(Number(node.attributes["axis"] ?? 0), tensor.shape.length);
    if (axis === null || !indices || indices.shape.length > 1) return null;
    const side = tensor.shape[axis]!;
    const places = Array.from(indices.values, (index) => (index < 0 ? index + side : index));
    if (!places.every((place) => place >= 0 && place < side)) return null;
    const found = alongAxis(tensor, axis, places);
    return indices.shape.length === 0 ? {...found, shape: found.shape.filter((_, at) => at !== axis)} : found;
  },
  Slice: (tensor, given) => sliced(tensor, given),
  Unsqueeze(tensor, given) {
    const axes = axesOf(given);
    const rank = tensor.shape.length + (axes?.length ?? 0);
    const places = axes?.map((axis) => axisOf(axis, rank));
    if (!places?.every((axis) => axis !== null) || new Set(places).size !== places.length) return null;
    const sides = tensor.shape.values();
    return {...tensor, shape: Array.from({length: rank}, (_, axis) => (places.includes(axis) ? 1 : sides.next().value!))};
  },
  Squeeze(tensor, given) {
    const rank = tensor.shape.length;
    const places = axesOf(given)?.map((axis) => axisOf(axis, rank)) ?? tensor.shape.flatMap((side, axis) => (side === 1 ? axis : []));
    if (!places.every((axis) => axis !== null && tensor.shape[axis] === 1)) return null;
    return {...tensor, shape: tensor.shape.filter((_, axis) => !places.includes(axis))};
  },
  Reshape(tensor, {inputs: [, wanted]}) {
    if (!wanted) return null;
    const stated = Array.from(wanted.values, (side, axis) => (side === 0 ? (tensor.shape[axis] ?? 0) : side));
    const others = stated.reduce((product, side) => (side === -1 ? product : product * side), 1);
    const shape = stated.map((side) => (side === -1 ? tensor.values.length / others : side));
    const isSame = shape.every((side) => Number.isInteger(side) && side >= 0) && countOf(shape) === tensor.values.length;
    return isSame ? {...tensor, shape} : null;
  },
  Transpose(tensor, {node}) {
    const {shape} = tensor;
    const order = (node.attributes["perm"] as readonly number[] | undefined) ?? [...shape.keys()].reverse();
    if (order.toSorted((a, b) => a - b).join() !== [...shape.keys()].join()) return null;
    const strides = stridesOf(shape);
    return picked(
      tensor,
      order.map((axis) => along(shape[axis]!, strides[axis]!))
    );
  },
  DequantizeLinear(tensor, {node, inputs: [, scale, zeroPoint]}) {
    if (!scale || Number(node.attributes["block_size"] ?? 0) !== 0) return null;
    const axis = axisOf(Number(node.attributes["axis"] ?? 1), tensor.shape.length);
    const of = (values: Float32Array | undefined, channel: number) => values?.[values.length === 1 ? 0 : channel] ?? 0;
    const channels = scale.values.length === 1 ? 1 : axis === null ? NaN : tensor.shape[axis];
    if (scale.values.length !== channels) return null;
    const stride = axis === null ? 1 : stridesOf(tensor.shape)[axis]!;
    const values = tensor.values.map((value, i) => {
      const channel = channels === 1 ? 0 : Math.floor(i / stride) % channels;
      return (value - of(zeroPoint?.values, channel)) * of(scale.values, channel);
    });
    return {shape: tensor.shape, values, isWhole: false};
  }
};

/** The part of a shape that a node "Shape" gives. */
export function sectionOf(shape: readonly number[], {attributes}: OnnxNode): readonly number[] {
  return shape.slice(Number(attributes["start"] ?? 0), attributes["end"] === undefined ? undefined : Number(attributes["end"]));
}

/** An axis from 0 on; null where there is none. Negative ones count from the last. */
export function axisOf(axis: number, rank: number): number | null {
  const from = axis < 0 ? axis + rank : axis;
  return Number.isInteger(from) && from >= 0 && from < rank ? from : null;
}

/** Axes, which are an attribute before version 13 and an input since. */
function axesOf({node: {attributes}, inputs: [, axes]}: Given): readonly number[] | undefined {
  return (attributes["axes"] as readonly number[] | undefined) ?? (axes && Array.from(axes.values));
}

/** The cells at these places along an axis. */
function alongAxis(tensor: OnnxTensor, axis: number, places: readonly number[]): OnnxTensor {
  const strides = stridesOf(tensor.shape);
  return picked(
    tensor,
    tensor.shape.map((side, at) => (at === axis ? places.map((place) => place * strides[at]!) : along(side, strides[at]!)))
  );
}

/** Before version 10 the places are attributes, since then inputs. */
function sliced(tensor: OnnxTensor, {node: {attributes}, inputs, opset}: Given): OnnxTensor | null {
  const listOf = (key: string, input: number) =>
    opset < 10 ? (attributes[key] as readonly number[] | undefined) : inputs[input] && Array.from(inputs[input].values);
  const [starts, ends] = [listOf("starts", 1), listOf("ends", 2)];
  if (starts?.length !== ends?.length) return null;
  const axes = listOf("axes", 3) ?? starts?.map((_, axis) => axis);
  const steps = opset < 10 ? undefined : listOf("steps", 4);
  let found: OnnxTensor | null = tensor;
  starts?.forEach((start, i) => {
    const axis = axisOf(axes?.[i] ?? NaN, tensor.shape.length);
    const step = steps?.[i] ?? 1;
    if (!found || axis === null || step === 0 || !Number.isInteger(step)) return (found = null);
    const side = tensor.shape[axis]!;
    const within = (at: number, from: number, to: number) => Math.min(to, Math.max(from, at < 0 ? at + side : at));
    const [first, last] =
      step > 0 ? [within(start, 0, side), within(ends![i]!, 0, side)] : [within(start, 0, side - 1), within(ends![i]!, -1, side - 1)];
    const places = Array.from({length: Math.max(0, Math.ceil((last - first) / step))}, (_, at) => first + at * step);
    return (found = alongAxis(found, axis, places));
  });
  return found;
}

function concatenated(inputs: readonly (OnnxTensor | undefined)[], at: number): OnnxTensor | null {
  const tensors = inputs.flatMap((input) => input ?? []);
  const [first] = tensors;
  const axis = first ? axisOf(at, first.shape.length) : null;
  if (!first || axis === null || tensors.length !== inputs.length) return null;
  const rest = ({shape}: OnnxTensor) => shape.filter((_, side) => side !== axis).join();
  if (tensors.some((tensor) => tensor.shape.length !== first.shape.length || rest(tensor) !== rest(first))) return null;
  const shape = first.shape.map((side, index) => (index === axis ? tensors.reduce((sum, tensor) => sum + tensor.shape[axis]!, 0) : side));
  const values = new Float32Array(countOf(shape));
  let written = 0;
  const outer = countOf(shape.slice(0, axis));
  for (let block = 0; block < outer; block++) {
    for (const tensor of tensors) {
      const length = tensor.values.length / outer;
      values.set(tensor.values.subarray(block * length, (block + 1) * length), written);
      written += length;
    }
  }
  return {shape, values, isWhole: first.isWhole};
}
