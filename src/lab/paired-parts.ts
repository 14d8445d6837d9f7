import type {PairedPart} from "../components/charts/contribution-pair.js";
import {logitsAt} from "../engine/labels/pixel.js";
import {stepNamed} from "../engine/plan.js";
import type {Plan} from "../engine/plan.js";
import {positionOf} from "../engine/steps/upsample.js";
import type {Contribution} from "../worker/inspections/contributions.js";
import {sourceLooks} from "./source-look.js";

/**
 * What each source adds to two classes at a point of what the network gives, for drawing. Parts are split before that is enlarged to
 * the input's size, where it is.
 */
export function pairedParts(
  plan: Plan,
  contributions: readonly Contribution[],
  {row, column}: {readonly row: number; readonly column: number},
  first: number,
  second: number
): PairedPart[] {
  const look = sourceLooks(plan);
  const output = stepNamed(plan, plan.output);
  const isEnlarged = output.op === "upsample";
  const [y, x] = isEnlarged ? [positionOf(output, "height", row), positionOf(output, "width", column)] : [row, column];
  return contributions.map(({source, logits}) => {
    const {title, colour} = look(source);
    const values = logitsAt(logits, y, x);
    return {name: title, colour, first: values[first]!, second: values[second]!};
  });
}
