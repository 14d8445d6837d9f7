import {ONE_PASS} from "../engine/averaging.js";
import {segmentPhoto} from "../engine/segment-photo.js";
import type {TurnsOptions} from "../engine/execute.js";
import type {Model} from "../engine/model.js";
import type {Photo} from "../engine/photo.js";
import type {DeviceWeights} from "../engine/weights.js";
import {maskFiles} from "../masks/files.js";
import type {MaskFile, WantedFiles} from "../masks/files.js";
import {messagesIn} from "./pauses.js";
import type {MaskChoice} from "./protocol.js";

/**
 * Segments a photo and makes files of its mask. Unlike `segment` it keeps nothing of the photo: many follow each other.
 *
 * @throws DOMException "AbortError" once the signal says so
 */
export async function photoMaskFiles(
  {network, card}: Model,
  weights: DeviceWeights,
  {height, width, rgba}: Photo,
  {averaging = ONE_PASS, ...choice}: MaskChoice,
  wanted: WantedFiles,
  turns: Pick<TurnsOptions, "signal" | "pause">
): Promise<MaskFile[]> {
  const pixels = {height, width, channels: 4, values: rgba} as const;
  const options = {...turns, rest: messagesIn, wantsProbabilities: wanted.probabilities !== null};
  return maskFiles(await segmentPhoto(network, weights, pixels, choice, averaging, options), card, wanted);
}
