import {expect, it} from "vitest";
import {lacks} from "../../scripts/site/model-index.js";
import {released} from "../../src/engine/released.js";
import {complete} from "../engine/networks.js";

it("says what a network has not of a DeepLab v3+", () => {
  expect(lacks(released(1))).toBe("This model has no atrous ASPP branches and no decoder.");
  expect(lacks(complete)).toBe("");
});
