import type {Network} from "../engine/network.js";
import {convolutionOf} from "../engine/steps/convolution.js";
import type {Step, StepOfOp, StepOp} from "../engine/steps/kinds.js";

const RATE_COLOURS = ["var(--rate-6)", "var(--rate-12)", "var(--rate-18)"];

/** The parts of the network with their colours, for a legend. */
export const PARTS = [
  {name: "input", colour: "var(--concept-input)"},
  {name: "backbone", colour: "var(--quiet)"},
  {name: "1 × 1 in ASPP", colour: "var(--rate-1)"},
  {name: "atrous branches, deeper with the rate", colour: RATE_COLOURS[1]!},
  {name: "image pooling", colour: "var(--concept-pooling)"},
  {name: "skip and decoder", colour: "var(--concept-decoder)"},
  {name: "logits", colour: "var(--concept-output)"}
] as const;

/** Names of the ASPP branches that are deeper in colour with each rate. */
export function atrousBranches(network: Network): string[] {
  return network.head.aspp.branches.filter(({kind}) => kind === "atrous").map(({name}) => name);
}

/** The CSS colour of the part of the network that an end point belongs to. @param atrousBranches names of the branches, in order of their rates */
export function partColour(name: string, atrousBranches: readonly string[]): string {
  const [part, section] = name.split("/");
  if (part === "input") return "var(--concept-input)";
  if (part === "backbone") return "var(--quiet)";
  if (part === "decoder") return "var(--concept-decoder)";
  if (part === "logits") return "var(--concept-output)";
  if (section === "image_pooling") return "var(--concept-pooling)";
  const branch = atrousBranches.indexOf(section ?? "");
  if (branch < 0) return "var(--rate-1)";
  // The one branch of v1 has the middle of the three steps; what is larger than the third has the third's.
  return atrousBranches.length === 1 ? RATE_COLOURS[1]! : RATE_COLOURS[Math.min(branch, RATE_COLOURS.length - 1)]!;
}

const OPERATIONS: {readonly [Op in StepOp]: (step: StepOfOp<Op>) => string} = {
  input: () => "the photo",
  conv: () => "convolution",
  depthwise: () => "depthwise",
  affine: ({scale, shift, activation}) => (scale || shift ? "batch norm" : activation),
  pool: ({pool, window}) => (window === "all" ? `${pool} over the map` : `${pool} pooling ${window.join(" × ")}`),
  add: () => "sum",
  multiply: () => "product",
  upsample: () => "bilinear upsampling",
  concat: () => "concatenation"
};

/** The kind of a step in words. */
export function operationName(step: Step): string {
  return (OPERATIONS[step.op] as (step: Step) => string)(step);
}

/** What a step does, e.g. "depthwise 3 × 3". */
export function operation(step: Step): string {
  const convolution = convolutionOf(step);
  return convolution ? `${operationName(step)} ${convolution.kernel.join(" × ")}` : operationName(step);
}

/** Width × height × channels, as sizes are written on every page. */
export function shape({height, width, channels}: Pick<Step, "height" | "width" | "channels">): string {
  return `${width} × ${height} × ${channels}`;
}
