import {CONSTANT} from "../engine/aspp.js";
import type {RunningBranch} from "../engine/head.js";
import type {Plan} from "../engine/plan.js";

/** What a source of the logits is called, and its colour. */
export interface SourceLook {
  readonly title: string;
  /** CSS colour. */
  readonly colour: string;
}

/** Three steps of one hue: the larger the rate, the deeper. */
const ATROUS = ["var(--rate-6)", "var(--rate-12)", "var(--rate-18)"];

const OTHERS = {
  conv_1x1: {title: "1 × 1", colour: "var(--rate-1)"},
  image_pooling: {title: "image pooling", colour: "var(--concept-pooling)"}
} as const;

const SKIP: SourceLook = {title: "low-level skip", colour: "var(--concept-decoder)"};
const REST: SourceLook = {title: "biases and clipped ReLUs", colour: "var(--concept-cost)"};

/**
 * The look of each source of the logits in a plan, by its end point: ASPP's branches, the skips and the constant part; the same on every
 * page.
 */
export function sourceLooks({branches, skips}: Pick<Plan, "branches" | "skips">): (endPoint: string) => SourceLook {
  const atrous = branches.filter(({kind}) => kind === "atrous");
  // An atrous branch is called what the list of layers calls it: numbers that begin with another would name another branch.
  const looks = new Map<string, SourceLook>([[CONSTANT, REST]]);
  for (const branch of branches)
    for (const end of [branch.endPoint, branch.joined]) looks.set(end, branchLook(branch, atrous.indexOf(branch)));
  for (const {endPoint} of skips) looks.set(endPoint, SKIP);
  return (endPoint) => looks.get(endPoint) ?? {title: endPoint, colour: "var(--concept-cost)"};
}

/** @param index of an atrous branch among those */
function branchLook({kind, name}: RunningBranch, index: number): SourceLook {
  return kind === "atrous" ? {title: name.replaceAll("_", " "), colour: ATROUS[Math.min(index, ATROUS.length - 1)]!} : OTHERS[kind];
}
