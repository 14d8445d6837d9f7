import {describe, expect, it} from "vitest";
import {classPlaces} from "../../src/engine/labels/class-places.js";
import {maskChangeInWords, maskInWords, placeInWords} from "../../src/lab/mask-in-words.js";

const NAMES = ["background", "dog", "sofa"];
const SIDE = 30;

/** A mask of background with boxes of classes in it, in thirtieths of its sides. */
function placesOf(...boxes: {id: number; left: number; right: number; top: number; bottom: number}[]) {
  const labels = new Uint8Array(SIDE * SIDE);
  for (const {id, left, right, top, bottom} of boxes) for (let y = top; y < bottom; y++) labels.fill(id, y * SIDE + left, y * SIDE + right);
  return classPlaces({width: SIDE, height: SIDE, labels}, NAMES.length);
}
const dog = {id: 1, left: 10, right: 20, top: 10, bottom: 20};

describe("where a class lies", () => {
  it.each([
    [dog, "in the middle"],
    [{...dog, left: 0, right: 5}, "at the left"],
    [{...dog, left: 25, right: 30, top: 24, bottom: 30}, "at the bottom right"],
    [{...dog, top: 0, bottom: 6}, "at the top"],
    [{...dog, left: 0, right: 30, top: 24, bottom: 30}, "across the bottom"],
    [{...dog, left: 0, right: 30}, "across the middle"],
    [{...dog, left: 0, right: 5, top: 0, bottom: 30}, "along the left"],
    [{...dog, top: 0, bottom: 30}, "in the middle, from top to bottom"],
    [{...dog, left: 0, right: 30, top: 0, bottom: 30}, "all over it"]
  ])("%j is %s", (box, words) => {
    expect(placeInWords(placesOf(box).find(({id}) => id === 1)!)).toBe(words);
  });
});

describe("a mask in words", () => {
  it("names what is there, how much of the picture it is, and where", () => {
    const sofa = {id: 2, left: 0, right: 3, top: 24, bottom: 30};
    expect(maskInWords(placesOf(dog, sofa), NAMES)).toBe(
      "dog, 11.1 % of the picture, in the middle; sofa, 2.0 %, at the bottom left; the rest is background."
    );
  });

  it("says that there is nothing, and names no rest where there is none", () => {
    expect(maskInWords(placesOf(), NAMES)).toBe("None of the classes that the network knows: all is background.");
    expect(maskInWords(placesOf({id: 1, left: 0, right: 30, top: 0, bottom: 30}), NAMES)).toBe("dog, 100.0 % of the picture, all over it.");
  });

  it("tells of six classes, and counts the others", () => {
    const names = ["background", ..."abcdefgh"];
    const labels = Uint8Array.from({length: 900}, (_, index) => Math.min(8, Math.floor(index / 100)));
    expect(maskInWords(classPlaces({width: SIDE, height: SIDE, labels}, 9), names)).toMatch(
      /^a, 11\.1 % of the picture.*; f, .*; 2 classes more with less; the rest is background\.$/
    );
  });
});

describe("what changed", () => {
  const sofa = {id: 2, left: 0, right: 3, top: 24, bottom: 30};
  it("tells what is more, new and gone", () => {
    expect(maskChangeInWords(0.05, placesOf(dog), placesOf({...dog, right: 21}, sofa), NAMES)).toBe(
      "5.0 % of the pixels changed class: background 88.9 % before, 85.8 % now; dog 11.1 % before, 12.2 % now; sofa is new, 2.0 %."
    );
    expect(maskChangeInWords(0.02, placesOf(dog, sofa), placesOf(dog), NAMES)).toContain("sofa is gone, 2.0 % before.");
  });

  it("says that nothing did", () => {
    expect(maskChangeInWords(0, placesOf(dog), placesOf(dog), NAMES)).toBe("No pixel changed its class.");
  });
});
