import type {Weight} from "../engine/model.js";
import {FormatError} from "../formats/format-error.js";
import type {Operation} from "./operations.js";

/*
 * Factors and summands a channel, which a graph names as often as it likes: what is read of them is bounded by what networks have, so that
 * a file made to confuse fills no memory.
 */

/** More than the channels of any network's layers. */
export const MAXIMUM_CHANNELS = 2 ** 14;
/** More than all lists of channels of any network hold together. */
const MAXIMUM_LISTED = 2 ** 22;

/** The values of a constant that is a factor or summand a channel, or one for all; undefined where it is too large for that. */
export function channelValues(constant: Weight | null): Float32Array | undefined {
  const count = constant?.shape.reduce((product, side) => product * side, 1);
  return count !== undefined && count <= MAXIMUM_CHANNELS ? constant!.values : undefined;
}

/** Counts the values of all lists of channels; what it gives throws a FormatError where there are more than any network has. */
export function listCounter(): (steps: readonly Operation[]) => void {
  let listed = 0;
  return (steps) => {
    for (const step of steps) if (step.op === "affine") listed += (step.scale?.length ?? 0) + (step.shift?.length ?? 0);
    if (listed > MAXIMUM_LISTED)
      throw new FormatError(`The graph is damaged: its layers have more than ${MAXIMUM_LISTED} factors and summands.`);
  };
}
