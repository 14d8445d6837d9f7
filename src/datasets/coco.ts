import {group} from "d3-array";
import {folderOf, nameOf, stemOf} from "../formats/file-tree.js";
import type {FileTree} from "../formats/file-tree.js";
import {isListOf, isNumber, isNumbers, isObject, isText} from "../formats/json.js";
import {decodeMaskPicture} from "../formats/mask-picture.js";
import type {Mask} from "../formats/mask-picture.js";
import {canvasOf} from "./canvas.js";
import {fillRuns} from "./coco-runs.js";
import type {Runs} from "./coco-runs.js";
import {afterBackground, fileOf, inUsualOrder} from "./dataset.js";
import type {Dataset, DrawnLabels, LabelledPhoto, Split} from "./dataset.js";
import {photosByName} from "./photo-by-name.js";
import {fillPolygons} from "../drawing/fill.js";
import type {Polygon} from "../drawing/polygons.js";

/*
 * COCO's JSON of instances or of panoptic segments with its photos. Its categories become classes in the order of their ids, after
 * background. Of objects that overlap the smaller lies above.
 */

interface Photo {
  readonly id: number;
  readonly file_name: string;
  readonly width: number;
  readonly height: number;
}
interface Category {
  readonly id: number;
  readonly name: string;
}
interface Instance {
  readonly image_id: number;
  readonly category_id: number;
  readonly segmentation: readonly Polygon[] | Runs;
  readonly area?: number;
}
interface Panoptic {
  readonly image_id: number;
  readonly file_name: string;
  readonly segments_info: readonly {readonly id: number; readonly category_id: number}[];
}
interface Coco {
  readonly images: readonly Photo[];
  readonly annotations: readonly (Instance | Panoptic)[];
  readonly categories: readonly Category[];
}

/** Whether some JSON is COCO's. */
export function isCoco(json: unknown): json is Coco {
  const {images, annotations, categories} = (json ?? {}) as Partial<Coco>;
  return Array.isArray(images) && Array.isArray(annotations) && Array.isArray(categories);
}

/**
 * A data set of COCO's JSON files, a split each.
 *
 * @param files the JSON files by their paths
 * @throws Error with a sentence for the reader where they have other categories each, or too many
 */
export function cocoDataset(tree: FileTree, files: ReadonlyMap<string, Coco>): Dataset {
  for (const [path, json] of files) checkLists(path, json);
  const [first] = files.values();
  const categories = [...first!.categories].sort((a, b) => a.id - b.id);
  const other = [...files].find(([, {categories: each}]) => key(each) !== key(categories));
  if (other) throw new Error(`${other[0]} has other categories than ${[...files.keys()][0]!}: give one of them alone.`);
  const classes = afterBackground(
    categories.map(({name}) => name),
    "categories"
  );
  const ids = new Map(categories.map(({id}, index) => [id, index + 1]));
  const named = new Map([...files.keys()].map((path) => [splitOf(path), path]));
  return {
    layout: "coco",
    splits: inUsualOrder([...named.keys()]),
    classes,
    unpaired: {photos: [], masks: []},
    read: (name) => Promise.resolve(splitFrom(tree, name, named.get(name)!, files.get(named.get(name)!)!, ids))
  };
}

/** @throws Error with a sentence for the reader where its lists hold something else than they should */
function checkLists(path: string, {images, categories, annotations}: Coco): void {
  const damaged = (list: string) =>
    new Error(`${path} is damaged, or no file of COCO's: its list "${list}" holds what does not belong there.`);
  if (!isListOf(images, ({file_name: file}) => isText(file))) throw damaged("images");
  if (!isListOf(categories, ({id, name}) => isNumber(id) && isText(name))) throw damaged("categories");
  const isDrawn = (runs: unknown) =>
    isObject(runs)
      ? isNumbers(runs["size"]) && (isText(runs["counts"]) || isNumbers(runs["counts"]))
      : Array.isArray(runs) && runs.every(isNumbers);
  const isSegments = (segments: unknown, file: unknown) => isText(file) && isListOf(segments, ({id}) => isNumber(id));
  const isKnown = ({segmentation, segments_info: segments, file_name: file}: Record<string, unknown>) =>
    segments === undefined ? isDrawn(segmentation) : isSegments(segments, file);
  if (!isListOf(annotations, isKnown)) throw damaged("annotations");
}

function key(categories: readonly Category[]): string {
  return [...categories]
    .sort((a, b) => a.id - b.id)
    .map(({id, name}) => `${id}:${name}`)
    .join();
}

/** "annotations/instances_val2017.json" is "val2017". */
function splitOf(path: string): string {
  return stemOf(path).replace(/^(instances|panoptic|annotations?)[-_.]?/, "") || stemOf(path);
}

function splitFrom(tree: FileTree, name: string, path: string, {images, annotations}: Coco, ids: ReadonlyMap<number, number>): Split {
  const byPhoto = group(annotations, ({image_id}) => image_id);
  const photoOf = photosByName(tree);
  const faults: string[] = [];
  const items: LabelledPhoto[] = [];
  for (const photo of images) {
    const found = photoOf(photo.file_name, name);
    if (found === undefined) {
      faults.push(`${path} names the photo ${photo.file_name}, which is not there.`);
      continue;
    }
    const id = stemOf(photo.file_name);
    items.push({id, photo: fileOf(tree, found), labels: drawn(tree, path, photo, byPhoto.get(photo.id) ?? [], ids)});
  }
  if (items.length === 0 && faults.length === 0) throw new Error(`${path} names no photo.`);
  return {name, items, faults};
}

function drawn(
  tree: FileTree,
  path: string,
  photo: Photo,
  annotations: readonly (Instance | Panoptic)[],
  ids: ReadonlyMap<number, number>
): DrawnLabels {
  const name = `${path}: ${photo.file_name}`;
  return {
    name,
    async draw(): Promise<Mask> {
      const canvas = canvasOf(photo, name);
      const idOf = (category: number): number => {
        const id = ids.get(category);
        if (id === undefined) throw new Error(`${name} has an object of category ${category}, which the file does not list.`);
        return id;
      };
      const [first] = annotations;
      if (first && "segments_info" in first) return panoptic(tree, path, first, idOf);
      const instances = [...(annotations as readonly Instance[])].sort((a, b) => (b.area ?? 0) - (a.area ?? 0));
      for (const {segmentation, category_id} of instances) {
        if ("counts" in segmentation) fillRuns(canvas, segmentation, idOf(category_id), name);
        else fillPolygons(canvas, segmentation, idOf(category_id));
      }
      return canvas;
    }
  };
}

/** A panoptic PNG holds the id of a segment as red + 256 green + 65536 blue; 0 is none. */
async function panoptic(
  tree: FileTree,
  path: string,
  {file_name, segments_info}: Panoptic,
  idOf: (category: number) => number
): Promise<Mask> {
  const candidates = tree.paths.filter((each) => nameOf(each) === nameOf(file_name));
  const found = candidates.find((each) => folderOf(each).includes("panoptic") || folderOf(each) === path.replace(/\.json$/, ""));
  const file = found ?? candidates[0];
  if (file === undefined) throw new Error(`${path} names the segments ${file_name}, which are not there.`);
  const {width, height, channels, depth, values} = decodeMaskPicture(await tree.read(file), file);
  if (channels < 3 || depth !== 8) throw new Error(`${file} is no PNG of panoptic segments: these are colours of 8 bits.`);
  const segments = new Map(segments_info.map(({id, category_id}) => [id, idOf(category_id)]));
  const ids = Uint8Array.from({length: width * height}, (_, i) => {
    const segment = values[i * channels]! + 256 * values[i * channels + 1]! + 65536 * values[i * channels + 2]!;
    return segments.get(segment) ?? 0;
  });
  return {width, height, ids};
}
