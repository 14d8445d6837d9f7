import {contributionsInTurns} from "../../engine/contributions.js";
import type {LogitsArray} from "../../engine/labels/pixel.js";
import type {Prepared} from "./prepared.js";

/** What one source adds to the logits. */
export interface Contribution {
  /** End point of an ASPP branch or the skip, or `CONSTANT`. */
  readonly source: string;
  readonly logits: LogitsArray;
}

/**
 * The logits split by ASPP branch and skip; the parts add up to the logits.
 *
 * @param question.muted end points that are taken as zero
 * @throws RangeError where the network has no such end point
 */
export async function contributions(
  {plan, weights, input, turns}: Prepared,
  {muted = []}: {readonly muted?: readonly string[]}
): Promise<readonly Contribution[]> {
  const replaced = Object.fromEntries(muted.map((endPoint) => [endPoint, "zero" as const]));
  const {sources, logits} = await contributionsInTurns(plan, weights, input, {...turns, replaced});
  try {
    const [, height, width, classes] = logits.shape;
    const values = (await logits.data()) as Float32Array;
    const size = height * width * classes;
    // One buffer each: what is handed to the page must not share one.
    return sources.map((source, index) => ({
      source,
      logits: {height, width, classes, values: values.slice(index * size, (index + 1) * size)}
    }));
  } finally {
    logits.dispose();
  }
}
