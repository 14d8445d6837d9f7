import * as tf from "@tensorflow/tfjs-core";
import type {Photo} from "../../engine/photo.js";
import {OVERLAY_OPACITY} from "../../formats/overlay-look.js";
import {isModel, isPhoto} from "./engine-names.js";
import {Mask} from "./mask.js";
import type {Shown, ShownMaps, ShownPicture, ShownTensor} from "./shown.js";
import {numberText, treeOf} from "./tree.js";
import {View} from "./views.js";
import type {MapOptions, MapsOptions, Wish} from "./views.js";

/** Channels of a map, and values of a list, that are shown where nobody says how many. */
const CHANNELS = 8;
const VALUES = 32;
/** Rows of a table that are shown. */
const ROWS = 200;

/** Plain data that shows a value. It reads what it needs of tensors before it first waits. */
export async function present(value: unknown): Promise<Shown> {
  if (value instanceof View) return presentWish(value.wish);
  if (value instanceof Mask) return presentMask(value, null, OVERLAY_OPACITY);
  if (value instanceof tf.Tensor) return presentTensor(value as tf.Tensor);
  if (isModel(value)) {
    const {card, network, weights} = value;
    const {backbone, head, classes} = network;
    return {
      kind: "tree",
      tree: {...treeOf({card, backbone, head, classes}), text: `model “${card.name}”, ${Object.keys(weights).length} weights`}
    };
  }
  if (isPhoto(value)) return {kind: "photo", ...pictureOf(value)};
  return {kind: "tree", tree: treeOf(value)};
}

async function presentWish(wish: Wish): Promise<Shown> {
  switch (wish.kind) {
    case "map":
      return presentMap(wish.tensor, wish.options);
    case "maps":
      return presentMaps(wish.tensor, wish.options);
    case "mask": {
      if (!(wish.mask instanceof Mask)) throw new TypeError("show.mask takes a mask, e.g. show.mask(result.mask, {photo}).");
      const {photo, opacity = OVERLAY_OPACITY} = wish.options;
      return presentMask(wish.mask, photo ?? null, opacity);
    }
    case "bars": {
      const {label = "Values", unit = ""} = wish.options;
      return {kind: "bars", label, unit, bars: await barsOf(wish.values)};
    }
    case "table": {
      const rows = [...wish.rows];
      const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
      const text = (value: unknown) =>
        value === undefined || value === null ? "" : typeof value === "string" ? value : treeOf(value, 0).text;
      return {kind: "table", columns, rows: rows.slice(0, ROWS).map((row) => columns.map((column) => text(row[column]))), of: rows.length};
    }
    case "svg":
      return {kind: "svg", text: wish.text, title: wish.title};
  }
}

function presentMask({width, height, labels, classes, palette}: Mask, photo: Photo | null, opacity: number): Shown {
  return {kind: "mask", width, height, labels, classes, palette, photo: photo && pictureOf(photo), opacity};
}

function pictureOf({width, height, rgba}: Photo): ShownPicture {
  return {width, height, rgba: rgba as Uint8ClampedArray<ArrayBuffer>};
}

/** Height, width and channels of a tensor as a map; null where it is none. */
function mapShape({shape}: tf.Tensor): [number, number, number] | null {
  if (shape.length === 4 && shape[0] === 1) return [shape[1]!, shape[2]!, shape[3]!];
  if (shape.length === 3) return [shape[0]!, shape[1]!, shape[2]!];
  return shape.length === 2 ? [shape[0]!, shape[1]!, 1] : null;
}

/** @throws TypeError with a sentence on what is no map */
function mapOf(tensor: tf.Tensor, by: string): tf.Tensor3D {
  if (!(tensor instanceof tf.Tensor)) throw new TypeError(`${by} takes a tensor.`);
  const shape = mapShape(tensor);
  if (!shape)
    throw new RangeError(
      `${by} takes a map, [1, height, width, channels] or [height, width]; this tensor is [${tensor.shape.join(", ")}].`
    );
  return tf.reshape(tf.cast(tensor, "float32"), shape);
}

/** @throws RangeError with a sentence where a map has no such channel */
function checkChannel(channel: number, channels: number): void {
  if (!(channel >= 0 && channel < channels)) throw new RangeError(`There is no channel ${channel}: this map has ${channels}, from 0.`);
}

async function presentMap(tensor: tf.Tensor, options: MapOptions): Promise<Shown> {
  const {label = "Map", channel, colours = "sequential", numbers = false} = options;
  const flat = tf.tidy(() => {
    const map = mapOf(tensor, "show.map");
    const channels = map.shape[2];
    if (channel !== undefined) checkChannel(channel, channels);
    return channel === undefined && channels > 1
      ? tf.mean(tf.abs(map), 2)
      : tf.squeeze(tf.slice(map, [0, 0, channel ?? 0], [-1, -1, 1]), [2]);
  }) as tf.Tensor2D;
  const [height, width] = flat.shape;
  return {kind: "map", label, height, width, values: await taken(flat), colours, numbers};
}

async function presentMaps(tensor: tf.Tensor, {label = "Channels", from = 0, count = CHANNELS}: MapsOptions): Promise<Shown> {
  return {kind: "maps", label, from, ...(await channelsOf(tensor, from, count))};
}

async function presentTensor(tensor: tf.Tensor): Promise<ShownTensor> {
  const {shape, dtype} = tensor;
  if (dtype === "string" || dtype === "complex64" || tensor.size === 0)
    return {kind: "tensor", shape, dtype, range: null, maps: null, values: null};
  const facts = tf.tidy(() => {
    const numbers = tf.cast(tensor, "float32");
    return tf.stack([tf.min(numbers), tf.mean(numbers), tf.max(numbers)]);
  });
  // A row or a column is a list of values.
  const isMap = mapShape(tensor) !== null && (shape.length > 2 || Math.min(...shape) > 1);
  const [[min, mean, max], maps, values] = await Promise.all([
    taken(facts),
    isMap ? channelsOf(tensor, 0, CHANNELS) : null,
    isMap ? null : firstValues(tensor)
  ]);
  return {kind: "tensor", shape, dtype, range: {min: min!, mean: mean!, max: max!}, maps, values};
}

function firstValues(tensor: tf.Tensor): Promise<Float32Array> {
  return taken(tf.tidy(() => tf.slice(tf.reshape(tf.cast(tensor, "float32"), [-1]), [0], [Math.min(VALUES, tensor.size)])));
}

async function channelsOf(tensor: tf.Tensor, from: number, count: number): Promise<ShownMaps> {
  const some = tf.tidy(() => {
    const map = mapOf(tensor, "show.maps");
    const channels = map.shape[2];
    checkChannel(from, channels);
    return tf.slice(map, [0, 0, from], [-1, -1, Math.min(count, channels - from)]);
  });
  const [height, width, channels] = some.shape;
  return {height, width, channels, values: await taken(some)};
}

/** Values of a tensor, which is disposed. */
async function taken(tensor: tf.Tensor): Promise<Float32Array> {
  try {
    return (await tensor.data()) as Float32Array;
  } finally {
    tensor.dispose();
  }
}

/** @throws TypeError with a sentence where there is a value that is no number */
async function barsOf(values: unknown): Promise<{name: string; value: number}[]> {
  const read = values instanceof tf.Tensor ? [...(await values.data())] : values;
  const entries = read instanceof Map ? [...read] : Object.entries(read as object);
  return entries.slice(0, ROWS).map(([name, value]: readonly [unknown, unknown]) => {
    // A list may tell each value's name.
    const each = typeof value === "object" && value !== null && "value" in value ? (value as {name?: unknown; value: unknown}) : {value};
    if (typeof each.value !== "number")
      throw new TypeError(`show.bars takes numbers by name; ${String(name)} is ${treeOf(each.value, 0).text}.`);
    return {name: String(each.name ?? name), value: each.value};
  });
}

/** What stands in a text of Markdown for a value. */
export function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  return typeof value === "number" ? numberText(value) : treeOf(value, 0).text;
}
