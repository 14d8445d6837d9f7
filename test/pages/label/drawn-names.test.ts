import {expect, it} from "vitest";
import {IGNORE} from "../../../src/formats/mask-picture.js";
import {newProject} from "../../../src/labelling/project.js";
import {drawnNames} from "../../../src/pages/label/drawn-names.js";

const [background] = newProject("", "", 0).classes;
const CLASSES = [background!, {id: 3, name: "dog", colour: [1, 2, 3]}] as const;

/** A map in which a class fills a box, given in shares of its sides; the rest is undecided. */
function drawn(id: number, {width = 2000, height = 1000, from = 0.5, to = 1}) {
  const ids = new Uint8Array(width * height).fill(IGNORE);
  for (let row = 0; row < height; row++) ids.fill(id, row * width + from * width, row * width + to * width);
  return {width, height, ids};
}

it("a class that was drawn has its name in the middle of its region, also of a photo that is large, or narrow", () => {
  const sizes = [{}, {width: 40, height: 20}, {width: 2000, height: 1}];
  const names = sizes.map((size) => drawnNames(drawn(3, size), CLASSES));
  for (const name of names) expect(name).toEqual([{name: "dog", x: expect.closeTo(0.75, 1), y: expect.closeTo(0.5, 1)}]);
});

it("what lies behind has none, though it was given another name", () => {
  expect(drawnNames(drawn(0, {}), [{...background!, name: "ground"}, CLASSES[1]])).toEqual([]);
});

it("what is undecided, background or of a class that was removed has none", () => {
  for (const id of [0, 7, IGNORE]) expect(drawnNames(drawn(id, {}), CLASSES)).toEqual([]);
});
