import {OUTPUT_STRIDES} from "../../../engine/plan.js";
import {PRECISIONS} from "../../../engine/precision.js";
import {BACKENDS} from "../../../worker/protocol.js";
import {ratesParameter} from "../../../lab/network-parameters.js";
import {oneOf, range, text} from "../../../lab/state.js";

/** Stands for: as in run A, the one that stands. */
export const AS_A = "as-a";

/** What the address says of run B, which is compared with the one that stands, and of what is shown of the two. */
export function compareTable<const Size extends string>(models: readonly string[], sizes: readonly Size[]) {
  return {
    otherModel: oneOf("b-model", [AS_A, ...models], AS_A),
    otherBackend: oneOf("b-backend", [AS_A, ...BACKENDS], AS_A),
    otherStride: oneOf("b-os", [AS_A, ...OUTPUT_STRIDES], AS_A),
    otherSize: oneOf("b-size", [AS_A, ...sizes], AS_A),
    /** None for A's. */
    otherRates: ratesParameter("b-rates"),
    otherPrecision: oneOf("b-precision", [AS_A, ...PRECISIONS], AS_A),
    /** The layer whose activations are compared; empty for the one that is open among the maps. */
    otherLayer: text("b-layer", ""),
    compared: oneOf("b-show", ["masks", "changes"], "masks"),
    /** Where A's mask ends and B's begins, per cent of the width. */
    handle: range("b-at", 0, 100, 50)
  };
}

/** The values of the table that say which run B is. */
export const OTHER_NAMES = ["otherModel", "otherBackend", "otherStride", "otherSize", "otherRates", "otherPrecision"] as const;

/** B as A, in everything. */
export const NOTHING_OTHER = {
  otherModel: AS_A,
  otherBackend: AS_A,
  otherStride: AS_A,
  otherSize: AS_A,
  otherRates: [],
  otherPrecision: AS_A
} as const;
