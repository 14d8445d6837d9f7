import {expect, it} from "vitest";
import {patchesOf} from "../../../src/engine/labels/regions.js";

const MAP = ["1.11", "1..1", "..1.", "22.."];
const labels = Uint8Array.from(MAP.join(""), (c) => (c === "." ? 0 : Number(c)));
const size = {height: 4, width: 4};

it("counts what touches by a side once, and what touches by a corner apart", () => {
  expect(patchesOf(labels, size, 1)).toBe(3);
  expect(patchesOf(labels, size, 2)).toBe(1);
  expect(patchesOf(labels, size, 7)).toBe(0);
});

it("leaves out specks", () => {
  expect(patchesOf(labels, size, 1, 2)).toBe(2);
});
