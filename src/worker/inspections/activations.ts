import {execute} from "../../engine/run.js";
import {readBack} from "../read-back.js";
import type {Activations} from "../protocol.js";
import type {Prepared} from "./prepared.js";

/**
 * What one end point holds. Only what leads to it is computed, so an early layer comes sooner than a whole run.
 *
 * @throws RangeError where the network has no such end point
 */
export async function activations({plan, weights, input}: Prepared, {layer}: {readonly layer: string}): Promise<Activations> {
  const tensor = execute(plan.steps, weights, input, [layer])[layer]!;
  try {
    return await readBack(tensor);
  } finally {
    tensor.dispose();
  }
}
