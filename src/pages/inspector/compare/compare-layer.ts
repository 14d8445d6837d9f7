import {LOGITS} from "../../../engine/plan.js";
import type {Plan} from "../../../engine/plan.js";

/** Names of the layers that two plans both have, with as many channels, in A's order. The input is none. */
export function layersInCommon(a: Plan, b: Plan): string[] {
  return a.steps
    .filter(({op, name, channels}) => op !== "input" && b.steps.some((other) => other.name === name && other.channels === channels))
    .map(({name}) => name);
}

/** The layer that is compared, or why there is none, as a sentence. */
export type ComparedLayer = {readonly layer: string} | {readonly reason: string};

/**
 * Which layer of two plans is compared.
 *
 * @param wanted the reader's; empty for the logits or, where those differ in channels, the last that the two have in common
 */
export function comparedLayer(a: Plan, b: Plan, wanted: string): ComparedLayer {
  const common = layersInCommon(a, b);
  if (common.length === 0) return {reason: "A and B have no layer of one name with as many channels: there is nothing to subtract."};
  if (wanted === "") return {layer: common.includes(LOGITS) ? LOGITS : common.at(-1)!};
  if (common.includes(wanted)) return {layer: wanted};
  const channels = (plan: Plan) => plan.steps.find(({name}) => name === wanted)?.channels;
  const [ofA, ofB] = [channels(a), channels(b)];
  const why =
    ofA !== undefined && ofB !== undefined
      ? `it has ${ofA} channels in A and ${ofB} in B`
      : ofA === undefined && ofB === undefined
        ? "neither A nor B has such a layer"
        : `${ofA === undefined ? "A" : "B"} has no such layer`;
  return {reason: `${wanted} cannot be compared: ${why}. Choose a layer that both have.`};
}
