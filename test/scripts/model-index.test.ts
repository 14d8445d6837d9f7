import {expect, it} from "vitest";
import {lacks} from "../../scripts/site/model-index.js";
import {released} from "../../src/engine/released.js";
import {VOC_CLASSES} from "../../data/labels/voc.js";
import {complete} from "../engine/networks.js";

it("says what a network has not of a DeepLab v3+", () => {
  expect(lacks(released(1), VOC_CLASSES)).toBe("This model has no atrous ASPP branches and no decoder.");
  expect(lacks(complete, VOC_CLASSES)).toBe("");
  expect(lacks({...released(1), classes: 2}, ["background", "person"])).toBe(
    "This model has no atrous ASPP branches and no decoder. It knows one class, person: all else is background to it."
  );
});
