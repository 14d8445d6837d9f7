import type {RunningBranch} from "../engine/head.js";
import {INPUT, LOGITS} from "../engine/plan.js";
import type {Plan} from "../engine/plan.js";
import {convolutionOf} from "../engine/steps/convolution.js";
import {kindOf} from "../engine/steps/kinds.js";
import type {Step} from "../engine/steps/kinds.js";

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

export type NetworkPart = "input" | "backbone" | "aspp" | "decoder" | "logits";

/** The part of the network that each end point of a plan belongs to. */
export function partsOf({steps, features, encoded, output}: Plan): (name: string) => NetworkPart {
  const places = new Map(steps.map(({name}, index) => [name, index]));
  const [lastOfBackbone, lastOfAspp] = [places.get(features)!, places.get(encoded)!];
  return (name) => {
    if (name === INPUT) return "input";
    if (name === LOGITS || name === output) return "logits";
    const place = places.get(name)!;
    return place <= lastOfBackbone ? "backbone" : place <= lastOfAspp ? "aspp" : "decoder";
  };
}

/** The branch of ASPP that each end point belongs to, where it belongs to one. */
function branchesByEndPoint({steps, features, branches}: Plan): ReadonlyMap<string, RunningBranch> {
  const inputs = new Map(steps.map((step) => [step.name, step.inputs]));
  const owners = new Map<string, RunningBranch>();
  const claim = (name: string, branch: RunningBranch) => {
    if (name === features || owners.has(name)) return;
    owners.set(name, branch);
    for (const input of inputs.get(name)!) claim(input, branch);
  };
  for (const branch of branches) claim(branch.joined, branch);
  return owners;
}

/** The CSS colour of the part of the network that each end point of a plan belongs to. */
export function partColours(plan: Plan): (name: string) => string {
  const part = partsOf(plan);
  const branches = branchesByEndPoint(plan);
  const atrous = plan.branches.filter(({kind}) => kind === "atrous");
  return (name) => {
    switch (part(name)) {
      case "input":
        return "var(--concept-input)";
      case "backbone":
        return "var(--quiet)";
      case "decoder":
        return "var(--concept-decoder)";
      case "logits":
        return "var(--concept-output)";
      case "aspp": {
        const branch = branches.get(name);
        if (branch?.kind === "image_pooling") return "var(--concept-pooling)";
        if (branch?.kind !== "atrous") return "var(--rate-1)";
        // The one branch of v1 has the middle of the three steps; what is larger than the third has the third's.
        return atrous.length === 1 ? RATE_COLOURS[1]! : RATE_COLOURS[Math.min(atrous.indexOf(branch), RATE_COLOURS.length - 1)]!;
      }
    }
  };
}

/** The kind of a step in words. */
export function operationName(step: Step): string {
  return kindOf(step).words(step);
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
