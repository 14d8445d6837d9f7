import type {FileTree} from "../formats/file-tree.js";
import type {Dataset} from "./dataset.js";
import {foldersDataset, hasFolders} from "./folders.js";
import {hasTfRecords, tfRecordDataset} from "./tfrecord.js";
import {vocDataset, vocRoots} from "./voc.js";

/**
 * The data set that a folder holds, in whichever layout and however deep; pictures are not opened.
 *
 * @throws Error with a sentence for the reader where it holds none, or several
 */
export async function openDataset(tree: FileTree): Promise<Dataset> {
  const roots = vocRoots(tree);
  if (roots.length > 1)
    throw new Error(`The folder holds ${roots.length} data sets in the VOC layout: ${roots.join(", ")}. Give one of them.`);
  if (roots.length === 1) return vocDataset(tree, roots[0]!);
  if (hasTfRecords(tree)) return tfRecordDataset(tree);
  if (hasFolders(tree)) return foldersDataset(tree);
  throw new Error(
    "No data set was found here: neither the VOC layout (JPEGImages and SegmentationClass), nor TFRecord files, nor a folder " +
      "images beside a folder masks with pictures of the same names."
  );
}
