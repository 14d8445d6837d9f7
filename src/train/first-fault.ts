import * as tf from "@tensorflow/tfjs-core";
import {executeInTurns} from "../engine/execute.js";
import type {Plan} from "../engine/plan.js";
import type {StepWeights} from "../engine/weights.js";

/** Where values first are no numbers. */
export interface Fault {
  /** The first end point that has one, in the order of the steps. */
  readonly layer: string;
  /** The photo of the batch that has it; null where all have. */
  readonly place: number | null;
}

/**
 * Looks for the first end point of a run that holds what is no number: by a run that reads a sum of each.
 *
 * @param input [N, height, width, 3]
 * @returns null where there is none
 */
export async function firstFault(
  {steps, output}: Pick<Plan, "steps" | "output">,
  weights: StepWeights,
  input: tf.Tensor4D
): Promise<Fault | null> {
  let found: Fault | null = null;
  let last = steps[0]!.name;
  const look = async (layer: string, values: tf.Tensor4D) => {
    if (found) return;
    const sums = tf.tidy(() => tf.sum(tf.abs(values), [1, 2, 3]));
    const ofPhotos = [...(await sums.data())];
    sums.dispose();
    const places = ofPhotos.flatMap((sum, place) => (Number.isFinite(sum) ? [] : [place]));
    if (places.length > 0) found = {layer, place: places.length === 1 ? places[0]! : null};
  };
  const {[output]: logits} = await executeInTurns(steps, weights, input, [output], {
    pause: async ({step, before}) => {
      if (before) await look(last, before);
      last = step.name;
    }
  });
  try {
    await look(output, logits!);
  } finally {
    logits!.dispose();
  }
  return found;
}
