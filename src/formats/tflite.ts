import {weightsBudget} from "./budget.js";
import {FlatTable} from "./flat-table.js";
import {FormatError} from "./format-error.js";
import {getFloat16} from "./float16.js";

/** Numbers of the types and operators that networks like DeepLab use, from TensorFlow Lite's schema.fbs. */
const TYPES: Readonly<Record<number, TfliteType>> = {0: "float32", 1: "float16", 2: "int32", 3: "uint8", 4: "int64", 7: "int16", 9: "int8"};
const OPERATORS: Readonly<Record<number, string>> = {
  0: "ADD",
  1: "AVERAGE_POOL_2D",
  2: "CONCATENATION",
  3: "CONV_2D",
  4: "DEPTHWISE_CONV_2D",
  6: "DEQUANTIZE",
  9: "FULLY_CONNECTED",
  14: "LOGISTIC",
  17: "MAX_POOL_2D",
  18: "MUL",
  19: "RELU",
  21: "RELU6",
  22: "RESHAPE",
  23: "RESIZE_BILINEAR",
  25: "SOFTMAX",
  34: "PAD",
  37: "BATCH_TO_SPACE_ND",
  38: "SPACE_TO_BATCH_ND",
  40: "MEAN",
  41: "SUB",
  43: "SQUEEZE",
  45: "STRIDED_SLICE",
  53: "CAST",
  56: "ARG_MAX",
  97: "RESIZE_NEAREST_NEIGHBOR",
  114: "QUANTIZE",
  117: "HARD_SWISH"
};
const ACTIVATIONS = ["NONE", "RELU", "RELU_N1_TO_1", "RELU6", "TANH", "SIGN_BIT"] as const;
const PADDINGS = ["SAME", "VALID"] as const;
const NO_OPERATOR_CODE_LIMIT = 127;

export type TfliteType = "float32" | "float16" | "int32" | "uint8" | "int64" | "int16" | "int8";

/** value = scale * (stored - zero point), one pair for the tensor or one a channel of `dimension`. */
export interface TfliteQuantisation {
  readonly scales: readonly number[];
  readonly zeroPoints: readonly number[];
  /** Axis of the channels where there are several scales. */
  readonly dimension: number;
}

export interface TfliteTensor {
  readonly name: string;
  readonly shape: readonly number[];
  /** "other" for types that no weight of a network has (text, complex, ...). */
  readonly type: TfliteType | "other";
  /** A view of the file; empty for what is computed in a run. */
  readonly data: Uint8Array;
  readonly quantisation: TfliteQuantisation | null;
}

/** Options of a convolution or pooling. */
export interface TfliteWindow {
  readonly padding: "SAME" | "VALID";
  readonly strideHeight: number;
  readonly strideWidth: number;
  readonly dilationHeight: number;
  readonly dilationWidth: number;
  /** Output channels for each input channel of a depthwise convolution; 1 elsewhere. */
  readonly depthMultiplier: number;
  /** Cells under the window of a pooling. */
  readonly filterHeight?: number;
  readonly filterWidth?: number;
}

export interface TfliteOperator {
  /** Name in the schema, e.g. "CONV_2D"; the name of a custom operator; or "operator 97". */
  readonly op: string;
  /** Indices of tensors; -1 for an optional one that is absent. */
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  /** Fused activation of convolutions, poolings, additions, products and concatenations; "NONE" elsewhere. */
  readonly activation: (typeof ACTIVATIONS)[number];
  /** For CONV_2D, DEPTHWISE_CONV_2D and poolings. */
  readonly window: TfliteWindow | null;
  /** For RESIZE_BILINEAR: whether the corner cells of both maps lie on each other. */
  readonly alignCorners: boolean;
  /** For RESIZE_BILINEAR: whether the corners of both maps' corner cells do. */
  readonly halfPixelCenters?: boolean;
  /** For CONCATENATION: the axis along which the inputs follow each other; -1 is the last. */
  readonly axis?: number;
  /** For MEAN: whether the axes that are averaged stay, with a side of 1. */
  readonly keepsAxes?: boolean;
}

/** The first subgraph of a file. */
export interface Tflite {
  readonly description: string;
  readonly tensors: readonly TfliteTensor[];
  /** In the order in which they run. */
  readonly operators: readonly TfliteOperator[];
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
}

/**
 * Reads a TensorFlow Lite file: its tensors and operators, no values yet (see `tfliteValues`).
 *
 * @throws FormatError where the file is not TensorFlow Lite, cut off or damaged
 */
export function readTflite(bytes: Uint8Array): Tflite {
  const model = FlatTable.root(bytes, "TFL3", "TensorFlow Lite");
  const codes = model.tables(1).map(operatorName);
  const graph = model.tables(2)[0];
  if (!graph) throw new FormatError("The TensorFlow Lite file holds no graph.");
  const buffers = model.tables(4);
  const tensors = graph.tables(0).map((table) => readTensor(table, buffers));
  const budget = weightsBudget(bytes.length);
  for (const {name, type, data} of tensors)
    if (type !== "other") budget.take(name, (Float32Array.BYTES_PER_ELEMENT * data.length) / READERS[type].bytes);
  const inGraph = (indices: number[]): number[] => {
    for (const index of indices) {
      if (index < -1 || index >= tensors.length) {
        throw new FormatError(`The TensorFlow Lite file is damaged: it uses tensor ${index} of ${tensors.length}.`);
      }
    }
    return indices;
  };
  const operators = graph.tables(3).map((table): TfliteOperator => {
    const op = codes[table.uint32(0)];
    if (op === undefined) throw new FormatError("The TensorFlow Lite file is damaged: an operator is of no known kind.");
    return {op, inputs: inGraph(table.int32s(1)), outputs: inGraph(table.int32s(2)), ...readOptions(op, table.table(4))};
  });
  return {
    description: model.string(3),
    tensors,
    operators,
    inputs: inGraph(graph.int32s(1)),
    outputs: inGraph(graph.int32s(2))
  };
}

/**
 * Whether the bytes of a constant tensor fill its shape, and its scales fit its channels.
 *
 * @throws FormatError where not
 */
export function checkTfliteValues({name, shape, type, data, quantisation}: TfliteTensor): void {
  if (type === "other") throw new FormatError(`Tensor "${name}" of the TensorFlow Lite file is of a type that is not read here.`);
  const expected = shape.reduce((product, side) => product * side, 1) * READERS[type].bytes;
  if (data.length !== expected) {
    throw new FormatError(`Tensor "${name}" has ${data.length} bytes where ${type} of shape [${shape.join(", ")}] takes ${expected}.`);
  }
  const channels = quantisation?.scales.length ?? 0;
  const found = shape[quantisation?.dimension ?? 0];
  if (channels > 1 && found !== channels) throw new FormatError(`Tensor "${name}" has ${channels} scales for ${found ?? 0} channels.`);
}

/**
 * The constant values of a tensor as float32, dequantised where it is quantised: scale * (stored - zero point).
 *
 * @throws FormatError where its bytes do not fill its shape or its scales do not fit its channels
 */
export function tfliteValues(tensor: TfliteTensor): Float32Array {
  checkTfliteValues(tensor);
  const {shape, data, quantisation} = tensor;
  const {bytes: elementBytes, read} = READERS[tensor.type as TfliteType];
  const count = data.length / elementBytes;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const values = new Float32Array(count);
  if (!quantisation) {
    for (let i = 0; i < count; i++) values[i] = read(view, i * elementBytes);
    return values;
  }
  const {scales, zeroPoints, dimension} = quantisation;
  const channels = scales.length;
  /** Values between one channel and the next. */
  const step = shape.slice(dimension + 1).reduce((product, side) => product * side, 1);
  for (let i = 0; i < count; i++) {
    const channel = channels === 1 ? 0 : Math.floor(i / step) % channels;
    values[i] = scales[channel]! * (read(view, i * elementBytes) - (zeroPoints[channel] ?? 0));
  }
  return values;
}

const READERS: Record<TfliteType, {bytes: number; read: (view: DataView, offset: number) => number}> = {
  float32: {bytes: 4, read: (view, offset) => view.getFloat32(offset, true)},
  float16: {bytes: 2, read: (view, offset) => getFloat16(view, offset, true)},
  int32: {bytes: 4, read: (view, offset) => view.getInt32(offset, true)},
  uint8: {bytes: 1, read: (view, offset) => view.getUint8(offset)},
  int64: {bytes: 8, read: (view, offset) => Number(view.getBigInt64(offset, true))},
  int16: {bytes: 2, read: (view, offset) => view.getInt16(offset, true)},
  int8: {bytes: 1, read: (view, offset) => view.getInt8(offset)}
};

function operatorName(code: FlatTable): string {
  // The first field held a byte; newer files carry numbers from 127 up in the fourth.
  const old = code.int8(0);
  const number = old < NO_OPERATOR_CODE_LIMIT ? Math.max(old, code.int32(3)) : code.int32(3);
  return code.string(1) || (OPERATORS[number] ?? `operator ${number}`);
}

function readTensor(table: FlatTable, buffers: readonly FlatTable[]): TfliteTensor {
  const name = table.string(3);
  const buffer = buffers[table.uint32(2)];
  if (!buffer) throw new FormatError(`The TensorFlow Lite file is damaged: tensor "${name}" has no buffer.`);
  const shape = table.int32s(0);
  return {name, shape, type: TYPES[table.int8(1)] ?? "other", data: buffer.bytes(0), quantisation: readQuantisation(name, table.table(4))};
}

function readQuantisation(name: string, table: FlatTable | null): TfliteQuantisation | null {
  const scales = table?.float32s(2) ?? [];
  if (!table || scales.length === 0) return null;
  const zeroPoints = table.int64s(3);
  if (zeroPoints.length > 0 && zeroPoints.length !== scales.length) {
    throw new FormatError(`Tensor "${name}" has ${scales.length} scales, but ${zeroPoints.length} zero points.`);
  }
  return {scales, zeroPoints, dimension: table.int32(6)};
}

/** Field numbers of an operator's options: activation, and for windows padding, strides, multiplier, dilations and filter. */
interface OptionFields {
  readonly activation: number;
  readonly window?: true;
  readonly depthMultiplier?: number;
  readonly dilationWidth?: number;
  readonly dilationHeight?: number;
  readonly filterWidth?: number;
  readonly filterHeight?: number;
}

const OPTION_FIELDS: ReadonlyMap<string, OptionFields> = new Map(
  Object.entries<OptionFields>({
    CONV_2D: {activation: 3, window: true, dilationWidth: 4, dilationHeight: 5},
    DEPTHWISE_CONV_2D: {activation: 4, window: true, depthMultiplier: 3, dilationWidth: 5, dilationHeight: 6},
    AVERAGE_POOL_2D: {activation: 5, window: true, filterWidth: 3, filterHeight: 4},
    MAX_POOL_2D: {activation: 5, window: true, filterWidth: 3, filterHeight: 4},
    ADD: {activation: 0},
    SUB: {activation: 0},
    MUL: {activation: 0},
    CONCATENATION: {activation: 1}
  })
);

type Options = Omit<TfliteOperator, "op" | "inputs" | "outputs">;

function readOptions(op: string, table: FlatTable | null): Options {
  const fields = OPTION_FIELDS.get(op);
  return {
    activation: fields ? known(op, "activation", ACTIVATIONS, table?.int8(fields.activation) ?? 0) : "NONE",
    window: fields?.window ? readWindow(op, fields, table) : null,
    alignCorners: op === "RESIZE_BILINEAR" && (table?.boolean(2) ?? false),
    ...(op === "RESIZE_BILINEAR" && {halfPixelCenters: table?.boolean(3) ?? false}),
    ...(op === "CONCATENATION" && {axis: table?.int32(0) ?? 0}),
    ...(op === "MEAN" && {keepsAxes: table?.boolean(0) ?? false})
  };
}

function readWindow(
  op: string,
  {depthMultiplier, dilationWidth, dilationHeight, filterWidth, filterHeight}: OptionFields,
  table: FlatTable | null
): TfliteWindow {
  const read = (field: number | undefined, absent: number): number => (field === undefined ? 1 : (table?.int32(field, absent) ?? 1));
  return {
    padding: known(op, "padding", PADDINGS, table?.int8(0) ?? 0),
    strideWidth: table?.int32(1) ?? 0,
    strideHeight: table?.int32(2) ?? 0,
    depthMultiplier: read(depthMultiplier, 0),
    dilationWidth: read(dilationWidth, 1),
    dilationHeight: read(dilationHeight, 1),
    ...(filterHeight !== undefined && {filterWidth: read(filterWidth, 0), filterHeight: read(filterHeight, 0)})
  };
}

/** What a number of the schema stands for; another one would be taken for a default otherwise, and the network run as a different one. */
function known<T>(op: string, what: string, words: readonly T[], number: number): T {
  const word = words[number];
  if (word === undefined) throw new FormatError(`The TensorFlow Lite file is damaged: ${op} has the ${what} ${number}, which is none.`);
  return word;
}
