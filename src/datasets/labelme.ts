import {folderOf, nameOf, stemOf} from "../formats/file-tree.js";
import type {FileTree} from "../formats/file-tree.js";
import {isListOf, isNumbers, isText} from "../formats/json.js";
import {IGNORE} from "../formats/mask-picture.js";
import {canvasOf} from "./canvas.js";
import {afterBackground, fileOf} from "./dataset.js";
import type {Dataset, LabelledPhoto, Split} from "./dataset.js";
import {fillPolygons} from "../drawing/fill.js";
import {ellipse} from "../drawing/polygons.js";
import type {Polygon} from "../drawing/polygons.js";

/*
 * labelme's JSON, one beside each photo, with named shapes. Classes are the names in alphabetical order, after background; later shapes
 * lie above.
 */

interface Shape {
  readonly label: string;
  readonly points: readonly (readonly [number, number])[];
  readonly shape_type?: string;
}
interface Labelme {
  readonly shapes: readonly Shape[];
  readonly imagePath: string;
  readonly imageWidth: number;
  readonly imageHeight: number;
}

const ALL = "all";
/** What labelme's own converter calls what is no object, and what is ignored. */
const OTHERS = new Map([
  ["_background_", 0],
  ["background", 0],
  ["__ignore__", IGNORE]
]);

/** Whether some JSON is labelme's. */
export function isLabelme(json: unknown): json is Labelme {
  const {shapes, imagePath} = (json ?? {}) as Partial<Labelme>;
  return Array.isArray(shapes) && typeof imagePath === "string";
}

/** A data set of labelme's JSON files. @param files by their paths @throws Error with a sentence for the reader where one is damaged */
export function labelmeDataset(tree: FileTree, files: ReadonlyMap<string, Labelme>): Dataset {
  for (const [path, {shapes}] of files) {
    if (!isListOf(shapes, ({label, points}) => isText(label) && Array.isArray(points) && points.every(isPoint)))
      throw new Error(`${path} is damaged, or no file of labelme's: it has shapes without a label, or without points.`);
  }
  const names = new Set([...files.values()].flatMap(({shapes}) => shapes.map(({label}) => label)));
  const classes = afterBackground([...names].filter((name) => !OTHERS.has(name)).sort(), "labels");
  const photos = new Map(tree.paths.map((path) => [path, path]));
  return {
    layout: "labelme",
    splits: [ALL],
    classes,
    unpaired: {photos: [], masks: []},
    read(name): Promise<Split> {
      const faults: string[] = [];
      const items: LabelledPhoto[] = [];
      for (const [path, labels] of files) {
        const photo = photos.get([folderOf(path), nameOf(labels.imagePath.replaceAll("\\", "/"))].filter(Boolean).join("/"));
        if (photo === undefined) faults.push(`${path} names the photo ${labels.imagePath}, which is not beside it.`);
        else
          items.push({
            id: stemOf(path),
            photo: fileOf(tree, photo),
            labels: {name: path, draw: () => Promise.resolve(drawn(labels, classes, path))}
          });
      }
      return Promise.resolve({name, items, faults});
    }
  };
}

function drawn({shapes, imageWidth: width, imageHeight: height}: Labelme, classes: readonly string[], path: string) {
  const canvas = canvasOf({width, height}, path);
  for (const shape of shapes) fillPolygons(canvas, [polygonOf(shape, path)], OTHERS.get(shape.label) ?? classes.indexOf(shape.label));
  return canvas;
}

function isPoint(value: unknown): boolean {
  return isNumbers(value) && value.length === 2;
}

function polygonOf({shape_type = "polygon", points, label}: Shape, path: string): Polygon {
  const [[x0, y0] = [0, 0], [x1, y1] = [0, 0]] = points;
  switch (shape_type) {
    case "polygon":
      return points.flat();
    case "rectangle":
      return [x0, y0, x1, y0, x1, y1, x0, y1];
    case "circle": {
      const radius = Math.hypot(x1 - x0, y1 - y0);
      return ellipse([x0, y0], radius, radius);
    }
    default:
      throw new Error(`${path} has a ${shape_type} called ${label}; an area is a polygon, a rectangle or a circle.`);
  }
}
