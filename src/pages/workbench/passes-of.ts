import type {Passes} from "../../engine/crf/grid.js";
import type {Segmentation} from "../../worker/protocol.js";

/** The scores that a run's mask is made of: those of all passes that were averaged. */
export function passesOf({averaged, logits, covered}: Segmentation): Passes {
  return averaged?.passes ?? [{logits, covered}];
}
