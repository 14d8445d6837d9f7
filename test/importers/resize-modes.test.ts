import {describe, expect, test} from "vitest";
import {released} from "../../src/engine/released.js";
import {importGraphDef, importTflite} from "../../src/importers/import.js";
import {complete, randomWeights} from "../engine/networks.js";
import {operationsOf} from "./operations-of.js";
import type {GraphOptions} from "./operations-of.js";
import {graphDefOf, tfliteOf} from "./written-files.js";

const CARD = {name: "test", license: "", source: "", measured: ""};
const small = {...released(0.25), classes: 5};
const weightsOf = {v3: randomWeights(small), "v3+": randomWeights(complete)};
const operations = (kind: "v3" | "v3+", modes: GraphOptions["modes"] = {}) =>
  operationsOf(kind === "v3" ? small : complete, weightsOf[kind], {modes});

describe.each([
  [
    "a TensorFlow Lite file",
    (modes: GraphOptions["modes"], kind: "v3" | "v3+" = "v3+") => importTflite(tfliteOf(operations(kind, modes)), CARD)
  ],
  [
    "a frozen graph",
    (modes: GraphOptions["modes"], kind: "v3" | "v3+" = "v3+") => importGraphDef(graphDefOf(operations(kind, modes)), CARD)
  ]
])("%s that enlarges maps", (_, imported) => {
  test("with corners aligned is the network that was written", () => {
    const {network, weights} = imported({});
    expect(network).toEqual(complete);
    expect(weights).toEqual(weightsOf["v3+"]);
  });

  test.each(["half_pixel", "neither"] as const)("of one cell may do it in any mode (%s)", (pooled) => {
    expect(imported({pooled}).weights).toEqual(weightsOf["v3+"]);
  });

  test.each([
    ["half_pixel", /"decoder\/upsampled" it should have an enlargement with corners aligned, and has a resize with half-pixel centres/],
    ["neither", /has a resize with neither corners aligned nor half-pixel centres/]
  ] as const)("in its decoder in another mode (%s) is refused", (decoder, message) => {
    expect(() => imported({decoder})).toThrow(message);
  });

  test("with half-pixel centres throughout is a network that does", () => {
    expect(imported({decoder: "half_pixel", logits: "half_pixel"}).network).toEqual({...complete, sampling: "half_pixel"});
    expect(imported({logits: "half_pixel"}, "v3").network).toEqual({...small, sampling: "half_pixel"});
  });

  test("with half-pixel centres to the photo alone is refused", () => {
    expect(() => imported({logits: "half_pixel"})).toThrow(
      /"decoder\/upsampled" it should have an enlargement with half-pixel centres, and has a resize with corners aligned/
    );
  });

  test("to the photo in a mode of its own is refused, with a decoder and without", () => {
    const message = /enlarges its logits with neither corners aligned nor half-pixel centres; .* up to half a cell off/;
    expect(() => imported({logits: "neither"})).toThrow(message);
    expect(() => imported({logits: "neither"}, "v3")).toThrow(message);
  });
});
