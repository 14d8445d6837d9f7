import {folderOf, nameOf, stemOf, subtree} from "../formats/file-tree.js";
import type {FileTree} from "../formats/file-tree.js";
import {decodeMaskPicture} from "../formats/mask-picture.js";
import {idsOfColours} from "./colours.js";
import {classNames, fileOf, inUsualOrder, linesOf} from "./dataset.js";
import type {Dataset, DrawnLabels, LabelledPhoto, SourceFile, Split} from "./dataset.js";
import {readLabelMap} from "./label-map.js";
import type {LabelMap} from "./label-map.js";
import {readWith} from "./mend.js";

/*
 * The layout of PASCAL VOC: `JPEGImages/<id>.jpg`, `SegmentationClass/<id>.png` (one channel, pixel = class id, 255 = ignore) and lists of
 * ids, `ImageSets/Segmentation/<split>.txt` or `<split>.txt` beside the folders. CVAT writes it too, with colours in the masks and what
 * they mean in `labelmap.txt`.
 */

const PHOTOS = "JPEGImages";
/** The release's own scripts keep masks without their palette in the second. */
const MASKS = ["SegmentationClass", "SegmentationClassRaw", "SegmentationClassAug"];
const LIST_FOLDERS = ["ImageSets/Segmentation", ""];
const LABEL_MAP = "labelmap.txt";
/** What stands beside the folders and is no list of photos. */
const NO_LIST = /^(label|class|readme|licen[cs]e|obj|requirements)/i;
const PHOTO_ENDING = /\.(jpe?g|png|webp|bmp)$/i;

/** The folders of a tree that hold this layout, the shortest path first; "" is the tree itself. */
export function vocRoots(tree: FileTree): string[] {
  const folders = new Set(tree.paths.map(folderOf));
  const beside = (root: string, name: string) => (root === "" ? name : `${root}/${name}`);
  return [...folders]
    .filter((folder) => nameOf(folder) === PHOTOS)
    .map(folderOf)
    .filter((root) => MASKS.some((name) => folders.has(beside(root, name))))
    .sort((a, b) => a.length - b.length || a.localeCompare(b));
}

/**
 * A data set in this layout; pictures are not opened.
 *
 * @param whole the tree, of which `root` is the folder
 */
export async function vocDataset(whole: FileTree, root: string): Promise<Dataset> {
  const tree = subtree(whole, root);
  const folder = MASKS.find((name) => tree.paths.some((path) => folderOf(path) === name))!;
  const photos = byStem(tree, PHOTOS, PHOTO_ENDING);
  const masks = byStem(tree, folder, /\.png$/i);
  const lists = new Map(LIST_FOLDERS.toReversed().flatMap((each) => listsIn(tree, each)));
  const map = tree.paths.includes(LABEL_MAP) ? readLabelMap(await tree.read(LABEL_MAP), LABEL_MAP) : undefined;

  const pair = (id: string, from: string): LabelledPhoto | string => {
    const [photo, mask] = [photos.get(id), masks.get(id)];
    if (photo === undefined) return `${from} names "${id}", but there is no photo ${PHOTOS}/${id}.jpg.`;
    if (mask === undefined) return `The photo ${photo} has no mask: ${folder}/${id}.png is missing.`;
    return {id, photo: fileOf(tree, photo), labels: map ? coloured(fileOf(tree, mask), map) : fileOf(tree, mask)};
  };
  return {
    layout: "voc",
    splits: lists.size > 0 ? inUsualOrder([...lists.keys()]) : ["all"],
    classes: map?.classes ?? (await classNames(tree)),
    colours: map?.colours,
    unpaired: {
      photos: [...photos].filter(([id]) => !masks.has(id)).map(([, path]) => path),
      masks: [...masks].filter(([id]) => !photos.has(id)).map(([, path]) => path)
    },
    async read(name): Promise<Split> {
      const list = lists.get(name);
      const ids = list === undefined ? [...photos.keys()].filter((id) => masks.has(id)) : linesOf(await tree.read(list));
      if (ids.length === 0) throw new Error(list === undefined ? "No photo has a mask of the same name." : `The list ${list} is empty.`);
      const found = ids.map((id) => pair(id, list ?? PHOTOS));
      return {
        name,
        items: found.filter((each) => typeof each !== "string"),
        faults: found.filter((each) => typeof each === "string")
      };
    }
  };
}

/** A mask whose pixels are ids, or the colours of a label map. */
function coloured(file: SourceFile, {colours}: LabelMap): DrawnLabels {
  const ids = idsOfColours(colours);
  return {name: file.name, draw: async () => readWith(decodeMaskPicture(await file.bytes(), file.name), file.name, ids)};
}

/** Paths of the pictures in a folder by their names without endings; of two with the same the first. */
function byStem(tree: FileTree, folder: string, ending: RegExp): Map<string, string> {
  const found = new Map<string, string>();
  for (const path of [...tree.paths].sort()) {
    if (folderOf(path) === folder && ending.test(path) && !found.has(stemOf(path))) found.set(stemOf(path), path);
  }
  return found;
}

function listsIn(tree: FileTree, folder: string): [name: string, path: string][] {
  return tree.paths
    .filter((path) => folderOf(path) === folder && path.endsWith(".txt") && !NO_LIST.test(nameOf(path)))
    .map((path) => [stemOf(path), path]);
}
