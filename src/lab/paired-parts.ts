import type {PairedPart} from "../components/charts/contribution-pair.js";
import {logitsAt} from "../engine/labels/pixel.js";
import type {Plan} from "../engine/plan.js";
import type {Contribution} from "../worker/inspections/contributions.js";
import {sourceLooks} from "./source-look.js";

/** What each source adds to two classes at a point of the logits, for drawing. */
export function pairedParts(
  plan: Pick<Plan, "branches" | "skips">,
  contributions: readonly Contribution[],
  {row, column}: {readonly row: number; readonly column: number},
  first: number,
  second: number
): PairedPart[] {
  const look = sourceLooks(plan);
  return contributions.map(({source, logits}) => {
    const {title, colour} = look(source);
    const values = logitsAt(logits, row, column);
    return {name: title, colour, first: values[first]!, second: values[second]!};
  });
}
