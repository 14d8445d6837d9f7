import type {Weight, WeightMap} from "../../engine/model.js";
import type {Network} from "../../engine/network.js";
import {smallestPlan} from "../../engine/plan.js";
import {convolutionOf} from "../../engine/steps/convolution.js";
import type {ConvolutionStep} from "../../engine/steps/convolution.js";
import {FormatError} from "../../formats/format-error.js";
import {readWhenAsked} from "../../formats/node-graph.js";
import type {NamedTensor, StateDict} from "../../formats/state-dict.js";
import {withNorm} from "../batch-norm.js";
import type {BatchNorm} from "../batch-norm.js";
import {inputsMoved} from "../channel-order.js";
import {FROM_OIHW, turned} from "../kernel-layout.js";
import {checkFit} from "../recognise.js";
import type {Shapes} from "../recognise.js";
import {EPSILON} from "./sources.js";
import type {Source, Sources} from "./sources.js";

/** What is counted while a network is trained, and says nothing of it afterwards. */
const COUNTS = /\.num_batches_tracked$/;

export interface Gathering {
  readonly network: Network;
  readonly sources: Sources;
  /** As a sentence names the network. */
  readonly title: string;
  /** Modules that are of no use after training. */
  readonly leftOut?: RegExp;
}

/**
 * The weights of a network's convolutions from a state dict, their batch norms folded in.
 *
 * @returns by our names; what a network has besides convolutions is not in it
 * @throws FormatError saying what is missing, superfluous or of another shape
 */
export function gatherWeights(dict: StateDict, {network, sources, title, leftOut}: Gathering): WeightMap {
  const layers = smallestPlan(network).steps.flatMap((step): SourcedLayer[] => {
    const convolution = convolutionOf(step);
    if (!convolution) return [];
    const source = sources(step.name);
    if (!source) throw new FormatError(`This looks like ${title}, but nothing in it is known to be "${step.name}".`);
    return [{name: step.name, convolution, source, hasBias: dict.has(`${source.conv}.bias`)}];
  });
  const isOfUse = (name: string) => !COUNTS.test(name) && !leftOut?.test(name);
  const found = [...dict].flatMap(([name, {shape}]) => (isOfUse(name) ? [[name, shape] as const] : []));
  checkFit(title, Object.fromEntries(found), Object.assign({}, ...layers.map(tensorsOf)) as Shapes);
  const weights: Record<string, Weight> = {};
  for (const layer of layers) {
    const {kernel, bias} = folded(layer, (name) => dict.get(name)!);
    weights[`${layer.name}/kernel`] = kernel;
    if (layer.convolution.bias) weights[`${layer.name}/bias`] = bias;
  }
  return weights;
}

/** A convolution of ours, and where a state dict has it. */
interface SourcedLayer {
  readonly name: string;
  readonly convolution: ConvolutionStep;
  readonly source: Source;
  readonly hasBias: boolean;
}

/** The tensors that a layer takes, with the shapes that they have there. */
function tensorsOf({convolution, source: {conv, norm}, hasBias}: SourcedLayer): Shapes {
  const {channels} = convolution;
  const lists = [...(hasBias ? [`${conv}.bias`] : []), ...(norm === undefined ? [] : NORM.map((part) => `${norm}.${part}`))];
  return {[`${conv}.weight`]: kernelShape(convolution), ...Object.fromEntries(lists.map((name) => [name, [channels]]))};
}

const NORM = ["weight", "bias", "running_mean", "running_var"] as const;

/** As PyTorch has it: outputs, inputs, rows, columns. */
function kernelShape({op, kernel, channels, from}: ConvolutionStep): number[] {
  return [channels, op === "depthwise" ? 1 : from[0]!.channels, ...kernel];
}

/** A convolution with the batch norm after it; kernels are read when they are asked for. */
function folded({convolution, source, hasBias}: SourcedLayer, tensor: (name: string) => NamedTensor): {kernel: Weight; bias: Weight} {
  const {op, kernel: sides, channels} = convolution;
  const {conv, norm, epsilon = EPSILON, order = null} = source;
  const bare = turned(
    readWhenAsked(kernelShape(convolution), () => tensor(`${conv}.weight`).values()),
    FROM_OIHW
  );
  const unfolded = {
    name: conv,
    kernel: op === "depthwise" ? readWhenAsked([...sides, channels, 1], () => bare.values) : bare,
    bias: hasBias ? tensor(`${conv}.bias`).values() : new Float32Array(channels)
  };
  const learnt = norm === undefined ? undefined : normOf((part) => tensor(`${norm}.${part}`).values());
  const {kernel, bias} = withNorm(unfolded, learnt, epsilon);
  return {kernel: inputsMoved(kernel, order), bias: {shape: [channels], values: bias}};
}

function normOf(part: (name: (typeof NORM)[number]) => Float32Array): BatchNorm {
  return {gamma: part("weight"), beta: part("bias"), mean: part("running_mean"), variance: part("running_var")};
}
