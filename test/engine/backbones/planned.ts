import type {Backbone, Network} from "../../../src/engine/network.js";
import {plan} from "../../../src/engine/plan.js";
import type {Plan} from "../../../src/engine/plan.js";

/** A backbone with the smallest head, for a photo of 65 x 65. */
export function planned(backbone: Backbone, outputStride = 16, padding: Network["padding"] = "fixed"): Plan {
  const head: Network["head"] = {
    aspp: {branches: [{kind: "conv_1x1", name: "conv_1x1", channels: 1}], projectionChannels: null},
    decoder: [],
    logits: "conv",
    activation: "linear"
  };
  return plan({backbone, head, classes: 1, padding}, {height: 65, width: 65, outputStride});
}
