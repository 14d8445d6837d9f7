import type {Weight, WeightMap} from "../../engine/model.js";
import type {Network} from "../../engine/network.js";
import {smallestPlan} from "../../engine/plan.js";
import {convolutionOf} from "../../engine/steps/convolution.js";
import type {ConvolutionStep} from "../../engine/steps/convolution.js";
import {FormatError} from "../../formats/format-error.js";
import {readWhenAsked} from "../../formats/node-graph.js";
import type {StateDict} from "../../formats/state-dict.js";
import {withNorm} from "../batch-norm.js";
import type {BatchNorm} from "../batch-norm.js";
import {inputsMoved} from "../channel-order.js";
import {FROM_OIHW, turned} from "../kernel-layout.js";
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
  const used = new Set<string>();
  const take = (name: string, shape: readonly number[]): Weight => {
    const tensor = dict.get(name);
    if (!tensor) throw new FormatError(`This looks like ${title}, but "${name}" is missing.`);
    if (tensor.shape.join() !== shape.join()) {
      throw new FormatError(
        `This looks like ${title}, but "${name}" has the shape [${tensor.shape.join(", ")}] where [${shape.join(", ")}] is expected.`
      );
    }
    used.add(name);
    return readWhenAsked(shape, () => tensor.values());
  };
  const weights: Record<string, Weight> = {};
  for (const step of smallestPlan(network).steps) {
    const convolution = convolutionOf(step);
    if (!convolution) continue;
    const source = sources(step.name);
    if (!source) throw new FormatError(`This looks like ${title}, but nothing in it is known to be "${step.name}".`);
    const {kernel, bias} = folded(convolution, source, take, dict.has(`${source.conv}.bias`));
    weights[`${step.name}/kernel`] = kernel;
    if (convolution.bias) weights[`${step.name}/bias`] = bias;
  }
  const stranger = [...dict.keys()].find((name) => !used.has(name) && !COUNTS.test(name) && !leftOut?.test(name));
  if (stranger !== undefined) throw new FormatError(`This looks like ${title}, but it also holds "${stranger}", which has no place there.`);
  return weights;
}

/** A convolution with the batch norm after it. */
function folded(
  step: ConvolutionStep,
  {conv, norm, epsilon = EPSILON, order = null}: Source,
  take: (name: string, shape: readonly number[]) => Weight,
  hasBias: boolean
): {kernel: Weight; bias: Weight} {
  const {op, kernel: sides, channels, from} = step;
  const isDepthwise = op === "depthwise";
  const shape = [channels, isDepthwise ? 1 : from[0]!.channels, ...sides];
  const bare = turned(take(`${conv}.weight`, shape), FROM_OIHW);
  const own = hasBias ? take(`${conv}.bias`, [channels]).values : new Float32Array(channels);
  const unfolded = {name: conv, kernel: isDepthwise ? readWhenAsked([...sides, channels, 1], () => bare.values) : bare, bias: own};
  const learnt = norm === undefined ? undefined : normOf((part) => take(`${norm}.${part}`, [channels]).values);
  const {kernel, bias} = withNorm(unfolded, learnt, epsilon);
  return {kernel: inputsMoved(kernel, order), bias: {shape: [channels], values: bias}};
}

function normOf(part: (name: string) => Float32Array): BatchNorm {
  return {gamma: part("weight"), beta: part("bias"), mean: part("running_mean"), variance: part("running_var")};
}
