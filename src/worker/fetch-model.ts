import type {Model} from "../engine/model.js";
import {answered} from "../importers/answered.js";
import {readModel} from "../importers/model-file.js";
import {keptAddress} from "../shelf/kept-address.js";
import type {KeptAddress} from "../shelf/kept-address.js";
import {labelsOf, openShelf} from "../shelf/shelf.js";
import type {Shelf} from "../shelf/shelf.js";
import {nameInAddress} from "../media/address-name.js";
import {bodyOf} from "./download.js";
import type {Progress} from "./protocol.js";

/**
 * Downloads and reads a model file, reporting how far it has come; or takes a kept one from the shelf.
 *
 * @param shelf gives the shelf that kept ones are on; this browser's by default
 * @throws Error with a sentence that says what is wrong and what to do
 */
export async function fetchModel(
  url: string,
  onProgress: (progress: Progress) => void,
  shelf: () => Promise<Shelf | null> = openShelf
): Promise<Model> {
  const kept = keptAddress(url);
  if (kept) return keptModel(kept, await shelf());
  // An address may be one within this site.
  const name = nameInAddress(new URL(url, globalThis.location?.href));
  const report = (fraction: number | null, detail = "") => onProgress({stage: "download", fraction, message: `Fetching ${name}`, detail});
  report(0);
  const response = await fetch(url).catch(() => null);
  if (!response) throw new Error(`The model ${name} could not be fetched. Check the connection to this site, then try again.`);
  if (!response.ok)
    throw new Error(`The model ${name} could not be fetched (the server answered ${response.status}). Choose another model.`);
  return readModel(await bodyOf(response, report));
}

/** A model from the shelf, with the name and the labels that the reader gave it. */
async function keptModel({prefix, preprocessing}: KeptAddress, shelf: Shelf | null): Promise<Model> {
  const found = await shelf?.find(prefix);
  if (!found)
    throw new Error(`The model ${prefix} is no longer kept in this browser. Choose another one, or add it again on the page Models.`);
  const model = answered(readModel(new Uint8Array(await found.file.arrayBuffer())), {preprocessing});
  return {...model, card: {...model.card, ...labelsOf(found.kept), name: found.kept.title}};
}
