import {encode} from "fast-png";
import {describe, expect, it} from "vitest";
import {VOC_CLASSES, vocPalette} from "../../data/labels/voc.js";
import {decodePhoto} from "../../scripts/evaluate/photo.js";
import {checkUp} from "../../src/datasets/check-up.js";
import {maskOf} from "../../src/datasets/dataset.js";
import type {Expected} from "../../src/datasets/finding.js";
import {mendedSplit} from "../../src/datasets/mend.js";
import {openDataset} from "../../src/datasets/open.js";
import {photoOf, pngOf, treeOf} from "./trees.js";

const rows = (ids: readonly number[], height = 10) => Array.from({length: height}, () => ids);
const ten = (...ids: number[]) => Array.from({length: 10}, (_, x) => ids[Math.floor((x * ids.length) / 10)]!);
/** A photo of 10 x 10 pixels; no two are the same. */
const photo = (grey: number) => photoOf(10, 10, grey);
const png = (...ids: number[]) => pngOf(rows(ten(...ids)));

/** 0 on the left and 150 on the right, with values between them where they meet. */
const SMOOTHED = Array.from({length: 40}, (_, y) =>
  Array.from({length: 40}, (_, x) => Math.round(150 * Math.min(1, Math.max(0, (x - 15 + (y % 13) / 13) / 11))))
);
/** As many rare values, but of labels: a small object of each class. */
const MANY_CLASSES = Array.from({length: 40}, (_, y) =>
  Array.from({length: 40}, (_, x) => (y % 2 === 1 && x < 2 ? 1 + ((7 * y) % 90) : 0))
);

const VOC: Expected = {classes: VOC_CLASSES, palette: vocPalette(VOC_CLASSES.length)};
const good = {"images/a.png": photo(1), "masks/a.png": png(0, 1, 255), "images/b.png": photo(2), "masks/b.png": png(0, 15)};

function colourPng(colours: readonly (readonly number[])[], depth: 8 | 16 = 8): Uint8Array {
  const pixels = Array.from({length: 100}, (_, i) => colours[Math.floor(((i % 10) * colours.length) / 10)]!).flat();
  const data = depth === 16 ? Uint16Array.from(pixels, (value) => value * 257) : Uint8Array.from(pixels);
  return encode({width: 10, height: 10, data, channels: 3, depth});
}

async function checked(files: Record<string, string | Uint8Array>, expected: Expected = {}) {
  const dataset = await openDataset(treeOf(files));
  const split = await dataset.read(dataset.splits[0]!);
  const result = await checkUp(dataset, split, expected, {photoSize: decodePhoto, withOthers: true});
  return {dataset, split, ...result};
}

/** The ids of the first mask after the mend of the first finding. */
async function mended(files: Record<string, string | Uint8Array>, expected?: Expected) {
  const {split, findings} = await checked(files, expected);
  const after = mendedSplit(split, [findings[0]!.mend!.apply], decodePhoto);
  const mask = await maskOf(after.items[0]!);
  return {ids: [...mask.ids.subarray(0, mask.width)], height: mask.height, photos: after.items.map(({id}) => id)};
}

describe("a check-up", () => {
  it("finds nothing wrong with a good data set, but tells what no pixel has", async () => {
    const {findings, census, photos} = await checked(good, VOC);
    expect(findings.map(({sentence}) => sentence)).toEqual([
      "No pixel of this list has bicycle, bird, boat, bottle, ...: nothing is measured of these."
    ]);
    expect(photos).toBe(2);
    expect([census.pixels[0], census.pixels[1], census.pixels[15], census.pixels[255]]).toEqual([40 + 50, 30, 50, 30]);
    expect((await checked(good)).findings).toEqual([]);
    expect((await checked({...good, "images/a.png": photoOf(40, 40), "masks/a.png": pngOf(MANY_CLASSES)})).findings).toEqual([]);
  });

  it.each<[string, Record<string, string | Uint8Array>, Expected, string]>([
    [
      "0 and 255 for two classes",
      {"masks/a.png": png(0, 255), "masks/b.png": png(255, 0)},
      VOC,
      "No pixel has class 1: the masks hold 0 and 255 alone"
    ],
    [
      "nothing but background",
      {"masks/a.png": png(0), "masks/b.png": png(0)},
      {},
      "No pixel has class 1: all masks hold 0, the background, alone."
    ],
    [
      "grey levels",
      {"masks/a.png": png(0, 128), "masks/b.png": png(0, 255)},
      VOC,
      "The masks hold 0, 128 and 255: these look like grey levels. The classes are perhaps 0, 1 and 2."
    ],
    [
      "two grey levels",
      {"masks/a.png": png(0, 128), "masks/b.png": png(0)},
      {},
      "The masks hold 0 and 128: these look like grey levels. The classes are perhaps 0 and 1."
    ],
    [
      "grey levels in steps",
      {"masks/a.png": png(0, 50, 100), "masks/b.png": png(150, 200)},
      {},
      "The masks hold 0, 50, 100, 150 and 200: these look like grey levels."
    ],
    [
      "smoothing",
      {"masks/a.png": pngOf(SMOOTHED), "images/a.png": photoOf(40, 40)},
      VOC,
      'The mask of "a" has many values that hardly any pixel has'
    ],
    [
      "colours of the palette",
      {
        "masks/a.png": colourPng([
          [0, 0, 0],
          [192, 128, 128]
        ])
      },
      VOC,
      'The mask of "a" has colours in the place of class ids. Each of them is that of a class.'
    ],
    [
      "colours of 16 bits",
      {
        "masks/a.png": colourPng(
          [
            [0, 0, 0],
            [192, 128, 128]
          ],
          16
        )
      },
      VOC,
      "Each of them is that of a class."
    ],
    [
      "colours of no palette",
      {
        "masks/a.png": colourPng([
          [0, 0, 0],
          [1, 2, 3],
          [4, 5, 6]
        ])
      },
      VOC,
      "2 colours belong to no class that is known: #010203 and #040506."
    ],
    [
      "grey in three channels",
      {
        "masks/a.png": colourPng([
          [0, 0, 0],
          [1, 1, 1]
        ])
      },
      VOC,
      'The mask of "a" has the same value in red, green and blue'
    ],
    [
      "values over 255",
      {"masks/a.png": encode({width: 10, height: 10, data: new Uint16Array(100).fill(1000), channels: 1, depth: 16})},
      {},
      'The mask of "a" has values over 255'
    ],
    [
      "ids beyond the classes",
      {"masks/a.png": png(0, 21, 30)},
      VOC,
      "The masks hold 21 and 30, which are no classes: there are 21, 0 to 20."
    ],
    ["an object that is ignored", {"masks/a.png": png(0, 255)}, {}, 'The mask of "a" has an object that is 255 all over'],
    ["an empty mask", {"masks/a.png": ""}, {}, "The mask masks/a.png is empty."],
    ["an empty photo", {"images/a.png": ""}, {}, "The photo images/a.png is empty."],
    ["a photo that is none", {"images/a.png": "hello"}, {}, "The photo images/a.png cannot be decoded"],
    [
      "a mask that is a JPEG",
      {"masks/a.png": Uint8Array.from([255, 216, 255, 224, 0, 16])},
      {},
      "The mask masks/a.png is a JPEG file, which changes ids along every outline: save it as PNG."
    ],
    ["a mask that is none", {"masks/a.png": "hello"}, {}, "The mask masks/a.png is not a PNG file."],
    ["a mask that is cut off", {"masks/a.png": png(0, 1).subarray(0, 40)}, {}, "The mask masks/a.png cannot be decoded"],
    [
      "a smaller mask",
      {"masks/a.png": pngOf(rows([0, 0, 1, 1, 1], 5))},
      {},
      'The mask of "a" has not its photo\'s size: that of "a" is 5x5 pixels, its photo 10x10.'
    ],
    ["a turned mask", {"masks/a.png": pngOf(rows([0, 1, 1, 1, 1], 10))}, {}, "and not its shape"],
    ["a photo twice", {"images/b.png": photo(1)}, {}, 'The photo "b" is in this list twice: "b" is "a".'],
    ["a photo without a mask", {"images/c.png": photo(3)}, {}, "1 photo has no mask of the same name: images/c.png."],
    [
      "masks without photos",
      {"masks/c.png": "", "masks/d.png": ""},
      {},
      "2 masks have no photo of the same name: masks/c.png and masks/d.png."
    ],
    ["a list that names what is not there", inVoc({"val.txt": "a\nz"}), {}, 'val.txt names "z", but there is no photo JPEGImages/z.jpg.'],
    ["a photo in train and val", inVoc({"val.txt": "a", "train.txt": "a\nb"}), {}, 'The photo "a" is in train as well'],
    [
      "background that is not first",
      inVoc({"labelmap.txt": "person:192,128,128::\nbackground:0,0,0::"}),
      {},
      "The list of classes has background as number 1; class 0 is the background"
    ]
  ])("says what is wrong: %s", async (_, changed, expected, sentence) => {
    const {findings} = await checked("val.txt" in changed || "labelmap.txt" in changed ? changed : {...good, ...changed}, expected);
    expect(findings[0]!.sentence).toContain(sentence);
  });

  it("offers the right mend", async () => {
    const of = (mask: Uint8Array, more: Record<string, Uint8Array> = {}) => ({"images/a.png": photo(1), "masks/a.png": mask, ...more});
    expect((await mended(of(png(0, 255)))).ids).toEqual(ten(0, 1));
    expect((await mended(of(png(0, 128, 255)))).ids).toEqual(ten(0, 1, 2));
    expect(
      (
        await mended(
          of(
            colourPng([
              [0, 0, 0],
              [192, 128, 128],
              [224, 224, 192]
            ])
          ),
          VOC
        )
      ).ids
    ).toEqual(ten(0, 15, 255));
    expect(
      (
        await mended(
          of(
            colourPng([
              [0, 0, 0],
              [1, 1, 1]
            ])
          )
        )
      ).ids
    ).toEqual(ten(0, 1));
    expect((await mended(of(png(0, 1, 30)), VOC)).ids).toEqual(ten(0, 1, 255));
    expect(await mended(of(pngOf(rows([0, 0, 1, 1, 1], 5))))).toEqual({ids: ten(0, 0, 1, 1, 1), height: 10, photos: ["a"]});
    expect((await mended({...good, "masks/b.png": png(0, 255)})).photos).toEqual(["a"]);
    const sharp = SMOOTHED[0]!.map((value) => (value > 75 ? 150 : 0));
    expect((await mended({"images/a.png": photoOf(40, 40), "masks/a.png": pngOf(SMOOTHED)})).ids).toEqual(sharp);
    expect((await mended(inVoc({"labelmap.txt": "person:9,9,9::\nbackground:0,0,0::", "SegmentationClass/a.png": png(0, 1)}))).ids).toEqual(
      ten(1, 0)
    );
  });
});

/** The VOC layout with two photos, and more files. */
function inVoc(more: Record<string, string | Uint8Array>): Record<string, string | Uint8Array> {
  const files = {
    "JPEGImages/a.png": photo(1),
    "SegmentationClass/a.png": png(0, 1),
    "JPEGImages/b.png": photo(2),
    "SegmentationClass/b.png": png(0, 1)
  };
  return {...files, ...more};
}
