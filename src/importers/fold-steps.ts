import type {Step} from "../engine/plan.js";

/** A plan's steps with lone activations in the steps before them, as a file's parts have them. */
export interface FoldedSteps {
  readonly steps: readonly Step[];
  /** For each step that was folded away, the one that stands for it. */
  readonly standsFor: ReadonlyMap<string, string>;
}

/**
 * Folds the activations of a plan as `foldLayers` folds those of a file: one that stands alone goes to the step before, where it
 * alone reads it and that step has none. A file does not tell the two apart.
 *
 * @param read end points that what comes after these steps reads, too
 */
export function foldSteps(steps: readonly Step[], read: readonly string[] = []): FoldedSteps {
  const readers = new Map<string, Step[]>();
  for (const step of steps) for (const input of step.inputs) readers.set(input, [...(readers.get(input) ?? []), step]);
  const readsAlone = (input: string) => readers.get(input)!.length === 1 && !read.includes(input);
  const folded = new Map<string, Step>();
  const standsFor = new Map<string, string>();
  for (const step of steps) {
    const [before] = step.inputs.map((input) => folded.get(standsFor.get(input) ?? input));
    if (before && isActivation(step) && takesActivation(before) && readsAlone(step.inputs[0]!)) {
      folded.set(before.name, {...before, activation: step.activation});
      standsFor.set(step.name, before.name);
    } else {
      folded.set(step.name, {...step, inputs: step.inputs.map((input) => standsFor.get(input) ?? input)});
    }
  }
  return {steps: [...folded.values()], standsFor};
}

function isActivation(step: Step): boolean {
  return step.op === "affine" && !step.scale && !step.shift;
}

function takesActivation({op, activation}: Step): boolean {
  return activation === "linear" && ["conv", "depthwise", "affine", "add", "multiply"].includes(op);
}
