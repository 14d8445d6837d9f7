import {effectiveExtent} from "../../../engine/padding.js";
import {seededValues} from "../../../engine/seeded.js";
import {separableCost} from "../../../engine/teaching/separable.js";
import type {LayerShape, SeparableCost} from "../../../engine/teaching/separable.js";
import type {StateOf} from "../../../lab/state.js";
import {redGreenBlue} from "../../../media/patch.js";
import type {DecodedPhoto} from "../../../media/decode.js";
import type {SeparableInput} from "../../../worker/demonstrations/separable.js";
import type {SeparableTable} from "./state.js";

/** What the figures of the page share: the layer that the sliders describe, its cost, and live numbers for it. */

export type LayerState = Pick<StateOf<SeparableTable>, "size" | "channels" | "kernelSize" | "outputs" | "rate">;

/** The values of the state that make the layer. */
export const LAYER = ["size", "channels", "kernelSize", "outputs", "rate"] as const;

/** The layer as the sliders say, without padding. */
function layerOf({size, channels, kernelSize, outputs, rate}: LayerState): LayerShape {
  return {size, channels, kernelSize, outputs, rate, padding: "valid"};
}

export function costOf(state: LayerState): SeparableCost {
  return separableCost(layerOf(state));
}

/** Why there is no output; null where there is one. */
export function whyEmpty(state: LayerState): string | null {
  if (costOf(state).outputSize > 0) return null;
  const extent = effectiveExtent(state.kernelSize, state.rate);
  const atRate = state.rate > 1 ? ` at rate ${state.rate}` : "";
  return `No position is left: the kernel${atRate} covers ${extent} × ${extent} cells, the input has only ${state.size} × ${state.size}. Choose a larger input, a smaller kernel or a smaller rate.`;
}

/** The layer with the photo as its input, colours repeated where there are more than three channels, and fixed random weights. */
export function liveLayer({size, channels, kernelSize, rate}: LayerState, outputs: number, photo: DecodedPhoto): SeparableInput {
  const colours = redGreenBlue(photo, size);
  return {
    size,
    channels,
    kernelSize,
    rate,
    input: Float32Array.from({length: size * size * channels}, (_, i) => colours[3 * Math.floor(i / channels) + ((i % channels) % 3)]!),
    kernels: seededValues(1, channels * kernelSize ** 2),
    mixing: seededValues(2, outputs * channels)
  };
}

/** How many times smaller, with the precision it deserves. */
export function times(ratio: number): string {
  return `${ratio.toFixed(ratio < 1 ? 2 : 1)} ×`;
}
