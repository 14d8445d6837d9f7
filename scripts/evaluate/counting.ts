import type {Counts} from "../../src/evaluate/counts.js";
import {countPhotos} from "../../src/evaluate/evaluate.js";
import type {Setting} from "../../src/evaluate/setting.js";
import {pictureWriter} from "../vis/write.js";
import {kernelsInNode, machineInNode} from "../kernels/in-node.js";
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
 * @param cores how many compute: by default as many as are of use, each with a photo of its own, or all of them with a single one
 * @param out the folder that pictures of what is counted are written to; none by default
 */
export async function startCounting({model, place, split, whole}: Measured, cores?: number, out?: string): Promise<Counting> {
  const threads = cores ?? usefulCores(split.items.length);
  if (threads > 1) {
    const kernels = await kernelsInNode();
    const started = startCores(threads, {model, place, split: split.name, out, kernels});
    // Threads know the whole list.
    const places = split.items.map((item) => whole.items.indexOf(item));
    return {count: (setting, onImage) => started.count(places, setting, onImage), close: () => started.close()};
  }
  await useWasmInNode();
  const machine = await machineInNode(cores);
  const onLabels = out === undefined ? undefined : pictureWriter(out, whole.items, model.card.palette);
  return {
    count: async (setting, onImage) => [await countPhotos(model, split.items, setting, {decode: decodePixels, machine, onImage, onLabels})],
    close: () => Promise.resolve(machine.dispose())
  };
}
