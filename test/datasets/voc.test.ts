import {encode} from "fast-png";
import {describe, expect, it} from "vitest";
import {maskOf, wholeSplit, withoutPhotos} from "../../src/datasets/dataset.js";
import {openDataset} from "../../src/datasets/open.js";
import {pngOf, treeOf} from "./trees.js";

const pair = {"JPEGImages/a.jpg": "", "SegmentationClass/a.png": "", "JPEGImages/b.jpeg": "", "SegmentationClass/b.png": ""};

/** The pairs of a split, as paths. */
async function paired(files: Record<string, string | Uint8Array>, split?: string) {
  const {name, items} = await wholeSplit(await openDataset(treeOf(files)), split);
  return {name, items: items.map(({id, photo, labels}) => [id, photo.name, labels.name])};
}

describe("the VOC layout", () => {
  it("pairs the photos of a list in ImageSets/Segmentation with their masks", async () => {
    expect(await paired({...pair, "ImageSets/Segmentation/val.txt": "b\r\n\r\na\n"})).toEqual({
      name: "val",
      items: [
        ["b", "JPEGImages/b.jpeg", "SegmentationClass/b.png"],
        ["a", "JPEGImages/a.jpg", "SegmentationClass/a.png"]
      ]
    });
  });

  it("is found two folders up, with the masks that the release's scripts made", async () => {
    const files = {
      "VOCdevkit/VOC2012/JPEGImages/a.jpg": "",
      "VOCdevkit/VOC2012/SegmentationClassRaw/a.png": "",
      "VOCdevkit/VOC2012/val.txt": "a"
    };
    expect((await paired(files)).items).toEqual([["a", "JPEGImages/a.jpg", "SegmentationClassRaw/a.png"]]);
    const both = Object.fromEntries(
      ["VOC2007", "VOC2012"].flatMap((year) => Object.entries(pair).map(([path, text]) => [`${year}/${path}`, text]))
    );
    await expect(openDataset(treeOf(both))).rejects.toThrow(
      "The folder holds 2 data sets in the VOC layout: VOC2007, VOC2012. Give one of them."
    );
  });

  it("takes a list beside the folders, and trainval or train where there is no val, all photos where there is no list", async () => {
    expect((await paired({...pair, "val.txt": "a", "train.txt": "b"})).name).toBe("val");
    expect((await paired({...pair, "trainval.txt": "a", "train.txt": "b"})).name).toBe("trainval");
    expect((await paired({...pair, "train.txt": "b"})).items).toHaveLength(1);
    expect((await paired({...pair, "val.txt": "a", "train.txt": "b"}, "train")).items[0]![0]).toBe("b");
    const all = await paired({...pair, "JPEGImages/c.jpg": "", "labelmap.txt": "background:0,0,0::"});
    expect([all.name, all.items.map(([id]) => id)]).toEqual(["all", ["a", "b"]]);
  });

  it.each([
    ["another layout", {"pictures.d/a.jpg": ""}, undefined, "No data set was found here: neither the VOC layout"],
    ["no list of that name", {...pair, "train.txt": "a"}, "val", 'The data set has no list of photos called "val"; it has train.'],
    ["an empty list", {...pair, "val.txt": "\n"}, undefined, "The list val.txt is empty."],
    ["a missing photo", {...pair, "val.txt": "c"}, undefined, 'val.txt names "c", but there is no photo JPEGImages/c.jpg.'],
    [
      "a missing mask",
      {"JPEGImages/a.jpg": "", "SegmentationClass/b.png": "", "val.txt": "a\nb"},
      undefined,
      "The photo JPEGImages/a.jpg has no mask: SegmentationClass/a.png is missing. 1 more of this list are wrong."
    ]
  ])("says so on %s", async (_, files, split, message) => {
    await expect(paired(files, split)).rejects.toThrow(message);
  });

  it("reads colours by CVAT's labelmap.txt", async () => {
    const colours = encode({width: 2, height: 1, data: Uint8Array.from([0, 0, 0, 192, 128, 128]), channels: 3, depth: 8});
    const files = {...pair, "SegmentationClass/a.png": colours, "val.txt": "a"};
    const map = "# label:color_rgb:parts:actions\nbackground:0,0,0::\nperson:192,128,128::\n";
    const dataset = await openDataset(treeOf({...files, "labelmap.txt": map}));
    expect(dataset.classes).toEqual(["background", "person"]);
    expect([...(await maskOf((await wholeSplit(dataset)).items[0]!)).ids]).toEqual([0, 1]);
    const short = await openDataset(treeOf({...files, "labelmap.txt": "background:0,0,0::"}));
    await expect(wholeSplit(short).then(({items}) => maskOf(items[0]!))).rejects.toThrow(
      "The mask SegmentationClass/a.png has the colour #c08080 at x 1, y 0, which stands for no class."
    );
    await expect(openDataset(treeOf({...files, "labelmap.txt": "person 192 128 128"}))).rejects.toThrow(
      'Line 1 of labelmap.txt is "person 192 128 128"; a line is a class and its colour'
    );
    await expect(openDataset(treeOf({...files, "labelmap.txt": "a:1,2,3\nb:1,2,3"}))).rejects.toThrow(
      "the classes a and b have the same colour, 1,2,3"
    );
  });
});

describe("withoutPhotos", () => {
  it("leaves photos out by name, and says which are not there, or that none is left", async () => {
    const split = await wholeSplit(await openDataset(treeOf({...pair, "val.txt": "a\nb"})));
    expect(withoutPhotos(split, ["a"]).items.map(({id}) => id)).toEqual(["b"]);
    expect(withoutPhotos(split, [])).toEqual(split);
    expect(() => withoutPhotos(split, ["a", "c"])).toThrow('The list val has no photo "c" that could be left out.');
    expect(() => withoutPhotos(split, ["a", "b"])).toThrow("Without these photos nothing is left of the list val.");
  });
});

describe("folders of photos and masks", () => {
  it.each([
    ["side by side", ["images/a.jpg", "masks/a.png"], "all"],
    ["a pair for each split", ["train/imgs/a.jpg", "train/labels/a.png", "val/imgs/a.jpg", "val/labels/a.png"], "val"],
    [
      "a split in each, as ADE20K",
      ["images/training/a.jpg", "annotations/training/a.png", "images/validation/a.jpg", "annotations/validation/a.png"],
      "validation"
    ],
    ["a mask's name longer", ["deep/er/photos/a.jpg", "deep/er/masks/a_mask.png"], "all"]
  ])("are paired by name: %s", async (_, paths, name) => {
    const split = await paired(Object.fromEntries(paths.map((path) => [path, ""])));
    expect(split).toEqual({name, items: [["a", ...paths.slice(-2)]]});
  });

  it("two folders may have a list of classes beside them", async () => {
    const files = {"mine/images/a.jpg": "", "mine/masks/a.png": "", "mine/masks/old/labels.txt": "x", "mine/labels.txt": "sky\ngrass\n"};
    expect((await openDataset(treeOf(files))).classes).toEqual(["sky", "grass"]);
  });

  it("names what has no partner", async () => {
    const files = ["images/a.jpg", "images/b.jpg", "masks/a.png", "masks/c.png", "masks/notes.txt"];
    const dataset = await openDataset(treeOf(Object.fromEntries(files.map((path) => [path, ""]))));
    expect(dataset.unpaired).toEqual({photos: ["images/b.jpg"], masks: ["masks/c.png"]});
    await expect(paired({"images/a.jpg": "", "masks/c.png": ""})).rejects.toThrow('No photo of "all" has a mask of the same name.');
  });
});

it("draws no ids out of thin air: a mask that is a palette PNG gives its raw indices", async () => {
  const mask = pngOf([[0, 15]], [[0, 0, 0]]);
  const dataset = await openDataset(treeOf({...pair, "SegmentationClass/a.png": mask, "val.txt": "a"}));
  expect([...(await maskOf((await wholeSplit(dataset)).items[0]!)).ids]).toEqual([0, 15]);
});
