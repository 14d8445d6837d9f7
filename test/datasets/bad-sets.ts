import {encode} from "fast-png";
import {VOC_CLASSES, vocPalette} from "../../data/labels/voc.js";
import type {Expected} from "../../src/datasets/finding.js";
import {colourPng, photoOf, pngOf, rows, ten} from "./trees.js";

/* Data sets that are wrong in one way each. */

type Files = Record<string, string | Uint8Array>;

export interface BadSet {
  /** Beside two good pairs, or in their place; the whole set where it is in another layout. */
  readonly files: Files;
  readonly expected?: Expected;
  readonly says: string;
  /** The label of the mend; null where there is none. */
  readonly mend: string | null;
  /** The first row of the first mask afterwards. */
  readonly becomes?: readonly number[];
  /** Names of the photos afterwards; all, where nothing is said. */
  readonly left?: readonly string[];
}

const photo = (grey: number) => photoOf(10, 10, grey);
const png = (...ids: number[]) => pngOf(rows(ten(...ids)));
/** Two pairs that nothing is wrong with. */
const good = {"images/a.png": photo(1), "masks/a.png": png(0, 1, 255), "images/b.png": photo(2), "masks/b.png": png(0, 15)};
const voc = (more: Files): Files => ({
  "JPEGImages/a.png": photo(1),
  "SegmentationClass/a.png": png(0, 1),
  "JPEGImages/b.png": photo(2),
  "SegmentationClass/b.png": png(0, 1),
  ...more
});
const coco = (json: object): Files => ({
  "a.png": photo(1),
  "b.png": photo(2),
  "val.json": JSON.stringify({
    images: ["a.png", "b.png"].map((file_name, id) => ({id, file_name, width: 10, height: 10})),
    annotations: [{image_id: 0, category_id: 3, segmentation: [[0, 0, 10, 0, 10, 10, 0, 10]]}],
    categories: [
      {id: 3, name: "Dining table"},
      {id: 5, name: "giraffe"}
    ],
    ...json
  })
});
const SMOOTHED = Array.from({length: 40}, (_, y) =>
  Array.from({length: 40}, (_, x) => Math.round(150 * Math.min(1, Math.max(0, (x - 15 + (y % 13) / 13) / 11))))
);
const VOC: Expected = {classes: VOC_CLASSES, palette: vocPalette(VOC_CLASSES.length)};
const LEAVE_OUT = "Leave this photo out";

export const BAD_SETS: Record<string, BadSet> = {
  "0 and 255 for two classes": {
    files: {"masks/a.png": png(0, 255), "masks/b.png": png(255, 0)},
    expected: VOC,
    says: "No pixel has class 1: the masks hold 0 and 255 alone",
    mend: "Take 255 as class 1",
    becomes: ten(0, 1)
  },
  "0 and 255, and more that is wrong": {
    files: {
      "masks/a.png": png(0, 255),
      "masks/b.png": png(255, 0),
      "images/c.png": photo(3),
      "images/d.png": photo(1),
      "masks/d.png": png(0, 255)
    },
    expected: VOC,
    says: "No pixel has class 1: the masks hold 0 and 255 alone",
    mend: "Take 255 as class 1",
    becomes: ten(0, 1)
  },
  "nothing but background": {
    files: {"masks/a.png": png(0), "masks/b.png": png(0)},
    says: "No pixel has class 1: all masks hold 0, the background, alone.",
    mend: null
  },
  "grey levels": {
    files: {"masks/a.png": png(0, 128), "masks/b.png": png(0, 255)},
    expected: VOC,
    says: "The masks hold 0, 128 and 255: these look like grey levels. The classes are perhaps 0, 1 and 2.",
    mend: "Number them so",
    becomes: ten(0, 1)
  },
  "two grey levels": {
    files: {"masks/a.png": png(0, 128), "masks/b.png": png(0)},
    says: "The masks hold 0 and 128: these look like grey levels. The classes are perhaps 0 and 1.",
    mend: "Number them so",
    becomes: ten(0, 1)
  },
  "grey levels in steps": {
    files: {"masks/a.png": png(0, 50, 100), "masks/b.png": png(150, 200)},
    says: "The masks hold 0, 50, 100, 150 and 200: these look like grey levels.",
    mend: "Number them so",
    becomes: ten(0, 1, 2)
  },
  "smoothed masks": {
    files: {"masks/a.png": pngOf(SMOOTHED), "images/a.png": photoOf(40, 40)},
    expected: VOC,
    says: 'The mask of "a" has many values that hardly any pixel has',
    mend: "Take the nearest of these for each pixel"
  },
  "colours of the palette": {
    files: {
      "masks/a.png": colourPng([
        [0, 0, 0],
        [192, 128, 128],
        [224, 224, 192]
      ])
    },
    expected: VOC,
    says: 'The mask of "a" has colours in the place of class ids. Each of them is that of a class.',
    mend: "Read them as ids",
    becomes: ten(0, 15, 255)
  },
  "colours of 16 bits": {
    files: {
      "masks/a.png": colourPng(
        [
          [0, 0, 0],
          [192, 128, 128]
        ],
        16
      )
    },
    expected: VOC,
    says: "Each of them is that of a class.",
    mend: "Read them as ids",
    becomes: ten(0, 15)
  },
  "colours that a labelmap.txt lacks": {
    files: voc({
      "labelmap.txt": "background:0,0,0::\ncat:1,2,3::",
      "SegmentationClass/a.png": colourPng([
        [0, 0, 0],
        [9, 9, 8]
      ])
    }),
    says: "The mask SegmentationClass/a.png has the colour #090908",
    mend: LEAVE_OUT,
    left: ["b"]
  },
  "colours of no palette": {
    files: {
      "masks/a.png": colourPng([
        [0, 0, 0],
        [1, 2, 3],
        [4, 5, 6]
      ])
    },
    expected: VOC,
    says: "2 colours belong to no class that is known: #010203 and #040506. Say in labelmap.txt",
    mend: null
  },
  "grey in three channels": {
    files: {
      "masks/a.png": colourPng([
        [0, 0, 0],
        [1, 1, 1]
      ])
    },
    expected: VOC,
    says: 'The mask of "a" has the same value in red, green and blue',
    mend: "Take one channel",
    becomes: ten(0, 1)
  },
  "values over 255": {
    files: {"masks/a.png": encode({width: 10, height: 10, data: new Uint16Array(100).fill(1000), channels: 1, depth: 16})},
    says: 'The mask of "a" has values over 255',
    mend: null
  },
  "ids beyond the classes": {
    files: {"masks/a.png": png(0, 1, 30)},
    expected: VOC,
    says: "The masks hold 30, which is no class: there are 21, 0 to 20.",
    mend: "Ignore these pixels",
    becomes: ten(0, 1, 255)
  },
  "ids beyond the set's own classes": {
    files: voc({"labels.txt": "background\n", "SegmentationClass/a.png": png(0, 1)}),
    says: "The masks hold 1, which is no class: there are 1, 0 to 0.",
    mend: "Ignore these pixels",
    becomes: ten(0, 255)
  },
  "an object that is ignored": {
    files: {"masks/b.png": png(0, 255)},
    says: 'The mask of "b" has an object that is 255 all over',
    mend: "Leave these photos out",
    left: ["a"]
  },
  "classes that the model numbers otherwise": {
    files: coco({}),
    expected: VOC,
    says: 'The data set calls class 1 "Dining table", the model "aeroplane": they number their classes in different ways.',
    mend: "Number them by their names, as the model does",
    becomes: ten(11)
  },
  "a class that the model does not know": {
    files: coco({
      annotations: [3, 5].map((category_id, image_id) => ({image_id, category_id, segmentation: [[0, 0, 5, 0, 5, 10, 0, 10]]}))
    }),
    expected: VOC,
    says: "The model does not know giraffe, which would be background.",
    mend: "Number them by their names, as the model does",
    becomes: ten(11, 0)
  },
  "background that is not first": {
    files: voc({"labelmap.txt": "person:192,128,128::\nbackground:0,0,0::"}),
    says: "The list of classes has background as number 1; class 0 is the background",
    mend: "Put it first",
    becomes: ten(1, 0)
  },
  "an empty mask": {files: {"masks/a.png": ""}, says: "The mask masks/a.png is empty.", mend: LEAVE_OUT, left: ["b"]},
  "an empty photo": {files: {"images/a.png": ""}, says: "The photo images/a.png is empty.", mend: LEAVE_OUT, left: ["b"]},
  "a photo that is none": {
    files: {"images/a.png": "hello"},
    says: "The photo images/a.png cannot be decoded",
    mend: LEAVE_OUT,
    left: ["b"]
  },
  "a mask that is a JPEG": {
    files: {"masks/a.png": Uint8Array.from([255, 216, 255, 224, 0, 16])},
    says: "The mask masks/a.png is a JPEG file, which changes ids along every outline: save it as PNG.",
    mend: LEAVE_OUT,
    left: ["b"]
  },
  "a mask that is none": {files: {"masks/a.png": "hello"}, says: "The mask masks/a.png is not a PNG file.", mend: LEAVE_OUT, left: ["b"]},
  "a mask that is cut off": {
    files: {"masks/a.png": png(0, 1).subarray(0, 40)},
    says: "The mask masks/a.png cannot be decoded",
    mend: LEAVE_OUT,
    left: ["b"]
  },
  "a smaller mask": {
    files: {"masks/a.png": pngOf(rows([0, 0, 1, 1, 1], 5))},
    says: 'The mask of "a" has not its photo\'s size: that of "a" is 5x5 pixels, its photo 10x10.',
    mend: "Resize the masks",
    becomes: ten(0, 0, 1, 1, 1)
  },
  "a turned mask": {
    files: {"masks/a.png": pngOf(rows([0, 1, 1, 1, 1], 10))},
    says: "and not its shape",
    mend: "Leave these photos out",
    left: ["b"]
  },
  "a photo twice": {
    files: {"images/b.png": photo(1)},
    says: 'The photo "b" is in this list twice: "b" is "a".',
    mend: "Leave the second out",
    left: ["a"]
  },
  "a photo without a mask": {files: {"images/c.png": photo(3)}, says: "1 photo has no mask of the same name: images/c.png.", mend: null},
  "masks without photos": {
    files: {"masks/c.png": "", "masks/d.png": ""},
    says: "2 masks have no photo of the same name: masks/c.png and masks/d.png.",
    mend: null
  },
  "a list that names what is not there": {
    files: voc({"val.txt": "a\nz"}),
    says: 'val.txt names "z", but there is no photo JPEGImages/z.jpg.',
    mend: "Go on with the 1 that are whole",
    left: ["a"]
  },
  "a photo in train and val": {
    files: voc({"val.txt": "a\nb", "train.txt": "b"}),
    says: 'The photo "b" is in train as well',
    mend: "Leave these photos out",
    left: ["a"]
  },
  "labels without their photo": {
    files: coco({images: ["a.png", "z.png"].map((file_name, id) => ({id, file_name, width: 10, height: 10}))}),
    says: "val.json names the photo z.png, which is not there.",
    mend: "Go on with the 1 that are whole",
    left: ["a"]
  }
};

/** All files of a bad set: what is said beside two good pairs or in their place, or a set of another layout. */
export function wholeSet(files: Files): Files {
  return Object.keys(files).some((path) => /^(images|masks)\//.test(path)) ? {...good, ...files} : files;
}
