import {deflateRawSync} from "node:zlib";
import {encode} from "fast-png";
import {test} from "vitest";
import {maskOf, wholeSplit} from "../../src/datasets/dataset.js";
import {openDataset} from "../../src/datasets/open.js";
import {writeRecord} from "../../src/datasets/tfrecord.js";
import {exifOrientation} from "../../src/formats/exif.js";
import {readGraphModel} from "../../src/formats/graph-model.js";
import {readLayersModel} from "../../src/formats/layers-model.js";
import {readMace} from "../../src/formats/mace.js";
import {decodeMaskPicture} from "../../src/formats/mask-picture.js";
import {MOST_PIXELS, pictureSize} from "../../src/formats/picture-size.js";
import {zipTree} from "../../src/formats/zip-files.js";
import {keptMask, readMaskFile} from "../../src/labelling/mask-file.js";
import {fromFragment} from "../../src/notebook/address.js";
import {readMarkdown} from "../../src/notebook/markdown-file.js";
import {photoOf, pngOf, rows, treeOf} from "../datasets/trees.js";
import {tryDamaged} from "../importers/try-damaged.js";
import {tinyLayers} from "./tiny-layers.js";
import {maceFiles} from "./tiny-mace.js";
import {zipOf} from "./tiny-zip.js";

/*
 * What is read besides models, and the readers of models alone, given files that are damaged by chance: whatever comes of it comes soon,
 * takes little memory, and is a value or a sentence.
 */

/** The largest picture that is opened, and what reading it takes beside. */
const MOST_BYTES = MOST_PIXELS + 2 ** 26;

const bytesOf = (value: unknown) => new TextEncoder().encode(typeof value === "string" ? value : JSON.stringify(value));
const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** Reads all labels of a data set in which one file is these bytes. */
const dataset = (name: string, beside: Readonly<Record<string, Uint8Array>>) => async (bytes: Uint8Array) => {
  const {items} = await wholeSplit(await openDataset(treeOf({...beside, [name]: bytes})));
  return Promise.all(items.map(maskOf));
};

const coco = {
  images: [{id: 7, file_name: "a.jpg", width: 4, height: 3}],
  categories: [{id: 1, name: "dog"}],
  annotations: [
    {image_id: 7, category_id: 1, area: 2, segmentation: [[0, 0, 1, 0, 1, 2, 0, 2]]},
    {image_id: 7, category_id: 1, area: 3, iscrowd: 1, segmentation: {size: [3, 4], counts: [1, 3, 8]}}
  ]
};
const points = [[0, 0], [2, 0], [2, 2], [0, 2]]; // prettier-ignore
const labelme = {version: "5", shapes: [{label: "cat", points, shape_type: "polygon"}], imagePath: "a.jpg", imageWidth: 4, imageHeight: 3};
const cvat =
  '<annotations><meta><label><name>dog</name><color>#ff0080</color></label></meta><image id="0" name="a.jpg" width="4" height="3"><polygon label="dog" points="0,0;2,0;2,3"/><mask label="dog" rle="1, 2, 1, 2" left="1" top="1" width="3" height="2"/></image></annotations>';
const photo = photoOf(10, 10);
const mask = pngOf(rows([0, 0, 1, 1, 2, 2, 0, 0, 1, 255]));
const record = writeRecord({id: "a", photo, photoFormat: "png", mask, width: 10, height: 10});
const labels = keptMask({width: 64, height: 64, ids: new Uint8Array(4096).map((_, i) => Math.floor(i / 100) % 5)}).file()!;
const shardBytes = new Uint8Array(Float32Array.from({length: 27}, (_, i) => i).buffer);
const graph = {
  modelTopology: {
    node: [
      {name: "x", op: "Placeholder"},
      {name: "k", op: "Const"},
      {name: "y", op: "Conv2D", input: ["x", "k"], attr: {strides: {list: {i: ["1", "2", "2", "1"]}}, padding: {s: btoa("SAME")}}}
    ]
  },
  weightsManifest: [{paths: ["s.bin"], weights: [{name: "k", shape: [3, 3, 3, 1], dtype: "float32"}]}]
};
const [layers, layersShard] = tinyLayers([
  {kind: "Conv2D", config: {filters: 1, kernel_size: [1, 1]}, weights: {kernel: [1, 2, 3], bias: [0]}, shapes: {kernel: [1, 1, 3, 1]}},
  {kind: "ReLU"}
]);
const mace = maceFiles(
  [{type: "Conv2D", inputs: ["x", "k"], output: "y", attributes: {strides: [2, 2], padding: 1}, shape: [1, 3, 3, 1]}],
  [{name: "k", shape: [1, 3, 3, 3], type: 1, data: shardBytes}]
);
const jpeg = Uint8Array.from([0xff, 0xd8, 0xff, 0xe1, 0, 34, ...bytesOf("Exif\0\0MM\0*"), 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0, 0xff, 0xc0, 0, 17, 8, 0, 9, 0, 9, 3]); // prettier-ignore
const cells = `cells=${deflateRawSync(JSON.stringify(["Mine", ["js", "const a = 1;"], ["md", "# Hello"]])).toString("base64url")}`;

const PARSERS: Readonly<Record<string, readonly [whole: Uint8Array, read: (bytes: Uint8Array) => unknown]>> = {
  "a mask": [mask, (bytes) => decodeMaskPicture(bytes, "m.png")],
  "a mask of 16 bits": [
    encode({width: 5, height: 5, channels: 2, depth: 16, data: new Uint16Array(50).fill(300)}),
    (bytes) => decodeMaskPicture(bytes, "m.png")
  ],
  "labels that were kept": [new Uint8Array(await labels.arrayBuffer()), readMaskFile],
  "a photo's head": [jpeg, (bytes) => [exifOrientation(bytes), pictureSize(bytes)]],
  "COCO's JSON": [bytesOf(coco), dataset("instances.json", {"a.jpg": photo})],
  "labelme's JSON": [bytesOf(labelme), dataset("a.json", {"a.jpg": photo})],
  "CVAT's XML": [bytesOf(cvat), dataset("annotations.xml", {"a.jpg": photo})],
  "a TFRecord": [record, dataset("train-00000-of-00001.tfrecord", {})],
  "a zip": [
    zipOf({"a/b.txt": bytesOf("hello"), "c.bin": shardBytes}),
    async (bytes) => {
      const tree = zipTree(bytes);
      return Promise.all(tree.paths.map((path) => tree.read(path)));
    }
  ],
  "cells in an address": [bytesOf(cells), (bytes) => fromFragment(textOf(bytes))],
  "a notebook in Markdown": [
    bytesOf('---\ntitle: "A"\n---\n\nHello\n\n```js\nconst a = 1;\n```\n'),
    (bytes) => readMarkdown(textOf(bytes))
  ],
  "a graph model": [bytesOf(graph), (bytes) => valuesOf(readGraphModel(bytes, [shardBytes]).constants)],
  "a layers model": [layers, (bytes) => readLayersModel(bytes, [layersShard])],
  "a graph of MACE": [mace.graph, (bytes) => valuesOf(readMace(bytes, mace.data).constants)]
};

function valuesOf(constants: ReadonlyMap<string, {readonly values: Float32Array}>): number[] {
  return [...constants.values()].map(({values}) => values.length);
}

for (const [what, [whole, read]] of Object.entries(PARSERS)) {
  test(`${what} that is damaged is read, or refused with a sentence`, {timeout: 1e6}, async () => {
    await tryDamaged(what, whole, read, {
      kinds: Object.keys(PARSERS).length,
      mostBytes: MOST_BYTES,
      names: /^(FormatError|Error)$/,
      sentence: /^[\p{L}"“].{10,}[.)”:?]$/su
    });
  });
}
