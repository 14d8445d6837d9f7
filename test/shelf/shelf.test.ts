import {expect, it, vi} from "vitest";
import {VOC_CLASSES, vocPalette} from "../../data/labels/voc.js";
import {fileFolder} from "../../src/shelf/file-folder.js";
import {labelsOf, openShelf, shelfIn} from "../../src/shelf/shelf.js";
import type {KeptModel} from "../../src/shelf/shelf.js";
import {fakeFiles} from "./folders.js";

const kept = (sha256: string, change: Partial<KeptModel> = {}): KeptModel => ({
  sha256,
  title: `model ${sha256}`,
  from: "a.tflite",
  added: 1,
  facts: {
    bytes: 3,
    classes: VOC_CLASSES.map((name) => `my ${name}`),
    palette: vocPalette(21),
    license: "",
    source: "",
    measured: "",
    backbone: "",
    head: "",
    hasDecoder: false,
    lacks: "",
    multiplyAdds: 1,
    parameters: 1
  },
  ...change
});
const file = (size: number) => new Blob([new Uint8Array(size).fill(7)]);
const shelfOn = async (files: FileSystemDirectoryHandle) => shelfIn(await fileFolder("models", files));

it("keeps models, the oldest first, and gives each back by the beginning of its hash", async () => {
  const shelf = await shelfOn(fakeFiles());
  await shelf.keep(kept("bb11", {added: 2}), file(5));
  await shelf.keep(kept("aa22", {added: 1}), file(9));
  expect((await shelf.list()).map(({sha256}) => sha256)).toEqual(["aa22", "bb11"]);
  const found = await shelf.find("bb");
  expect(found).toMatchObject({kept: {title: "model bb11"}, file: {size: 5}});
  expect(await shelf.find("cc")).toBeNull();
});

it("changes what is said of a model and leaves its file; removes both", async () => {
  const files = fakeFiles();
  const shelf = await shelfOn(files);
  await shelf.keep(kept("aa"), file(9));
  await shelf.change(kept("aa", {title: "mine", labels: "numbered"}));
  expect(await shelf.list()).toEqual([kept("aa", {title: "mine", labels: "numbered"})]);
  expect((await shelf.find("aa"))!.file.size).toBe(9);
  await shelf.remove(kept("aa"));
  expect(files.content.size).toBe(0);
  await shelf.remove(kept("aa"));
});

it("says in a sentence that there is no more room, and loses nothing", async () => {
  const files = fakeFiles(2000);
  const shelf = await shelfOn(files);
  await shelf.keep(kept("aa"), file(20));
  const before = new Map(files.content);
  await expect(shelf.keep(kept("bb"), file(2_400_000))).rejects.toThrow(
    "This browser has no more room for this site: 2.4 MB are needed. Nothing was lost; delete a kept model, then try again."
  );
  expect(files.content).toEqual(before);
  // The file finds room, and what is said of it does not.
  await expect(shelf.keep(kept("cc"), file(700))).rejects.toThrow(/no more room/);
  expect(files.content).toEqual(before);
  await expect(shelf.change(kept("aa", {title: "long ".repeat(400)}))).rejects.toThrow(/no more room/);
  expect(await shelf.list()).toEqual([kept("aa")]);
});

it("leaves out what is damaged, and what has no file", async () => {
  const files = fakeFiles();
  const shelf = await shelfOn(files);
  await shelf.keep(kept("aa"), file(1));
  files.content.set("bb.json", new Blob(["{"])).set("bb.safetensors", file(1));
  files.content.set("cc.json", new Blob([JSON.stringify(kept("cc"))]));
  expect((await shelf.list()).map(({sha256}) => sha256)).toEqual(["aa"]);
});

it("names the classes as the file does until the reader chooses a set of as many", () => {
  expect(labelsOf(kept("aa")).classes[1]).toBe("my aeroplane");
  expect(labelsOf(kept("aa", {labels: "voc"})).classes).toEqual(VOC_CLASSES);
  expect(labelsOf(kept("aa", {labels: "numbered"})).classes[20]).toBe("class 20");
  const names = VOC_CLASSES.map((name) => name.toUpperCase());
  expect(labelsOf(kept("aa", {names}))).toEqual({classes: names, palette: vocPalette(21)});
  expect(labelsOf(kept("aa", {names: ["one"]})).classes[1]).toBe("my aeroplane");
});

it("is none where the browser lets the site keep nothing", async () => {
  vi.stubGlobal("navigator", {});
  vi.stubGlobal("indexedDB", undefined);
  expect(await openShelf()).toBeNull();
});
