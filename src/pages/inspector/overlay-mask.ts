import {drawnMask} from "../../media/drawn-mask.js";
import type {DrawnMask, MaskMaker} from "../../media/drawn-mask.js";
import type {Segmentation} from "../../worker/protocol.js";
import {leftOutIds} from "../../lab/left-out.js";

/** A run's mask as it lies over the inspector's picture. */
export function overlayMask(result: Segmentation, maskOf: MaskMaker = drawnMask): DrawnMask {
  return maskOf(result, result.palette, leftOutIds(result.classes, {hidden: [], view: "overlay"}));
}
