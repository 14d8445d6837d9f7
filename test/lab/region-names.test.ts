import {expect, it} from "vitest";
import {regionNames} from "../../src/lab/region-names.js";

it("each region has its class's name inside; the background, what counts nothing, and specks have none", () => {
  const [width, height] = [20, 10];
  const labels = new Uint8Array(width * height);
  // A chair on the right, a column that counts nothing, and a speck.
  for (let y = 0; y < height; y++) for (let x = 12; x < width; x++) labels[y * width + x] = x === 19 ? 255 : 1;
  labels[0] = 1;
  const named = (classes: readonly string[]) => regionNames({width, height, labels}, Object.assign([...classes], {255: "ignored"}));
  expect(named(["background", "chair"]).map(({name}) => name)).toEqual(["chair"]);
  const names = named(["road", "chair"]);
  expect(names.map(({name}) => name)).toEqual(["road", "chair"]);
  for (const {name, x, y} of names) {
    const id = labels[Math.floor(y * height) * width + Math.floor(x * width)];
    expect(id, name).toBe(name === "chair" ? 1 : 0);
  }
});
