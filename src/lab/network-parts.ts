import type {Network} from "../engine/network.js";
import type {Step} from "../engine/plan.js";

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
  return network.aspp.branches.filter(({kind}) => kind === "atrous").map(({name}) => name);
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

const OPERATIONS: Readonly<Record<Step["op"], string>> = {
  input: "the photo",
  conv: "convolution",
  depthwise: "depthwise",
  batch_norm: "batch norm",
  add: "sum",
  mean: "mean over the map",
  upsample: "bilinear upsampling",
  concat: "concatenation"
};

/** The kind of a step in words. */
export function operationName({op}: Step): string {
  return OPERATIONS[op];
}

/** What a step does, e.g. "depthwise 3 × 3". */
export function operation({op, kernelSize}: Step): string {
  return kernelSize > 0 ? `${OPERATIONS[op]} ${kernelSize} × ${kernelSize}` : OPERATIONS[op];
}

/** Width × height × channels, as sizes are written on every page. */
export function shape({height, width, channels}: Pick<Step, "height" | "width" | "channels">): string {
  return `${width} × ${height} × ${channels}`;
}
