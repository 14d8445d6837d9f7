import {encode} from "fast-png";
import {expect, it} from "vitest";
import {maskOf, wholeSplit} from "../../src/datasets/dataset.js";
import {openDataset} from "../../src/datasets/open.js";
import {tfRecordFiles} from "../../src/datasets/write.js";
import {labelStoreIn} from "../../src/labelling/label-store.js";
import type {LabelStore} from "../../src/labelling/label-store.js";
import {labelledFiles, labelledProject, labelledTree} from "../../src/labelling/labelled-dataset.js";
import {keptMask} from "../../src/labelling/mask-file.js";
import {newProject, withClass, withPhoto, withoutClass} from "../../src/labelling/project.js";
import type {Project} from "../../src/labelling/project.js";
import {fileFolder} from "../../src/shelf/file-folder.js";
import {memoryFolder} from "../../src/shelf/memory-folder.js";
import {fakeFiles} from "../shelf/folders.js";

const [width, height] = [6, 4];
const size = {width, height};
const picture = (value: number) =>
  new Blob([encode({...size, data: new Uint8Array(width * height * 3).fill(value), channels: 3}) as BlobPart]);
const NAMES = ["a", "b", "c"];

/** Classes background, cat (1), dog (2) and, removed, hat (3); photos a, b, c, of which c has no labels. */
async function written(store: LabelStore, change: Partial<Project> = {}): Promise<Project> {
  let project = withoutClass(
    ["cat", "dog", "hat"].reduce((before, name) => withClass(before, name), newProject("Mine", "p", 1)),
    1
  );
  project = withClass(project, "fish");
  for (const name of NAMES) project = withPhoto(project, {key: `k${name}`, name: `${name}.png`, ...size, ending: "png"});
  project = {...project, ...change};
  await store.write(project);
  for (const [index, photo] of project.photos.entries()) await store.writePhoto(project, photo, picture(50 * index));
  for (const [index, photo] of project.photos.slice(0, 2).entries()) {
    const ids = new Uint8Array(width * height).fill(255);
    // A background, a removed one, a dog, a fish.
    ids.set([0, 1, 2, 4], 6 * index);
    await store.writeMask(project, photo, keptMask({...size, ids}).file());
  }
  return project;
}

/** A tree of files in memory. */
const treeOf = (files: ReadonlyMap<string, Uint8Array>) => ({
  paths: [...files.keys()],
  read: (path: string, range?: {start: number; end: number}) =>
    Promise.resolve(range ? files.get(path)!.subarray(range.start, range.end) : files.get(path)!)
});

it("projects come back, the newest first, with photos and labels; what is damaged is left out", async () => {
  const files = fakeFiles();
  const store = labelStoreIn(await fileFolder("labels", files));
  const project = await written(store);
  await store.write(newProject("Newer", "q", 5));
  files.content.set("r.json", new Blob(["{"]));
  expect((await store.projects()).map(({title}) => title)).toEqual(["Newer", "Mine"]);
  expect((await store.projects())[1]).toEqual(project);
  expect([...(await store.labelled(project))]).toEqual(["ka", "kb"]);
  expect((await store.mask(project, project.photos[0]!))!.ids[2]).toBe(2);
  expect(await store.mask(project, project.photos[2]!)).toBeNull();
  await store.removePhoto(project, project.photos[0]!);
  await expect(store.photo(project, project.photos[0]!)).rejects.toThrow("The photo a is no longer kept in this browser.");
  await store.remove(project);
  expect([...files.content.keys()].sort()).toEqual(["q.json", "r.json"]);
});

it("says in a sentence that there is no more room, and what was kept before stays", async () => {
  const files = fakeFiles(3000);
  const store = labelStoreIn(await fileFolder("labels", files));
  const project = await written(store);
  const before = new Map(files.content);
  const [photo] = project.photos;
  const noise = Uint8Array.from({length: 100 * 100}, (_, index) => index % 251);
  const mask = keptMask({width: 100, height: 100, ids: noise}).file();
  await expect(store.writeMask(project, photo!, mask)).rejects.toThrow(/no more room for this site. What you see stays/);
  await expect(store.writePhoto(project, {key: "kd"}, new Blob([noise]))).rejects.toThrow(/no more room/);
  expect(files.content).toEqual(before);
});

it.each([
  ["background", 0],
  ["ignored", 255]
] as const)(
  "is a data set in the VOC layout, undecided pixels %s: straight from where it is kept, read back as it was drawn",
  async (unlabelled, left) => {
    const store = labelStoreIn(memoryFolder());
    const project = await written(store, {unlabelled});
    const tree = await labelledTree(store, project);
    const split = await wholeSplit(await openDataset(tree));
    expect(split.items.map(({id}) => id)).toEqual(["a", "b"]);
    const masks = await Promise.all(split.items.map(maskOf));
    // Removed classes are undecided, and those after them move up.
    expect([...masks[0]!.ids.subarray(0, 6)]).toEqual([0, left, 1, 3, left, left]);
    expect([...masks[1]!.ids.subarray(6, 12)]).toEqual([0, left, 1, 3, left, left]);
    expect(new TextDecoder().decode(await tree.read("labels.txt"))).toBe("background\ndog\nhat\nfish\n");
    expect(await split.items[1]!.photo.bytes()).toEqual(new Uint8Array(await picture(50).arrayBuffer()));
    // The files are the same.
    const {files, classes} = await labelledFiles(store, project);
    expect(classes).toEqual(["background", "dog", "hat", "fish"]);
    for (const {path, content} of files) expect(new Uint8Array(await content.arrayBuffer())).toEqual(new Uint8Array(await tree.read(path)));
  }
);

it("is a data set of TFRecord files, and keeps photos apart for validation", async () => {
  const store = labelStoreIn(memoryFolder());
  const {splits} = await labelledProject(store, await written(store), 2);
  expect(splits.map(({name, items}) => [name, items.map(({id}) => id)])).toEqual([
    ["train", ["a"]],
    ["val", ["b"]]
  ]);
  const files = new Map<string, Uint8Array>();
  for await (const {path, bytes} of tfRecordFiles(splits, {shards: 1, photoSize: () => Promise.resolve(size)})) files.set(path, bytes);
  const dataset = await openDataset(treeOf(files));
  const val = await wholeSplit(dataset, "val");
  expect([...(await maskOf(val.items[0]!)).ids.subarray(6, 10)]).toEqual([0, 0, 1, 3]);
});

it("says that there is nothing to save where no photo has labels", async () => {
  const store = labelStoreIn(memoryFolder());
  const project = withPhoto(newProject("Mine", "p", 1), {key: "k", name: "a.jpg", ...size, ending: "jpg"});
  await expect(labelledTree(store, project)).rejects.toThrow("No photo of this project has labels yet.");
});
