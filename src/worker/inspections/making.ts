import {stepNamed} from "../../engine/plan.js";
import type {Step} from "../../engine/plan.js";
import {cellMaking} from "../../engine/readings/cell-making.js";
import type {CellGiven, CellMaking} from "../../engine/readings/cell-making.js";
import type {Place} from "../../engine/steps/kind.js";
import type {Prepared} from "./prepared.js";

export type {CellGiven, CellMaking};

export interface Making {
  /** As it ran on the photo. */
  readonly step: Step;
  readonly made: CellMaking | CellGiven;
}

/**
 * What one value of an end point is made of; of an end point that is opened already nothing is run.
 *
 * @throws RangeError where the network has no such end point, or that no such place
 */
export async function making({plan, weights, open}: Prepared, {layer, ...at}: Place & {readonly layer: string}): Promise<Making> {
  const step = stepNamed(plan, layer);
  const found = await open(layer);
  const inputs = step.inputs.map((name) => found[name]!);
  return {step, made: await cellMaking(step, at, inputs, found[layer]!, weights)};
}
