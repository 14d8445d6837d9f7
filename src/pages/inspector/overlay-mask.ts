import {drawnMask} from "../../media/drawn-mask.js";
import type {DrawnMask, MaskMaker} from "../../media/drawn-mask.js";
import type {Segmentation} from "../../worker/protocol.js";
import {isLeftOut} from "../../lab/left-out.js";

/** A run's mask as it lies over the inspector's picture. */
export function overlayMask(result: Segmentation, maskOf: MaskMaker = drawnMask): DrawnMask {
  const ids = result.classes.flatMap((name, id) => (isLeftOut(name, {hidden: [], view: "overlay"}) ? [id] : []));
  return maskOf(result, result.palette, new Set(ids));
}
