import {execFile} from "node:child_process";
import {mkdtemp, readFile, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import path from "node:path";
import {promisify} from "node:util";
import {describe, expect, it} from "vitest";
import {maskOf, wholeSplit} from "../../src/datasets/dataset.js";
import {openDataset} from "../../src/datasets/open.js";
import {shardName, writeRecord} from "../../src/datasets/tfrecord.js";
import {idsIn} from "../../src/formats/mask-picture.js";
import {writeExample} from "../../src/formats/tf-example.js";
import {writeTfRecord} from "../../src/formats/tfrecord.js";
import {hasShared, shared} from "../shared.js";
import {photoOf, pngOf, treeOf} from "./trees.js";

const photo = photoOf(3, 2);
const mask = pngOf([
  [0, 1, 255],
  [0, 2, 2]
]);
const record = (id: string) => writeRecord({id, photo, photoFormat: "png", mask, width: 3, height: 2});
const joined = (...parts: Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]));

describe("TFRecord shards", () => {
  it("give back what was written, shard after shard", async () => {
    const files = {
      "data/train-00000-of-00002.tfrecord": joined(record("a"), record("b")),
      "data/train-00001-of-00002.tfrecord": record("c")
    };
    const dataset = await openDataset(treeOf(files));
    expect([dataset.layout, dataset.splits]).toEqual(["tfrecord", ["train"]]);
    const {items} = await wholeSplit(dataset);
    expect(items.map(({id}) => id)).toEqual(["a", "b", "c"]);
    expect(await items[1]!.photo.bytes()).toEqual(photo);
    expect([...(await maskOf(items[2]!)).ids]).toEqual([0, 1, 255, 0, 2, 2]);
    expect(shardName("val", 2, 4)).toBe("val-00002-of-00004.tfrecord");
  });

  // What is read by a reader of the same hand proves little.
  it("are read by another implementation, in Python", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "tfrecord-"));
    try {
      await writeFile(path.join(folder, "a.tfrecord"), joined(record("first"), record("second")));
      const script = path.join(import.meta.dirname, "read_tfrecord.py");
      const {stdout} = await promisify(execFile)("python3", [script, path.join(folder, "a.tfrecord")]);
      const features = {
        "image/channels": [3],
        "image/encoded": Buffer.from(photo).toString("hex"),
        "image/format": Buffer.from("png").toString("hex"),
        "image/height": [2],
        "image/segmentation/class/encoded": Buffer.from(mask).toString("hex"),
        "image/segmentation/class/format": Buffer.from("png").toString("hex"),
        "image/width": [3]
      };
      const named = (id: string) => ({...features, "image/filename": Buffer.from(id).toString("hex")});
      expect(JSON.parse(stdout)).toEqual([named("first"), named("second")]);
    } finally {
      await rm(folder, {recursive: true, force: true});
    }
  });

  it.skipIf(!hasShared)("of the release's own script are read: three photos with grey masks", async () => {
    const file = "val-00000-of-00001.tfrecord";
    const dataset = await openDataset(treeOf({[file]: await readFile(shared(`tfrecord/${file}`))}));
    const {name, items} = await wholeSplit(dataset);
    expect([name, items.map(({id}) => id)]).toEqual(["val", ["2007_000033", "2007_000042", "2007_000061"]]);
    // The release's test masks are noise: each value but 255 in about one pixel of 255.
    const noise = Array.from({length: 255}, (_, id) => id);
    for (const item of items) expect(idsIn(await maskOf(item))).toEqual(noise);
    const {width, height} = await maskOf(items[0]!);
    expect([width, height]).toEqual([500, 366]);
  });

  it.each<[string, Record<string, Uint8Array>, string]>([
    ["a record that is cut off", {"a.tfrecord": record("a").subarray(0, 60)}, "Record 1 of a.tfrecord is cut off: it should have"],
    [
      "a length that is cut off",
      {"a.tfrecord": joined(record("a"), new Uint8Array(5))},
      "Record 2 of a.tfrecord is cut off within its length."
    ],
    ["a flipped bit", {"a.tfrecord": record("a").with(40, 0)}, "Record 1 of a.tfrecord is damaged: its checksum does not fit."],
    ["another file", {"a.tfrecord": new Uint8Array(40).fill(7)}, "Record 1 of a.tfrecord is damaged, or the file is no TFRecord"],
    ["no records", {"a.tfrecord": new Uint8Array()}, "The records a are empty."],
    [
      "records of something else",
      {"a.tfrecord": writeTfRecord(writeExample({label: {integers: [3]}, weights: {floats: [0.5]}}))},
      "Record 1 of a.tfrecord has no image/encoded; it has label, weights."
    ],
    [
      "bytes that are no example",
      {"a.tfrecord": writeTfRecord(Uint8Array.from([255, 255]))},
      "Record 1 of a.tfrecord is no tf.train.Example."
    ],
    [
      "a shard that is missing",
      {"x/val-00001-of-00003.tfrecord": record("a")},
      "Of the 3 shards of val 2 are missing in x: val-00000-of-00003, val-00002-of-00003."
    ]
  ])("say so on %s", async (_, files, sentence) => {
    const dataset = await openDataset(treeOf(files));
    await expect(wholeSplit(dataset)).rejects.toThrow(sentence);
  });
});
