import {describe, expect, test} from "vitest";
import {labelsFor} from "../../data/labels/index.js";
import {vocPalette} from "../../data/labels/voc.js";

test("VOC's colours are the bits of the class id, interleaved", () => {
  expect(vocPalette(256).filter((_, id) => [1, 2, 3, 8, 15, 20, 255].includes(id))).toEqual([
    [128, 0, 0],
    [0, 128, 0],
    [128, 128, 0],
    [64, 0, 0],
    [192, 128, 128],
    [0, 64, 128],
    [224, 224, 192]
  ]);
});

describe("the number of classes tells the data set", () => {
  test.each([
    [21, 15, "person", [192, 128, 128]],
    [19, 11, "person", [220, 20, 60]],
    [151, 13, "person", [150, 5, 61]],
    [150, 12, "person", [150, 5, 61]],
    [2, 1, "person", [192, 128, 128]],
    [7, 3, "class 3", [128, 128, 0]]
  ] as const)("%d classes: %d is %s", (classes, id, name, colour) => {
    const labels = labelsFor(classes);
    expect(labels.classes).toHaveLength(classes);
    expect(labels.palette).toHaveLength(classes);
    expect(labels.classes[id]).toBe(name);
    expect(labels.palette[id]).toEqual(colour);
  });
});
