import type {Plan, Step} from "../engine/plan.js";
import {convolutionOf} from "../engine/steps/convolution.js";
import {partsOf} from "./network-parts.js";
import type {NetworkPart} from "./network-parts.js";

/**
 * What each lesson is about, of a network's steps; a lesson that is not named here is about all of them. What is special to a step stands
 * before what many have.
 */
const ABOUT: Readonly<Record<string, (step: Step, part: NetworkPart) => boolean>> = {
  "/learning": (_step, part) => part === "logits",
  "/": ({op}, part) => op === "input" || part === "logits",
  "/decoder": (_step, part) => part === "decoder",
  "/aspp": (_step, part) => part === "aspp",
  "/output-stride": (step) => (convolutionOf(step)?.stride ?? 1) > 1,
  "/atrous": (step) => (convolutionOf(step)?.rate ?? 1) > 1,
  "/residual": ({op}, part) => op === "add" && part === "backbone",
  "/separable": ({op}) => op === "depthwise"
};

/** The paths of the lessons that are about some of these steps, the most special first. */
export function lessonsAbout(plan: Plan): (steps: readonly Step[]) => string[] {
  const part = partsOf(plan);
  return (steps) =>
    Object.entries(ABOUT).flatMap(([path, isAbout]) => (steps.some((step) => isAbout(step, part(step.name))) ? [path] : []));
}

/** Whether a lesson is about some steps, and not about the whole network. */
export function isAboutSome(path: string): boolean {
  return path in ABOUT;
}
