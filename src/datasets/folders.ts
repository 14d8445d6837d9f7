import {folderOf, nameOf, stemOf} from "../formats/file-tree.js";
import type {FileTree} from "../formats/file-tree.js";
import {classNames, fileOf, inUsualOrder} from "./dataset.js";
import type {Dataset, LabelledPhoto, Split} from "./dataset.js";

/*
 * Two folders side by side, photos in one and masks of the same names in the other, as people make them: `images` and `masks`, a pair for
 * each split (`train/images`, `train/masks`) or a split in each (`images/train`, `masks/train`, as ADE20K has them).
 */

const PHOTO_FOLDER = /^(images?|imgs?|photos?|pictures?|jpegimages|inputs?|x)$/i;
const MASK_FOLDER = /^(masks?|labels?|annotations?|segmentations?|segmentationclass|targets?|gt|ground_?truth|y)$/i;
const PICTURE = /\.(jpe?g|png|webp|bmp|gif|tiff?|avif)$/i;
/** What tools add to a mask's name, e.g. "cat_mask.png" for "cat.jpg". */
const ADDED = /[-_ .]?(masks?|labels?|seg(mentation)?|gt|label_?ids|label_?train_?ids)$/i;
/** Names of splits among folders; the split of folders that have none of them. */
const SPLIT = /^(train|val|test|dev)/i;
const ALL = "all";

interface Folder {
  /** The path, its folder of photos or masks replaced: two folders with the same belong together. */
  readonly place: string;
  readonly split: string;
  readonly files: readonly string[];
}

/** Whether a tree holds at least one folder of photos beside one of masks. */
export function hasFolders(tree: FileTree): boolean {
  const photos = foldersOf(tree, PHOTO_FOLDER);
  return foldersOf(tree, MASK_FOLDER).some(({place}) => photos.some((each) => each.place === place));
}

/** A data set of the pairs in such folders; a list of its classes may lie beside them. */
export async function foldersDataset(tree: FileTree): Promise<Dataset> {
  const masks = foldersOf(tree, MASK_FOLDER);
  const pairs = foldersOf(tree, PHOTO_FOLDER).flatMap((photos) => {
    const found = masks.find(({place}) => place === photos.place);
    return found ? [paired(tree, photos, found)] : [];
  });
  return {
    layout: "folders",
    splits: inUsualOrder([...new Set(pairs.map(({split}) => split))]),
    classes: await classNames(tree),
    unpaired: {photos: pairs.flatMap(({lonePhotos}) => lonePhotos), masks: pairs.flatMap(({loneMasks}) => loneMasks)},
    read(name): Promise<Split> {
      const items = pairs.filter(({split}) => split === name).flatMap((pair) => pair.items);
      if (items.length === 0) return Promise.reject(new Error(`No photo of "${name}" has a mask of the same name.`));
      return Promise.resolve({name, items, faults: []});
    }
  };
}

function paired(tree: FileTree, photos: Folder, masks: Folder) {
  const byName = new Map<string, string>();
  for (const path of masks.files) byName.set(stemOf(path).replace(ADDED, ""), path);
  // A name as it stands comes before one that something was taken from.
  for (const path of masks.files) byName.set(stemOf(path), path);
  const items: LabelledPhoto[] = [];
  const lonePhotos: string[] = [];
  const used = new Set<string>();
  for (const photo of photos.files) {
    const mask = byName.get(stemOf(photo));
    if (mask === undefined) lonePhotos.push(photo);
    else {
      used.add(mask);
      items.push({id: stemOf(photo), photo: fileOf(tree, photo), labels: fileOf(tree, mask)});
    }
  }
  return {split: photos.split, items, lonePhotos, loneMasks: masks.files.filter((path) => !used.has(path))};
}

function foldersOf({paths}: FileTree, named: RegExp): Folder[] {
  const folders = new Map<string, string[]>();
  for (const path of [...paths].sort()) {
    if (PICTURE.test(path) && !nameOf(path).startsWith(".")) folders.set(folderOf(path), [...(folders.get(folderOf(path)) ?? []), path]);
  }
  return [...folders].flatMap(([folder, files]): Folder[] => {
    const parts = folder.split("/");
    const at = parts.findLastIndex((part) => named.test(part));
    if (at < 0) return [];
    return [{place: parts.with(at, "*").join("/"), split: parts.findLast((part) => SPLIT.test(part)) ?? ALL, files}];
  });
}
