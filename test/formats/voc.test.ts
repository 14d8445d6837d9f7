import {describe, expect, it} from "vitest";
import {encode} from "fast-png";
import {checkMask, decodeMask, idsIn, readSplit, withoutPhotos} from "../../src/formats/voc.js";
import type {FileTree} from "../../src/formats/voc.js";

function tree(files: Record<string, string>): FileTree {
  return {paths: Object.keys(files), read: (path) => Promise.resolve(new TextEncoder().encode(files[path]))};
}

const pair = {"JPEGImages/a.jpg": "", "SegmentationClass/a.png": "", "JPEGImages/b.jpeg": "", "SegmentationClass/b.png": ""};

describe("readSplit", () => {
  it("pairs the photos of a list in ImageSets/Segmentation with their masks", async () => {
    const split = await readSplit(tree({...pair, "ImageSets/Segmentation/val.txt": "b\r\n\r\na\n"}));
    expect(split).toEqual({
      name: "val",
      items: [
        {id: "b", photo: "JPEGImages/b.jpeg", mask: "SegmentationClass/b.png"},
        {id: "a", photo: "JPEGImages/a.jpg", mask: "SegmentationClass/a.png"}
      ]
    });
  });

  it("takes a list beside the folders, and trainval or train where there is no val", async () => {
    expect((await readSplit(tree({...pair, "val.txt": "a", "train.txt": "b"}))).name).toBe("val");
    expect((await readSplit(tree({...pair, "trainval.txt": "a", "train.txt": "b"}))).name).toBe("trainval");
    expect((await readSplit(tree({...pair, "train.txt": "b"}))).items).toHaveLength(1);
  });

  it("reads the split that is asked for", async () => {
    expect((await readSplit(tree({...pair, "val.txt": "a", "train.txt": "b"}), "train")).items[0]!.id).toBe("b");
  });

  it.each([
    [
      "another layout",
      {"images/a.jpg": ""},
      undefined,
      "This is not a folder in the VOC layout: it has no pictures in JPEGImages and SegmentationClass."
    ],
    ["no list", pair, undefined, "found no .txt file there."],
    [
      "no list of that name",
      {...pair, "train.txt": "a"},
      "val",
      "looked for val.txt in ImageSets/Segmentation and beside it; found train.txt."
    ],
    ["an empty list", {...pair, "val.txt": "\n"}, undefined, "The list val.txt is empty."],
    ["a missing photo", {...pair, "val.txt": "c"}, undefined, 'val.txt names "c", but there is no photo JPEGImages/c.jpg.'],
    [
      "a missing mask",
      {"JPEGImages/a.jpg": "", "SegmentationClass/b.png": "", "val.txt": "a"},
      undefined,
      "The photo JPEGImages/a.jpg has no mask: SegmentationClass/a.png is missing."
    ]
  ])("says so on %s", async (_, files, split, message) => {
    await expect(readSplit(tree(files), split)).rejects.toThrow(message);
  });
});

describe("withoutPhotos", () => {
  it("leaves photos out by name, and says which are not there, or that none is left", async () => {
    const split = await readSplit(tree({...pair, "val.txt": "a\nb"}));
    expect(withoutPhotos(split, ["a"]).items.map(({id}) => id)).toEqual(["b"]);
    expect(withoutPhotos(split, [])).toEqual(split);
    expect(() => withoutPhotos(split, ["a", "c"])).toThrow('The list val has no photo "c" that could be left out.');
    expect(() => withoutPhotos(split, ["a", "b"])).toThrow("Without these photos nothing is left of the list val.");
  });
});

const palette = Array.from({length: 16}, (_, i) => [i * 16, 255 - i, 7]);

describe("decodeMask", () => {
  it("gives the raw indices of a palette PNG", () => {
    const bytes = encode({width: 2, height: 2, data: Uint8Array.from([0, 15, 5, 1]), channels: 1, depth: 8, palette});
    expect(decodeMask(bytes, "m.png")).toEqual({width: 2, height: 2, ids: Uint8Array.from([0, 15, 5, 1])});
  });

  it("unpacks indices of less than a byte, row by row", () => {
    // Three pixels of 4 bits a row: a byte and a half, then padding.
    const bytes = encode({width: 3, height: 2, data: Uint8Array.from([0x12, 0x30, 0x4f, 0x60]), channels: 1, depth: 4, palette});
    expect([...decodeMask(bytes, "m.png").ids]).toEqual([1, 2, 3, 4, 15, 6]);
  });

  it("gives the values of a grey PNG", () => {
    const bytes = encode({width: 2, height: 1, data: Uint8Array.from([1, 255]), channels: 1, depth: 8});
    expect([...decodeMask(bytes, "m.png").ids]).toEqual([1, 255]);
  });

  it("refuses colours, 16-bit values and files that are no PNG", () => {
    const colours = encode({width: 1, height: 1, data: Uint8Array.from([1, 2, 3]), channels: 3, depth: 8});
    expect(() => decodeMask(colours, "m.png")).toThrow("The mask m.png holds colours");
    const deep = encode({width: 1, height: 1, data: Uint16Array.from([300]), channels: 1, depth: 16});
    expect(() => decodeMask(deep, "m.png")).toThrow("The mask m.png holds 16-bit values");
    expect(() => decodeMask(new Uint8Array(20), "m.png")).toThrow("The mask m.png is not a PNG file.");
    expect(() => decodeMask(colours.subarray(0, 40), "m.png")).toThrow("The mask m.png cannot be decoded");
  });
});

describe("checkMask", () => {
  const mask = {width: 2, height: 1, ids: Uint8Array.from([1, 255])};

  it("passes ids below the number of classes and 255", () => {
    expect(() => checkMask(mask, {width: 2, height: 1}, 2, "a")).not.toThrow();
    expect(idsIn(mask)).toEqual([1, 255]);
  });

  it("names sizes that differ and ids beyond the classes", () => {
    expect(() => checkMask(mask, {width: 1, height: 2}, 2, "a")).toThrow('The mask of "a" is 2x1 pixels, its photo 1x2.');
    expect(() => checkMask(mask, {width: 2, height: 1}, 1, "a")).toThrow(
      'The mask of "a" holds ids that are no class of the model: 1; it has 1 classes, 0 to 0, and 255 for ignored pixels.'
    );
  });
});
