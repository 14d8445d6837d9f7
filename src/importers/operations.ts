import type {Weight} from "../engine/model.js";
import type {Activation} from "../engine/network.js";

/**
 * What the importers see of a network, whatever file it came from: a list of elementary operations. A convolution with
 * fused bias and activation is three of them; weights are already in our layouts.
 */
export type Operation =
  | {readonly op: "conv" | "depthwise"; readonly input: string; readonly kernel: Weight; readonly stride: number; readonly rate: number}
  /** x * scale + shift, one factor and one summand a channel, or one for all. */
  | {readonly op: "affine"; readonly input: string; readonly scale?: Float32Array; readonly shift?: Float32Array}
  | {readonly op: "activation"; readonly input: string; readonly activation: Activation}
  /** SpaceToBatchND: the convolution that follows has this atrous rate. */
  | {readonly op: "atrous"; readonly input: string; readonly rate: number}
  /** Hands on its input, as far as the network is concerned. */
  | {readonly op: "same" | "mean" | "resize"; readonly input: string}
  | {readonly op: "add" | "concat"; readonly inputs: readonly string[]}
  | {readonly op: "other"; readonly inputs: readonly string[]};

/** Operations by the name of their output. */
export type Operations = ReadonlyMap<string, Operation>;

/** Names of the outputs that an operation reads. */
export function inputsOf(operation: Operation): readonly string[] {
  return "input" in operation ? [operation.input] : operation.inputs;
}
