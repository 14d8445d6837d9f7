import type {Activation} from "../steps/activation.js";
import type {Step} from "../steps/kinds.js";

/** What makes all that is negative zero. */
const RECTIFIERS: readonly Activation[] = ["relu", "relu6"];

/** To leave zeros out takes as long as to multiply a third of all values for so many output channels. */
const FEWEST_OUTPUTS = 32;

/** Whether a product of an activation shall leave out what is zero in all cells of a tile. */
export function leavesZerosOut(name: string, outputs: number, steps: ReadonlyMap<string, Step>): boolean {
  return outputs >= FEWEST_OUTPUTS && hasZeros(name, steps);
}

/** Whether many of an activation's values are zero: behind ReLU about half of them are, and many neighbours at once. */
function hasZeros(name: string, steps: ReadonlyMap<string, Step>): boolean {
  const step = steps.get(name);
  if (!step) return false;
  if (RECTIFIERS.includes(step.activation)) return true;
  return step.op === "concat" && step.inputs.every((input) => hasZeros(input, steps));
}
