import {mkdir, mkdtemp, readFile, readdir, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import path from "node:path";
import {afterEach, beforeEach, expect, it} from "vitest";
import {runDatasetCommand} from "../../scripts/dataset/cli.js";
import {folderTree} from "../../scripts/evaluate/disk.js";
import {maskOf, wholeSplit} from "../../src/datasets/dataset.js";
import {openDataset} from "../../src/datasets/open.js";
import {zipOf} from "../formats/tiny-zip.js";
import {photoOf, pngOf} from "../datasets/trees.js";

let folder: string;
const at = (...parts: string[]) => path.join(folder, ...parts);

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "dataset-"));
  await mkdir(at("own/images"), {recursive: true});
  await mkdir(at("own/masks"));
  for (const [index, name] of ["a", "b", "c"].entries()) {
    await writeFile(at("own/images", `${name}.png`), photoOf(4, 2, index));
    const object = [0, 255, 255, 0].slice(0, 4);
    await writeFile(at("own/masks", `${name}.png`), pngOf([object, object]));
  }
});
afterEach(() => rm(folder, {recursive: true, force: true}));

async function run(...args: string[]) {
  const said: string[] = [];
  const code = await runDatasetCommand(args, (text) => said.push(text));
  return {code, said: said.join("\n")};
}

it("says of masks of 0 and 255 that no pixel has class 1 before anything else", async () => {
  const {code, said} = await run("check", at("own"));
  expect(code).toBe(1);
  expect(said.split("\n").find((line) => line.startsWith("!"))).toMatch(/^! No pixel has class 1: the masks hold 0 and 255 alone/);
  expect(said).toContain("3 photos of all in folders of photos and masks");
  expect(said).toMatch(/255 {2}\(ignored\) +50\.00 % {2}in 3 masks/);
});

it("reads a zip file as the folder that was packed into it, what the archiver added apart", async () => {
  const files: Record<string, Uint8Array> = {"__MACOSX/own/images/._a.png": new Uint8Array(1)};
  for (const name of await readdir(at("own"), {recursive: true})) {
    if (name.endsWith(".png")) files[`own/${name}`] = await readFile(at("own", name));
  }
  await writeFile(at("own.zip"), zipOf(files));
  expect((await run("check", at("own.zip"))).said).toBe((await run("check", at("own"))).said);
  await writeFile(at("words.txt"), "no zip");
  await expect(run("check", at("words.txt"))).rejects.toThrow("words.txt is neither a folder nor a zip file.");
});

it("mends them into the VOC layout, that into shards, and these back: the masks stay the same, and so does the first folder", async () => {
  const before = await readFile(at("own/masks/b.png"));
  const {said} = await run("convert", at("own"), "--to", "voc", "--out", at("voc"), "--mend", "--model", "nano");
  expect(said).toContain("Take 255 as class 1: done.");
  expect(said).toContain("3 photos of all written to");
  expect(await readFile(at("own/masks/b.png"))).toEqual(before);
  expect((await readFile(at("voc/labels.txt"), "utf8")).split("\n")[15]).toBe("person");
  expect((await run("check", at("voc"))).said).toContain("Nothing is wrong with it.");

  await run("convert", at("voc"), "--to", "tfrecord", "--out", at("records"), "--shards", "2");
  expect((await readdir(at("records"))).sort()).toEqual(["all-00000-of-00002.tfrecord", "all-00001-of-00002.tfrecord"]);
  await run("convert", at("records"), "--to", "voc", "--out", at("again"));
  for (const written of ["voc", "records", "again"]) {
    const {items} = await wholeSplit(await openDataset(await folderTree(at(written))));
    expect(items.map(({id}) => id)).toEqual(["a", "b", "c"]);
    expect([...(await maskOf(items[1]!)).ids]).toEqual([0, 1, 1, 0, 0, 1, 1, 0]);
    expect(new Uint8Array(await items[2]!.photo.bytes())).toEqual(photoOf(4, 2, 2));
  }
});

it("leaves out what cannot be read, however many photos, and a photo of two lists out of one of them", async () => {
  const {said} = await run("convert", at("own"), "--to", "voc", "--out", at("voc"), "--mend");
  expect(said).toContain("done");
  for (const name of ["d", "e", "f", "g", "h", "i"]) {
    await writeFile(at("voc/JPEGImages", `${name}.png`), photoOf(4, 2, 100 + name.charCodeAt(0)));
    await writeFile(at("voc/SegmentationClass", `${name}.png`), "");
  }
  await writeFile(at("voc/ImageSets/Segmentation/val.txt"), "a\nb\nd\ne\nf\ng\nh\ni\n");
  await writeFile(at("voc/ImageSets/Segmentation/train.txt"), "b\nc\n");
  await rm(at("voc/ImageSets/Segmentation/all.txt"));
  await run("convert", at("voc"), "--to", "voc", "--out", at("mended"), "--mend");
  const dataset = await openDataset(await folderTree(at("mended")));
  const ids = async (split: string) => (await wholeSplit(dataset, split)).items.map(({id}) => id);
  expect([await ids("val"), await ids("train")]).toEqual([["a"], ["b", "c"]]);
});

it.each<[string, string[], string]>([
  ["no command", [], 'Say "check" or "convert", not "".'],
  ["no folder", ["check"], "Say which data set"],
  ["a folder that is not there", ["check", "nowhere"], "There is no folder nowhere."],
  ["no layout", ["convert", "own", "--out", "x"], "Say what to write: --to voc or --to tfrecord."],
  ["an unknown layout", ["convert", "own", "--to", "coco", "--out", "x"], 'Say what to write: --to voc or --to tfrecord, not "coco".'],
  ["no place", ["convert", "own", "--to", "voc"], "Say where the data set goes"],
  [
    "no whole shard",
    ["convert", "own", "--to", "tfrecord", "--out", "x", "--shards", "0.5"],
    '--shards is a whole number from 1 up, not "0.5".'
  ],
  ["a place that is taken", ["convert", "own", "--to", "voc", "--out", "own"], "is not empty: give a new folder"],
  ["a list that is not there", ["check", "own", "--split", "val"], 'The data set has no list of photos called "val"; it has all.'],
  ["faults that are to stay", ["convert", "own", "--to", "voc", "--out", "x"], "Give --mend to put right what can be."]
])("says so on %s", async (_, args, sentence) => {
  const inFolder = args.map((arg) => (arg === "own" || arg === "x" ? at(arg) : arg));
  await expect(run(...inFolder)).rejects.toThrow(sentence);
});

it("writes nothing where a mask cannot be mended", async () => {
  await writeFile(at("own/masks/a.png"), Buffer.from("no picture"));
  await expect(run("convert", at("own"), "--to", "voc", "--out", at("voc"))).rejects.toThrow("The mask masks/a.png is not a PNG file.");
  await expect(readdir(at("voc"))).rejects.toThrow();
});
