import type {OnnxGraph, OnnxNode} from "../formats/onnx.js";
import type {OnnxTensor} from "../formats/onnx-tensor.js";
import {FormatError} from "../formats/format-error.js";
import {
  activation,
  arithmetic,
  batchNormalisation,
  bounded,
  clip,
  concat,
  globalMean,
  handsOn,
  hardSigmoid,
  mean,
  transpose
} from "./onnx/elementwise.js";
import {computed, sectionOf, vector} from "./onnx/known.js";
import {OPEN_SIDES, photoOf, shapeOf} from "./onnx/maps.js";
import type {OnnxMap} from "./onnx/maps.js";
import type {NodeReader, Padded, Reading} from "./onnx/reading.js";
import {resize} from "./onnx/resizing.js";
import {convolution, margins, pooling} from "./onnx/windows.js";
import {addSteps, inputsOf} from "./operations.js";
import type {Operation, Operations} from "./operations.js";
import {NotDeepLabError} from "./recognise.js";

/** Operators that our networks are made of. */
const READERS: Readonly<Record<string, NodeReader>> = {
  Conv: convolution,
  BatchNormalization: batchNormalisation,
  Add: arithmetic("add"),
  Sum: arithmetic("add"),
  Sub: arithmetic("sub"),
  Mul: arithmetic("mul"),
  Div: arithmetic("div"),
  Relu: activation("relu"),
  Sigmoid: activation("sigmoid"),
  HardSwish: activation("hard_swish"),
  HardSigmoid: hardSigmoid,
  Clip: clip,
  Min: bounded("min"),
  Max: bounded("max"),
  Concat: concat,
  MaxPool: pooling("max"),
  AveragePool: pooling("mean"),
  GlobalAveragePool: globalMean,
  ReduceMean: mean,
  Resize: resize,
  Upsample: resize,
  Pad: margins,
  Transpose: transpose,
  Identity: handsOn,
  Dropout: handsOn,
  Cast: handsOn,
  // What is rounded in a run is not rounded here: weights are read as the numbers that they stand for.
  QuantizeLinear: handsOn,
  DequantizeLinear: handsOn
};

/** Operators that compute in whole numbers, which no float network is made from again. */
const IN_WHOLE_NUMBERS = /^(com\.microsoft\.)?(QLinear|ConvInteger|MatMulInteger|DynamicQuantizeLinear)/;
/** What else is read by other means, and by which. */
const DECIDES = ["If", "Loop", "Scan"];
const ADVICE = "which decides in the run: export the model by tracing it";

/** More values than all kernels of a network have: small lists can be made to grow without end. */
const MAXIMUM_COMPUTED = 2 ** 26;

/**
 * The operations of an ONNX graph. What it computes of constants and of the sizes of maps is computed; where it leaves the size of photos
 * open, for one size.
 *
 * @param openSide of photos, in pixels, where the file leaves it open
 * @throws FormatError where it is damaged; NotDeepLabError where it is of a kind that is not read at all
 */
export function onnxOperations(graph: OnnxGraph, openSide: number = OPEN_SIDES[0]): Operations {
  const whole = graph.nodes.find(({op}) => IN_WHOLE_NUMBERS.test(op));
  if (whole) {
    throw new NotDeepLabError(
      `This graph computes in whole numbers ("${whole.op}"), which is not read here: quantise it with QuantFormat.QDQ, or give it before it was quantised.`
    );
  }
  const operations = new Map<string, Operation>();
  const constants = new Map(graph.constants);
  const maps = new Map<string, OnnxMap>();
  for (const [name, shape] of graph.inputs) {
    const photo = photoOf(shape, openSide);
    if (photo) maps.set(name, photo);
  }
  const paddings = new Map<string, Padded>();
  const reading: Reading = {
    opset: graph.opset,
    isFromTorch: graph.producer === "pytorch",
    constant: (name = "") => constants.get(name),
    map: (name = "") => maps.get(name),
    operation: (name) => operations.get(name),
    padded: (name) => paddings.get(name)
  };
  let total = 0;
  for (const node of graph.nodes) {
    const [output = "", ...others] = node.outputs;
    const known = knownOf(node, reading);
    if (known) {
      total += known.values.length;
      if (total > MAXIMUM_COMPUTED)
        throw new FormatError(`The ONNX file is damaged: up to "${node.name}" it computes ${total} numbers of constants.`);
      constants.set(output, known);
      continue;
    }
    const found = Object.hasOwn(READERS, node.op) ? READERS[node.op]!(node, reading) : null;
    const unread = (): Operation => ({
      op: "other",
      inputs: node.inputs.filter((name) => name && !constants.has(name)),
      what: inWords(node, found)
    });
    const isRead = found !== null && typeof found === "object";
    addSteps(operations, output, isRead ? found.steps : [unread()]);
    if (isRead && found.map) maps.set(output, found.map);
    const [step] = isRead ? found.steps : [];
    if (step?.op === "pad" && step.margins) paddings.set(output, {input: step.input, margins: step.margins});
    for (const other of others) if (other !== "") operations.set(other, unread());
  }
  return leadingTo(graph.outputs, operations);
}

/** What a node gives where it reads nothing but constants and sizes. */
function knownOf(node: OnnxNode, reading: Reading): OnnxTensor | null {
  const [input] = node.inputs;
  const map = reading.map(input);
  if (node.op === "Shape" && map) {
    const shape = shapeOf(map);
    return shape.some(Number.isNaN) ? null : vector(sectionOf(shape, node));
  }
  const constants = node.inputs.map((name) => reading.constant(name));
  if (!node.inputs.every((name, at) => name === "" || constants[at])) return null;
  if (node.op === "Identity") return constants[0] ?? null;
  // Values that are read when they are asked for are read once.
  const inputs = constants.map((constant) => constant && {...constant});
  return computed(node, inputs, reading.opset);
}

function inWords({op}: OnnxNode, found: unknown): string {
  const what = typeof found === "string" ? found : DECIDES.includes(op) ? ADVICE : undefined;
  return what === undefined ? `ONNX's ${op}` : `ONNX's ${op} ${what}`;
}

/** The operations without those that lead to no output: they would count as readers of what they read. */
function leadingTo(outputs: readonly string[], operations: Operations): Operations {
  const needed = new Set<string>();
  const open = [...outputs];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const operation = operations.get(name);
    if (!operation || needed.has(name)) continue;
    needed.add(name);
    open.push(...inputsOf(operation));
  }
  return new Map([...operations].filter(([name]) => needed.has(name)));
}
