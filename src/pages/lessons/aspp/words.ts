import {percent} from "../../../components/classes/class-legend.js";
import {BACKGROUND} from "../../../data/labels/index.js";
import {meanLogits} from "../../../engine/labels/class-maps.js";
import type {Segmentation} from "../../../worker/protocol.js";

/** Share of the objects' pixels that stay, where the network as trained finds any. */
export function keptInWords(kept: number | null): string {
  return kept === null ? "none found" : percent(kept);
}

/** What changes without a part of the network, and what of the objects stays. */
export function changeInWords(changed: number, kept: number | null): string {
  const pixels = `${percent(changed)} of the pixels`;
  return kept === null ? `${pixels}.` : `${pixels}; ${percent(kept)} of those that were an object's stay.`;
}

/** Which object's class has the largest logit on average over the photo, and how it stands to the background. */
export function objectAhead({logits, classes}: Pick<Segmentation, "logits" | "classes">): string {
  const mean = meanLogits(logits);
  const background = classes.indexOf(BACKGROUND);
  const first = [...mean.keys()].filter((id) => id !== background).reduce((a, b) => (mean[b]! > mean[a]! ? b : a));
  const ahead = mean[first]! - mean[background]!;
  return `${classes[first]}, ${Math.abs(ahead).toFixed(1)} ${ahead < 0 ? "behind" : "ahead of"} the background`;
}
