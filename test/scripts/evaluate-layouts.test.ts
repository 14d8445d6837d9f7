import {encode} from "fast-png";
import {beforeAll, expect, it} from "vitest";
import {useWasmInNode} from "../../scripts/evaluate/backend.js";
import {decodePixels, photoSize} from "../../scripts/evaluate/photo.js";
import {checkUp} from "../../src/datasets/check-up.js";
import {wholeSplit} from "../../src/datasets/dataset.js";
import {mendedDataset} from "../../src/datasets/mended.js";
import {openDataset} from "../../src/datasets/open.js";
import {tfRecordFiles} from "../../src/datasets/write.js";
import type {Model} from "../../src/engine/model.js";
import type {Network} from "../../src/engine/network.js";
import {released} from "../../src/engine/released.js";
import {evaluate} from "../../src/evaluate/evaluate.js";
import type {FileTree} from "../../src/formats/file-tree.js";
import {zipTree} from "../../src/formats/zip-files.js";
import {treeOf} from "../datasets/trees.js";
import {randomWeights} from "../engine/networks.js";
import {zipOf} from "../formats/tiny-zip.js";

/* One data set, kept in several ways. */

const WIDTH = 40;
const HEIGHT = 30;
const CLASSES = ["background", "person", "cat"];

const network: Network = {...released(0.1), classes: 3};
const card = {name: "random", classes: CLASSES, palette: [], license: "", source: "", measured: ""};
const model: Model = {network, weights: randomWeights(network), card};

beforeAll(useWasmInNode);

const idAt = (id: string, x: number, y: number) => (y < 9 ? 0 : id === "a" && x < 17 ? 1 : 2);
const idsOf = (id: string) => Array.from({length: WIDTH * HEIGHT}, (_, i) => idAt(id, i % WIDTH, Math.floor(i / WIDTH)));
/** Where a class is, as lengths of pixels outside and inside by turns. */
const runs = (inside: readonly boolean[]) => {
  const lengths = [0];
  inside.forEach((is, i) => (is === (i > 0 && inside[i - 1]) ? lengths[lengths.length - 1]!++ : lengths.push(1)));
  return lengths;
};

async function ways(): Promise<Record<string, FileTree>> {
  const photo = (id: string) => encode({width: WIDTH, height: HEIGHT, data: noise(id), channels: 3, depth: 8});
  const photos = {"a.png": photo("a"), "b.png": photo("b")};
  const png = (id: string) => encode({width: WIDTH, height: HEIGHT, data: Uint8Array.from(idsOf(id)), channels: 1, depth: 8});
  const voc: Record<string, Uint8Array> = {"set/val.txt": Buffer.from("a\nb\n")};
  for (const id of ["a", "b"]) {
    voc[`set/JPEGImages/${id}.png`] = photo(id);
    voc[`set/SegmentationClass/${id}.png`] = png(id);
  }
  const records: Record<string, Uint8Array> = {};
  const splits = [await wholeSplit(await openDataset(treeOf(voc)))];
  for await (const {path: name, bytes} of tfRecordFiles(splits, {shards: 2, photoSize})) records[name] = bytes;
  const columns = Array.from({length: WIDTH * HEIGHT}, (_, i) => (i % HEIGHT) * WIDTH + Math.floor(i / HEIGHT));
  const annotations = ["a", "b"].flatMap((id, image_id) =>
    // Other ids than the model's, by name the same.
    ["cat", "person"].map((name, i) => {
      const ids = idsOf(id);
      const counts = runs(columns.map((at) => ids[at] === CLASSES.indexOf(name)));
      return {image_id, category_id: i + 1, segmentation: {size: [HEIGHT, WIDTH], counts}};
    })
  );
  const coco = {
    images: ["a", "b"].map((id, index) => ({id: index, file_name: `${id}.png`, width: WIDTH, height: HEIGHT})),
    annotations,
    categories: [
      {id: 1, name: "cat"},
      {id: 2, name: "person"}
    ]
  };
  const masks = (id: string) =>
    ["person", "cat"].map((name) => {
      const rle = runs(idsOf(id).map((each) => each === CLASSES.indexOf(name))).join(", ");
      return `<mask label="${name}" rle="${rle}" left="0" top="0" width="${WIDTH}" height="${HEIGHT}"/>`;
    });
  const images = ["a", "b"].map((id) => `<image id="0" name="${id}.png" width="${WIDTH}" height="${HEIGHT}">${masks(id).join("")}</image>`);
  return {
    voc: treeOf(voc),
    zip: zipTree(zipOf(voc)),
    tfrecord: treeOf(records),
    coco: treeOf({...photos, "annotations/instances_val.json": JSON.stringify(coco)}),
    cvat: treeOf({...photos, "annotations.xml": `<annotations><meta/>${images.join("")}</annotations>`})
  };
}

it("gives the same digits, once its classes are numbered by their names", async () => {
  const found: Record<string, unknown> = {};
  for (const [way, tree] of Object.entries(await ways())) {
    const dataset = await openDataset(tree);
    const name = dataset.splits[0]!;
    const {findings} = await checkUp(dataset, await dataset.read(name), model.card, {photoSize});
    const mends = findings.flatMap(({mend}) => (mend ? [{split: name, mend: mend.apply}] : []));
    const split = await mendedDataset(dataset, mends, photoSize).read(name);
    const {metrics} = await evaluate(model, split, {outputStride: 16, inputSize: 33, padding: "square"}, {decode: decodePixels});
    found[way] = {mends: mends.length, metrics};
  }
  const {metrics} = found["voc"] as {metrics: unknown};
  expect(found).toEqual({
    voc: {mends: 0, metrics},
    zip: {mends: 0, metrics},
    tfrecord: {mends: 0, metrics},
    coco: {mends: 1, metrics},
    cvat: {mends: 0, metrics}
  });
});

/** Noise, another for each name. */
function noise(name: string): Uint8Array {
  return Uint8Array.from({length: WIDTH * HEIGHT * 3}, (_, i) => (i * i * 31 + i * name.charCodeAt(0) * 17) % 251);
}
