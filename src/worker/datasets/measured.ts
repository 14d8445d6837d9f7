import type {LabelledPhoto} from "../../datasets/dataset.js";
import type {Model} from "../../engine/model.js";
import type {DeviceWeights} from "../../engine/weights.js";
import {newCounts} from "../../evaluate/counts.js";
import type {Counts} from "../../evaluate/counts.js";
import {measurePhoto, openPhoto} from "../../evaluate/measure-photo.js";
import type {DecodePhoto, OpenedPhoto, Turns} from "../../evaluate/measure-photo.js";
import {packedCounts} from "../../evaluate/photo-counts.js";
import {sha256} from "../../formats/sha256.js";
import {decodePixels} from "../../media/decode-pixels.js";
import type {ComparedPhoto, MeasureChoice, MeasuredPhoto} from "../measure-messages.js";
import {messagesIn} from "../pauses.js";

/* What the host answers of results on labelled photos, by the same functions as the command. */

/** What a photo is measured with. */
export interface Measuring {
  readonly model: Model;
  /** Of the model, rounded as the choice says. */
  readonly weights: DeviceWeights;
  readonly choice: MeasureChoice;
  readonly turns: Pick<Turns, "signal" | "pause">;
}

/** Of each file so many hexadecimal digits of its SHA-256: enough to tell a reader's photos apart. */
const DIGITS = 16;

/**
 * Measures one photo.
 *
 * @param known digest of the photo that was measured in its place before
 * @param decode the browser's by default
 * @returns null where it is that one
 * @throws Error with a sentence for the reader, as the command; DOMException "AbortError" once the signal says so
 */
export async function measuredPhoto(
  listed: LabelledPhoto,
  measuring: Measuring,
  known: string | null,
  decode: DecodePhoto = decodePixels
): Promise<MeasuredPhoto | null> {
  const {item, digest} = await inMemory(listed);
  if (digest === known) return null;
  const {classes} = measuring.model.network;
  const counts = newCounts(classes, measuring.choice);
  await labelsOf(await openPhoto(item, decode, classes), measuring, counts);
  return {counts: packedCounts(item.id, counts), digest};
}

/** Segments one photo to show what the network says of it. @throws as `measuredPhoto` */
export async function comparedPhoto(item: LabelledPhoto, measuring: Measuring): Promise<ComparedPhoto> {
  const {classes} = measuring.model.network;
  const photo = await openPhoto(item, decodePixels, classes);
  const labels = await labelsOf(photo, measuring, newCounts(classes, {}));
  const {width, height, values} = photo.pixels;
  return {photo: {width, height, rgba: values as Uint8ClampedArray}, truth: photo.truth.ids, labels};
}

function labelsOf(photo: OpenedPhoto, {model, weights, choice, turns}: Measuring, counts: Counts): Promise<Uint8Array> {
  return measurePhoto(model.network, weights, photo, choice, counts, {...turns, rest: messagesIn});
}

/** A labelled photo whose files are read, and what tells it from others. */
async function inMemory({id, photo, labels}: LabelledPhoto): Promise<{readonly item: LabelledPhoto; readonly digest: string}> {
  const bytes = await photo.bytes();
  const read = {name: photo.name, bytes: () => Promise.resolve(bytes)};
  const digestWith = async (mask: Uint8Array) => (await Promise.all([bytes, mask].map(sha256))).map((hex) => hex.slice(0, DIGITS)).join("");
  if ("draw" in labels) {
    const mask = await labels.draw();
    return {item: {id, photo: read, labels: {name: labels.name, draw: () => Promise.resolve(mask)}}, digest: await digestWith(mask.ids)};
  }
  const mask = await labels.bytes();
  return {item: {id, photo: read, labels: {name: labels.name, bytes: () => Promise.resolve(mask)}}, digest: await digestWith(mask)};
}
