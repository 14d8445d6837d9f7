import {nameOf} from "../formats/file-tree.js";
import type {FileTree} from "../formats/file-tree.js";
import {readXml} from "../formats/xml.js";
import type {Dataset} from "./dataset.js";
import {cocoDataset, isCoco} from "./coco.js";
import {cvatDataset, isCvat} from "./cvat.js";
import {foldersDataset, hasFolders} from "./folders.js";
import {isLabelme, labelmeDataset} from "./labelme.js";
import {hasTfRecords, tfRecordDataset} from "./tfrecord.js";
import {vocDataset, vocRoots} from "./voc.js";

/** What file managers and archivers leave beside files, with names like theirs. */
const HIDDEN = /(^|\/)(\.|__MACOSX\/)/;

/**
 * The data set that a folder holds, in whichever layout and however deep; pictures are not opened.
 *
 * @throws Error with a sentence for the reader where it holds none, or several
 */
export async function openDataset(whole: FileTree): Promise<Dataset> {
  const tree = {...whole, paths: whole.paths.filter((path) => !HIDDEN.test(path))};
  const roots = vocRoots(tree);
  if (roots.length > 1)
    throw new Error(`The folder holds ${roots.length} data sets in the VOC layout: ${roots.join(", ")}. Give one of them.`);
  if (roots.length === 1) return vocDataset(tree, roots[0]!);
  if (hasTfRecords(tree)) return tfRecordDataset(tree);
  const labels = (await xmlLabels(tree)) ?? (await jsonLabels(tree));
  if (labels) return labels;
  if (hasFolders(tree)) return foldersDataset(tree);
  throw new Error(
    "No data set was found here: neither the VOC layout (JPEGImages and SegmentationClass), nor TFRecord files, nor COCO's or labelme's " +
      "JSON or CVAT's XML, nor a folder images beside a folder masks with pictures of the same names."
  );
}

/** The data set of CVAT's annotations.xml, whatever other XML files there are. */
async function xmlLabels(tree: FileTree): Promise<Dataset | null> {
  for (const path of tree.paths.filter((each) => /^annotations?.*\.xml$/i.test(nameOf(each)))) {
    const root = readXml(await tree.read(path), path);
    if (isCvat(root)) return cvatDataset(tree, root, path);
  }
  return null;
}

/** So many JSON files are looked into one by one for labels among others; where there are more, they are all of the first's kind. */
const FEW = 20;
/** Where COCO's annotations come in several kinds, objects say most. */
const PREFERRED = [/(^|\/)instances[^/]*$/, /(^|\/)panoptic[^/]*$/, /./];

/** The data set that JSON files hold; what other files there say is no matter. */
async function jsonLabels(tree: FileTree): Promise<Dataset | null> {
  const all = tree.paths.filter((path) => path.endsWith(".json")).sort();
  // Each is read once, whatever is looked for in it.
  const read = new Map<string, Promise<unknown>>();
  const jsonOf = async <T>(named: RegExp, isWanted: (json: unknown) => json is T): Promise<Map<string, T>> => {
    const paths = all.filter((path) => named.test(path));
    const found = new Map<string, T>();
    for (const path of paths) {
      if (!read.has(path)) read.set(path, readJson(tree, path));
      const json = await read.get(path);
      if (isWanted(json)) found.set(path, json);
      else if (found.size === 0 && paths.length > FEW) break;
    }
    return found;
  };
  for (const named of PREFERRED) {
    const coco = await jsonOf(named, isCoco);
    if (coco.size > 0) return cocoDataset(tree, coco);
  }
  const labelme = await jsonOf(/./, isLabelme);
  return labelme.size > 0 ? labelmeDataset(tree, labelme) : null;
}

async function readJson(tree: FileTree, path: string): Promise<unknown> {
  try {
    return JSON.parse(new TextDecoder().decode(await tree.read(path)));
  } catch (error) {
    throw new Error(`${path} is no JSON: ${error instanceof Error ? error.message : String(error)}.`, {cause: error});
  }
}
