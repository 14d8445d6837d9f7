import type {Weight} from "../../engine/model.js";
import {paddingOf} from "../../engine/padding.js";
import type {Padding} from "../../engine/padding.js";
import type {ConvolvingOptions} from "../../engine/steps/convolving.js";
import type {StepBase} from "../../engine/steps/kind.js";
import type {Step, StepOp, StepOfOp} from "../../engine/steps/kinds.js";
import type {Sampling} from "../../engine/steps/upsample.js";
import {sides} from "../../engine/steps/window.js";
import {int, ints, text} from "../../formats/onnx-write.js";
import type {WrittenAttribute} from "../../formats/onnx-write.js";
import {HALVES_SWAPPED, TO_OIHW, turned} from "../../importers/kernel-layout.js";
import {activationNodes} from "./activation-nodes.js";
import type {GraphBuilder} from "./graph-builder.js";
import type {Link} from "./link.js";

/** What a step's nodes are made from. */
interface Given {
  readonly graph: GraphBuilder;
  /** Names of the tensors that the step reads. */
  readonly inputs: readonly string[];
  /** Name of the tensor that it gives. */
  readonly output: string;
  /** A weight of the step, by role. @throws Error naming it where it is missing */
  weight(role: string): Weight;
}

/** What each kind of step is in ONNX: a chain of nodes, of which the first reads what the step reads. */
type StepNodes = {readonly [Op in StepOp]: (step: StepOfOp<Op>, given: Given) => readonly Link[]};

/** Every value of a photo, 0 to 255, as the network is given it. */
const PHOTO_SCALE = 1 / 127.5;
const PHOTO_SHIFT = 1;

const SAMPLING_MODES: Readonly<Record<Sampling, string>> = {corners: "align_corners", half_pixel: "half_pixel", neither: "asymmetric"};

const STEP_NODES: StepNodes = {
  input: (_step, {graph}) => [
    {op: "Mul", reads: [graph.number(PHOTO_SCALE)]},
    {op: "Sub", reads: [graph.number(PHOTO_SHIFT)]}
  ],
  conv: (step, given) => convolution(step, given, turned(given.weight("kernel"), TO_OIHW), 1),
  depthwise: (step, given) => convolution(step, given, turned(given.weight("kernel"), HALVES_SWAPPED), step.channels),
  affine(step, {graph, weight}) {
    const perChannel = (role: string) => [graph.weight(`${step.name}/${role}`, {...weight(role), shape: [step.channels, 1, 1]})];
    const links: Link[] = [
      ...(step.scale ? [{op: "Mul", reads: perChannel("scale")}] : []),
      ...(step.shift ? [{op: "Add", reads: perChannel("shift")}] : []),
      ...activationNodes(step.activation, graph)
    ];
    return links.length > 0 ? links : [{op: "Identity"}];
  },
  pool(step) {
    const name = step.pool === "max" ? "MaxPool" : "AveragePool";
    if (step.window === "all") return [{op: `Global${name}`}];
    const window = {kernel: step.window, stride: sides(step.stride), rate: 1, padding: step.padding};
    // That padding counts for no mean is ONNX's default, as it is the engine's.
    return [{op: name, attributes: windowAttributes(step, window)}];
  },
  add: (step, {graph}) => [{op: step.inputs.length === 2 ? "Add" : "Sum"}, ...activationNodes(step.activation, graph)],
  multiply: (step, {graph}) => [{op: "Mul"}, ...activationNodes(step.activation, graph)],
  upsample({height, width, sampling}, {graph, inputs: [input], output}) {
    // By sizes and not by scales: these are rounded, and what is enlarged by them may miss a row.
    const sizes = graph.resized(input!, height, width, output);
    const attributes = [text("mode", "linear"), text("coordinate_transformation_mode", SAMPLING_MODES[sampling])];
    return [{op: "Resize", reads: ["", "", sizes], attributes}];
  },
  concat: () => [{op: "Concat", attributes: [int("axis", 1)]}]
};

function convolution(step: ConvolvingOptions & StepBase, {graph, weight}: Given, kernel: Weight, groups: number): readonly Link[] {
  const reads = [graph.weight(`${step.name}/kernel`, kernel), ...(step.bias ? [graph.weight(`${step.name}/bias`, weight("bias"))] : [])];
  const window = windowAttributes(step, {...step, stride: sides(step.stride)});
  const attributes = [...window, ints("dilations", [step.rate, step.rate]), int("group", groups)];
  return [{op: "Conv", reads, attributes}, ...activationNodes(step.activation, graph)];
}

interface Sliding {
  readonly kernel: readonly [height: number, width: number];
  readonly stride: readonly [height: number, width: number];
  readonly rate: number;
  readonly padding: Padding;
}

/** In cells, never as "same": runtimes differ in what that means where there are rates. */
function windowAttributes({from: [from]}: StepBase, {kernel, stride, rate, padding}: Sliding): WrittenAttribute[] {
  const [rows, columns] = ([from!.height, from!.width] as const).map((size, axis) =>
    paddingOf(size, kernel[axis]!, {rate, stride: stride[axis]!, padding})
  ) as [ReturnType<typeof paddingOf>, ReturnType<typeof paddingOf>];
  return [ints("kernel_shape", kernel), ints("strides", stride), ints("pads", [rows.before, columns.before, rows.after, columns.after])];
}

/** Appends a step to a graph. @throws Error naming a weight that is missing, FormatError where one does not fit float16 */
export function appendStep<Op extends StepOp>(step: StepOfOp<Op> & Step, given: Given): void {
  const links = STEP_NODES[step.op as Op](step, given);
  let read = given.inputs;
  links.forEach(({op, reads = [], attributes}, index) => {
    const isLast = index === links.length - 1;
    read = [given.graph.node(op, isLast ? given.output : `${given.output} (${op})`, [...read, ...reads], attributes)];
  });
}
