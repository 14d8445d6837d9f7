import {group, rollup} from "d3-array";
import {fillPolygons} from "../drawing/fill.js";
import type {Canvas} from "../drawing/canvas.js";
import {ellipse} from "../drawing/polygons.js";
import type {Polygon} from "../drawing/polygons.js";
import {stemOf} from "../formats/file-tree.js";
import type {FileTree} from "../formats/file-tree.js";
import type {XmlElement} from "../formats/xml.js";
import {canvasOf} from "./canvas.js";
import type {Colour} from "./colours.js";
import {afterBackground, fileOf, inUsualOrder} from "./dataset.js";
import type {Dataset, LabelledPhoto, Split} from "./dataset.js";
import {listed} from "./finding.js";
import {photosByName} from "./photo-by-name.js";

/*
 * CVAT's own XML ("CVAT for images 1.1") with its photos: polygons, ellipses and masks of named labels, those of a larger z_order above.
 * Classes are its labels in their order, after background.
 */

const ALL = "all";
const BACKGROUND = "background";
/** Shapes that are areas. */
const AREAS = ["polygon", "ellipse", "mask"];
/** What it also has, and outlines no area: boxes are around objects. */
const OTHERS: Readonly<Record<string, string>> = {
  box: "boxes",
  polyline: "polylines",
  points: "points",
  skeleton: "skeletons",
  cuboid: "cuboids"
};

/** Whether an XML file is CVAT's. */
export function isCvat(root: XmlElement): boolean {
  return root.name === "annotations" && root.children.some(({name}) => name === "meta");
}

/** The data set of such a file. @param path of it, for messages */
export function cvatDataset(tree: FileTree, root: XmlElement, path: string): Dataset {
  const {classes, colours} = labelsOf(root);
  const splitOf = ({attributes: {subset}}: XmlElement) => (subset ? subset.toLowerCase() : ALL);
  const splits = group(childrenOf(root, "image"), splitOf);
  const photoOf = photosByName(tree);
  return {
    layout: "cvat",
    splits: inUsualOrder([...splits.keys()]),
    classes,
    colours,
    unpaired: {photos: [], masks: []},
    read(name): Promise<Split> {
      const images = splits.get(name) ?? [];
      const faults: string[] = [];
      const items: LabelledPhoto[] = [];
      for (const image of images) {
        const named = image.attributes["name"] ?? "";
        const photo = photoOf(named, name);
        if (photo === undefined) faults.push(`${path} names the photo ${named}, which is not there.`);
        else
          items.push({
            id: stemOf(named),
            photo: fileOf(tree, photo),
            labels: {name: `${path}: ${named}`, draw: async () => drawn(image, classes, `${path}: ${named}`)}
          });
      }
      return Promise.resolve({name, items, faults, notes: notesOn(images)});
    }
  };
}

function childrenOf({children}: XmlElement, named: string): readonly XmlElement[] {
  return children.filter(({name}) => name === named);
}

/** All elements of a name, however deep: labels stand in the description of a task, a job or a project. */
function within(element: XmlElement, named: string): XmlElement[] {
  return element.children.flatMap((child) => (child.name === named ? [child] : within(child, named)));
}

function labelsOf(root: XmlElement): {classes: string[]; colours: Colour[]} {
  const textOf = (label: XmlElement, field: string) => childrenOf(label, field)[0]?.text.trim() ?? "";
  const meta = childrenOf(root, "meta").flatMap((each) => within(each, "label"));
  const colourOf = new Map(meta.map((label) => [textOf(label, "name"), colourFrom(textOf(label, "color"))]));
  const used = childrenOf(root, "image").flatMap(({children}) => children.map(({attributes: {label}}) => label ?? ""));
  const named = new Set([...colourOf.keys(), ...used].filter((name) => name !== "" && name !== BACKGROUND));
  return {
    classes: afterBackground([...named], "labels"),
    colours: [[0, 0, 0], ...[...named].map((name): Colour => colourOf.get(name) ?? [128, 128, 128])]
  };
}

/** @param text e.g. "#c08080" */
function colourFrom(text: string): Colour | undefined {
  const [, r, g, b] = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(text) ?? [];
  return r === undefined ? undefined : [parseInt(r, 16), parseInt(g!, 16), parseInt(b!, 16)];
}

/** What is left out, as a sentence. */
function notesOn(images: readonly XmlElement[]): string[] {
  const left = images.flatMap(({children}) => children.filter(({name}) => Object.hasOwn(OTHERS, name)));
  if (left.length === 0) return [];
  const counts = rollup(
    left,
    (shapes) => shapes.length,
    ({name}) => name
  );
  const words = [...counts].map(([name, count]) => `${count} ${count === 1 ? name : OTHERS[name]!}`);
  return [
    `${listed(words)} ${left.length === 1 ? "is" : "are"} left out: only polygons, ellipses and masks say which pixels an object has.`
  ];
}

function drawn({attributes, children}: XmlElement, classes: readonly string[], called: string): Canvas {
  const [width, height] = [Number(attributes["width"]), Number(attributes["height"])];
  if (!(width > 0 && height > 0)) throw new Error(`${called} has no width and height.`);
  const canvas = canvasOf({width, height}, called);
  const order = (shape: XmlElement) => Number(shape.attributes["z_order"] ?? 0);
  const areas = children.filter(({name}) => AREAS.includes(name)).sort((a, b) => order(a) - order(b));
  for (const shape of areas) {
    const id = Math.max(0, classes.indexOf(shape.attributes["label"] ?? ""));
    if (shape.name === "mask") fillRows(canvas, shape, id, called);
    else fillPolygons(canvas, [shape.name === "polygon" ? pointsOf(shape, called) : ellipseOf(shape, called)], id);
  }
  return canvas;
}

function numbersOf(shape: XmlElement, names: readonly string[], called: string): number[] {
  const found = names.map((name) => Number(shape.attributes[name] ?? NaN));
  if (found.some(Number.isNaN)) throw new Error(`${called} has a ${shape.name} without ${listed(names)}.`);
  return found;
}

/** Points as "x,y;x,y;x,y". */
function pointsOf({attributes: {points = ""}}: XmlElement, called: string): Polygon {
  const found = points.split(/[;,]/).map(Number);
  if (found.length < 6 || found.length % 2 === 1 || found.some(Number.isNaN)) {
    throw new Error(`${called} has a polygon with the points "${points}"; these are pairs x,y with semicolons between.`);
  }
  return found;
}

function ellipseOf(shape: XmlElement, called: string): Polygon {
  const [x, y, across, down] = numbersOf(shape, ["cx", "cy", "rx", "ry"], called) as [number, number, number, number];
  return ellipse([x, y], across, down, Number(shape.attributes["rotation"] ?? 0));
}

/** Run lengths within a box, row after row, of pixels outside and inside by turns. */
function fillRows(canvas: Canvas, shape: XmlElement, id: number, called: string): void {
  const [left, top, width, height] = numbersOf(shape, ["left", "top", "width", "height"], called) as [number, number, number, number];
  const lengths = (shape.attributes["rle"] ?? "").split(",").map(Number);
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const fits = left >= 0 && top >= 0 && left + width <= canvas.width && top + height <= canvas.height;
  if (total !== width * height || !fits || lengths.some((length) => !(length >= 0))) {
    throw new Error(
      `${called} has a mask of ${total} pixels for ${width}x${height} at ${left}, ${top}; the photo has ${canvas.width}x${canvas.height}.`
    );
  }
  let at = 0;
  lengths.forEach((length, index) => {
    if (index % 2 === 1) {
      for (let i = at; i < at + length; i++) canvas.ids[(top + Math.floor(i / width)) * canvas.width + left + (i % width)] = id;
    }
    at += length;
  });
}
