import {group} from "d3-array";
import {folderOf, nameOf} from "../formats/file-tree.js";
import type {FileTree} from "../formats/file-tree.js";

/** Finds the photo that a file of labels names, wherever in the tree it lies. @param split of the list that it belongs to */
export type FindPhoto = (named: string, split: string) => string | undefined;

/** Of photos of one name that whose path ends as the labels have it, or which lies in the folder of the split. */
export function photosByName({paths}: FileTree): FindPhoto {
  const byName = group(paths, nameOf);
  return (named, split) => {
    const found = byName.get(nameOf(named)) ?? [];
    const endsSo = found.filter((each) => each === named || each.endsWith(`/${named}`));
    const candidates = endsSo.length > 0 ? endsSo : found;
    // CVAT writes "Train" where a list is called "train".
    const isInFolder = (path: string) => folderOf(path).toLowerCase().split("/").includes(split.toLowerCase());
    return candidates.find(isInFolder) ?? candidates[0];
  };
}
