import {INPUT, stepsBetween} from "./step-list.js";
import {activationKind} from "./steps/activation.js";
import {kindOf} from "./steps/kinds.js";
import type {Step} from "./steps/kinds.js";

/** Which steps gradients pass on their way back from an end point, and what they look at there. */
export interface WayBack {
  /** End points whose weights gradients are wanted of. */
  readonly trained: ReadonlySet<string>;
  /** End points that a gradient is wanted of: the input, or what weights that are trained lead to. */
  readonly reached: ReadonlySet<string>;
  /** The steps of those, in the order of a run. */
  readonly visited: readonly Step[];
  /** End points whose activations the way back through each of them looks at. */
  readonly needs: ReadonlyMap<string, readonly string[]>;
}

export interface WayBackOptions {
  /** End points through which no gradient flows. */
  readonly without: readonly string[];
  /** Whether the gradient with respect to the input is wanted. */
  readonly ofInput: boolean;
  /** Whether gradients with respect to a step's weights are wanted. */
  readonly isTrained: (step: Step) => boolean;
}

/** @throws RangeError on an end point that is not there */
export function wayBack(steps: readonly Step[], endPoint: string, {without, ofInput, isTrained}: WayBackOptions): WayBack {
  const leading = stepsBetween(steps, endPoint, without);
  const trained = new Set(leading.filter((step) => step.parameters > 0 && isTrained(step)).map(({name}) => name));
  const reached = new Set<string>();
  for (const {name, inputs} of leading) {
    if (trained.has(name) || (ofInput && name === INPUT) || inputs.some((from) => reached.has(from))) reached.add(name);
  }
  const visited = leading.filter(({name}) => reached.has(name));
  const needs = new Map(visited.map((step) => [step.name, neededActivations(step, trained.has(step.name))]));
  return {trained, reached, visited, needs};
}

/** The end points whose activations the way back through a step looks at. */
function neededActivations(step: Step, ofWeights: boolean): string[] {
  const {needsBefore} = activationKind(step.activation);
  const after = step.activation !== "linear" && !needsBefore ? [step.name] : [];
  const inputs = needsBefore || kindOf(step).needsInputs(step, ofWeights) ? step.inputs : [];
  return [...new Set([...after, ...inputs])];
}

/** How many steps of a way back look at each activation. */
export function usesOf({needs}: WayBack): Map<string, number> {
  const uses = new Map<string, number>();
  for (const names of needs.values()) for (const name of names) uses.set(name, (uses.get(name) ?? 0) + 1);
  return uses;
}
