import {expect, it} from "vitest";
import {VOC_CLASSES, vocPalette} from "../../data/labels/voc.js";
import {classLook} from "../../src/lab/datasets/class-look.js";
import type {DatasetFacts} from "../../src/worker/dataset-messages.js";

const VOC = {classes: VOC_CLASSES, palette: vocPalette(VOC_CLASSES.length)};
const facts = (said: Partial<DatasetFacts>): DatasetFacts => ({layout: "voc", splits: ["val"], ...said}) as DatasetFacts;
const [dog, cat] = [VOC_CLASSES.indexOf("dog"), VOC_CLASSES.indexOf("cat")];

it("calls classes as the data set does, in the colours that they have elsewhere", () => {
  const {names, palette} = classLook(
    VOC,
    facts({classes: ["background", "Dog", "cat", "lamp"], colours: [1, 2, 3, 4].map((v) => [v, v, v])})
  );
  expect([names[1], names[2], names[3], names[255]]).toEqual(["Dog", "cat", "lamp", "ignored"]);
  expect([palette[1], palette[2], palette[3]]).toEqual([VOC.palette[dog], VOC.palette[cat], [4, 4, 4]]);
});

it("calls them as the network does where the data set does not tell, and colours them so where nobody does", () => {
  expect(classLook(VOC, facts({})).names[dog]).toBe("dog");
  expect(classLook(VOC, facts({})).palette[dog]).toEqual(VOC.palette[dog]);
  expect(classLook({}, facts({colours: [[9, 9, 9]]})).palette.slice(0, 2)).toEqual([[9, 9, 9], vocPalette(2)[1]]);
});
