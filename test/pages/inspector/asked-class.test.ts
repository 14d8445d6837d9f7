import {expect, it} from "vitest";
import {askedClass, classChoices} from "../../../src/pages/inspector/asked-class.js";
import type {Segmentation} from "../../../src/worker/protocol.js";

/** Two pixels of a background and a cat, and a dog that nobody sees. */
const result = {
  width: 2,
  height: 1,
  covered: {width: 1, height: 1},
  classes: ["background", "cat", "dog"],
  labels: Uint8Array.from([0, 1]),
  logits: {height: 1, width: 2, classes: 3, values: Float32Array.from([2, 1, 0, 0, 3, 1])}
} as unknown as Segmentation;

it("is the named class", () => expect(askedClass({about: "dog", x: 0, y: 0}, result)).toEqual({id: 2, unknown: null}));

it("is the winner at the point where none is named, or one that is not there", () => {
  expect(askedClass({about: "", x: 0, y: 0}, result)).toEqual({id: 0, unknown: null});
  expect(askedClass({about: "zebra", x: 1000, y: 0}, result)).toEqual({id: 1, unknown: "zebra"});
});

it("is the largest but the background where no point is chosen either", () => {
  expect(askedClass({about: "", x: -1, y: -1}, result).id).toBe(1);
  expect(askedClass({about: "", x: -1, y: -1}, {...result, labels: Uint8Array.from([0, 0])}).id).toBe(0);
});

it("offers the automatic choice first", () => {
  expect(classChoices(result, "the winner").map(({value}) => value)).toEqual(["", "background", "cat", "dog"]);
});
