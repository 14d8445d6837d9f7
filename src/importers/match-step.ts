import type {Activation as EngineActivation, Backbone, Network} from "../engine/network.js";
import {plan} from "../engine/plan.js";
import type {FittedHead} from "./fit-head.js";
import type {Activation, ResizeMode} from "./operations.js";

interface Shape {
  readonly height: number;
  readonly channels: number;
}
interface Base extends Shape {
  readonly name: string;
  readonly inputs: readonly string[];
  readonly from: readonly Shape[];
  readonly activation: Activation;
}
interface Slid {
  readonly kernel: readonly [number, number];
  readonly stride: number;
  readonly rate: number;
  readonly padding: "same" | "fixed" | "valid";
}
export type MatchStep = Base &
  (
    | ({readonly op: "conv"; readonly bias: boolean} & Slid)
    | ({readonly op: "depthwise"} & Slid)
    | {
        readonly op: "pool";
        readonly pool: "mean" | "max";
        readonly window: "all" | readonly [number, number];
        readonly stride: number;
        readonly padding: "same" | "fixed" | "valid";
      }
    | {readonly op: "upsample"; readonly sampling: ResizeMode}
    | {readonly op: "affine"; readonly scale: boolean; readonly shift: boolean}
    | {readonly op: "input" | "add" | "multiply" | "concat"}
  );

/** The steps of a plan in the words of the matcher. */
export function matchSteps(network: Network, outputStride: number): MatchStep[] {
  const {steps} = plan(network, {height: 257, width: 257, outputStride});
  const byName = new Map(steps.map((step) => [step.name, step]));
  return steps.map((step): MatchStep => {
    const base = {...step, from: step.inputs.map((name) => byName.get(name)!)};
    const slid = {kernel: [step.kernelSize, step.kernelSize] as const, padding: "same" as const};
    switch (step.op) {
      case "conv":
        return {...base, ...slid, op: "conv", bias: true};
      case "depthwise":
        return {...base, ...slid, op: "depthwise"};
      case "mean":
        return {...base, op: "pool", pool: "mean", window: "all", padding: "valid"};
      case "upsample":
        return {...base, op: "upsample", sampling: "corners"};
      case "batch_norm":
        return {...base, op: "affine", scale: true, shift: true};
      default:
        return {...base, op: step.op};
    }
  });
}

export function networkOf(
  backbone: Backbone,
  {branches, projectionChannels, decoder, classes, activation}: FittedHead,
  stemActivation: Activation
): Network {
  return {
    backbone,
    aspp: {branches, projectionChannels},
    ...(decoder && {decoder}),
    classes,
    activation: stemActivation as EngineActivation,
    headActivation: activation as EngineActivation
  };
}

export function backboneSteps(backbone: Backbone, outputStride: number, stemActivation: Activation): MatchStep[] {
  const head: FittedHead = {
    branches: [{kind: "conv_1x1", name: "conv_1x1", channels: 1}],
    projectionChannels: 1,
    decoder: null,
    classes: 1,
    activation: "relu"
  };
  return matchSteps(networkOf(backbone, head, stemActivation), outputStride).filter(
    ({op, name}) => op === "input" || name.startsWith("backbone/")
  );
}
