import {expect, it} from "vitest";
import {differenceColours} from "../../src/media/difference-look.js";

it("shows where a prediction is wrong in the colour of what was predicted, and the photo pale elsewhere", () => {
  const rgba = Uint8ClampedArray.from([0, 0, 0, 255, 255, 255, 255, 255, 10, 20, 30, 255, 10, 20, 30, 255]);
  const palette = [
    [0, 0, 0],
    [64, 0, 0]
  ] as const;
  // Right, right, taken for the second class, and nothing known.
  const found = differenceColours({rgba}, Uint8Array.from([0, 1, 0, 255]), Uint8Array.from([0, 1, 1, 1]), palette);
  expect([...found]).toEqual([178, 178, 178, 255, 255, 255, 255, 255, 64, 0, 0, 255, 140, 140, 140, 255]);
});
