import type {Dataset, LabelledPhoto, Split} from "../../datasets/dataset.js";
import {mendedDataset} from "../../datasets/mended.js";
import {openDataset} from "../../datasets/open.js";
import {blobTree} from "../../formats/blob-tree.js";
import type {FileTree} from "../../formats/file-tree.js";
import {isZip} from "../../formats/zip.js";
import {zipTree} from "../../formats/zip-files.js";
import {photoSize} from "../../media/decode-pixels.js";
import type {DatasetChoice, SplitChoice} from "../dataset-messages.js";
import type {GivenFiles} from "../given-files.js";

/** Data sets that readers brought. Each is opened once, and let go of with the list of its files. */
export interface OpenedDatasets {
  /** @throws Error with a sentence for the reader where the files are none */
  dataset(choice: DatasetChoice): Promise<Dataset>;
  /** A list of it, read once. @throws Error with a sentence for the reader */
  split(choice: SplitChoice): Promise<Split>;
}

export function openedDatasets(): OpenedDatasets {
  const opened = new WeakMap<GivenFiles, Promise<Dataset>>();
  const dataset = async ({given, mends}: DatasetChoice) => {
    const kept = opened.get(given) ?? treeOf(given).then(openDataset).then(readOnce);
    opened.set(given, kept);
    return mendedDataset(await kept, mends, photoSize);
  };
  return {dataset, split: async (choice) => (await dataset(choice)).read(choice.split)};
}

/** Reading the list of a data set may mean to read all of its records. */
function readOnce(dataset: Dataset): Dataset {
  const splits = new Map<string, Promise<Split>>();
  return {
    ...dataset,
    read(name) {
      const read = splits.get(name) ?? dataset.read(name);
      splits.set(name, read);
      return read;
    }
  };
}

/** The files of a folder, or those in the one zip that was given. */
async function treeOf({files}: GivenFiles): Promise<FileTree> {
  const [first, ...others] = files;
  if (!first) throw new Error("There are no files in it.");
  if (others.length > 0 || !isZip(new Uint8Array(await first.content.slice(0, 4).arrayBuffer()))) return blobTree(files);
  return zipTree(new Uint8Array(await first.content.arrayBuffer()));
}

/** A photo by its place in a list, from 0 up: names may come twice. @throws Error with a sentence for the reader where there is none */
export function photoAt({items, name}: Split, place: number): LabelledPhoto {
  const found = items[place];
  if (!found) throw new Error(`The list ${name} has no photo number ${place + 1}.`);
  return found;
}
