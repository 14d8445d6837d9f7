import {OUTPUT_STRIDES} from "../engine/plan.js";
import {BACKENDS} from "../worker/protocol.js";
import type {BackendId, Capabilities} from "../worker/protocol.js";
import {numbers, oneOf} from "./state.js";
import type {Parameter} from "./state.js";

/** "auto" is the fastest backend of this machine. */
export const BACKEND_CHOICES = ["auto", ...BACKENDS] as const;

/** How a photo is segmented where nobody asks for something else; the masks that come with the site are made so. */
export const USUAL_RUN = {outputStride: 16, inputSize: 513} as const;

/** Long side of the network's input in pixels; "native" keeps the photo's own. */
export const INPUT_SIZES = ["257", "321", "385", "513", "641", "769", "native"] as const;

/**
 * The part of a page's state table that says which network runs and how.
 *
 * @param models ids, the default first
 * @param sizes choices of the network's input size
 */
export function networkParameters<const Size extends string | number>(models: readonly string[], sizes: readonly Size[], size: Size) {
  return {
    model: oneOf("model", models, models[0]!),
    backend: oneOf("backend", BACKEND_CHOICES, "auto"),
    outputStride: oneOf("os", OUTPUT_STRIDES, USUAL_RUN.outputStride),
    inputSize: oneOf("size", sizes, size)
  };
}

/** Number of atrous branches that rates can be chosen for: as many as DeepLab v3's ASPP has. */
const BRANCHES = 3;
export const LARGEST_RATE = 24;

/** The rates of the three atrous branches, stated at output stride 16; none for the network's own. */
export function ratesParameter(key: string): Parameter<readonly number[]> {
  return numbers(key, {min: 1, max: LARGEST_RATE, lengths: [BRANCHES, BRANCHES]}, []);
}

/** The backend that a choice means here: the best one where it leaves that open or is not to be had. */
export function backendFor(choice: (typeof BACKEND_CHOICES)[number], {backends, best}: Capabilities): BackendId {
  return backends.find(({id, available}) => available && id === choice)?.id ?? best;
}
