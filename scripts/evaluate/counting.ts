import type {Counts} from "../../src/evaluate/counts.js";
import {countPhotos} from "../../src/evaluate/evaluate.js";
import type {Setting} from "../../src/evaluate/setting.js";
import {pictureWriter} from "../vis/write.js";
import {kernelsInNode} from "../kernels/in-node.js";
import {useWasmInNode} from "./backend.js";
import {startCores, usefulCores} from "./cores.js";
import type {Measured} from "./measured.js";
import {decodePixels} from "./photo.js";

/** Counts what a model makes of photos, in one setting after the other. */
export interface Counting {
  /** @throws Error with a sentence for the reader, as `countPhotos` */
  count(setting: Setting, onImage: () => void): Promise<[Counts, ...Counts[]]>;
  close(): Promise<void>;
}

/**
 * @param threads by default as many as are of use
 * @param out the folder that pictures of what is counted are written to; none by default
 */
export async function startCounting(
  {model, place, split, whole}: Measured,
  threads: number = usefulCores(split.items.length),
  out?: string
): Promise<Counting> {
  const kernels = await kernelsInNode();
  if (threads > 1) {
    const cores = startCores(threads, {model, place, split: split.name, out, kernels});
    // Threads know the whole list.
    const places = split.items.map((item) => whole.items.indexOf(item));
    return {count: (setting, onImage) => cores.count(places, setting, onImage), close: () => cores.close()};
  }
  await useWasmInNode();
  const onLabels = out === undefined ? undefined : pictureWriter(out, whole.items, model.card.palette);
  return {
    count: async (setting, onImage) => [await countPhotos(model, split.items, setting, {decode: decodePixels, kernels, onImage, onLabels})],
    close: () => Promise.resolve()
  };
}
