/** The PyTorch and TensorFlow code under figures, as it was run (`test/fixtures/code/snippets.py`), against the site's own figures. */
import {createHash} from "node:crypto";
import {readFile} from "node:fs/promises";
import path from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import {beforeAll, describe, expect, it} from "vitest";
import {validTapShares} from "../../../src/engine/teaching/atrous.js";
import {pathField} from "../../../src/engine/teaching/gridding.js";
import {stackFields} from "../../../src/engine/teaching/layer-stack.js";
import type {FigureCode} from "../../../src/pages/lessons/code/figure-code.js";
import {SEPARABLE_TABLE} from "../../../src/pages/lessons/separable/state.js";
import {useBackend} from "../../backend.js";
import {stateOf} from "./code-in-node.js";

const codes = await import("../../../src/pages/lessons/code/index.js");
const {ATROUS_TABLE} = await import("../../../src/pages/lessons/atrous/state.js");
const {ASPP_TABLE} = await import("../../../src/pages/lessons/aspp/state.js");
const {strideTable} = await import("../../../src/pages/lessons/output-stride/state.js");

/** Cells on a side of the piece of the photo. */
const PATCH = 49;
const atrous = (change: object = {}) => ({...stateOf(ATROUS_TABLE, change), patch: PATCH});
const STRIDE = stateOf(strideTable(["nano"]));
const SEPARABLE = stateOf(SEPARABLE_TABLE, {channels: 5, outputs: 2, rate: 2});

const SHOWN: Readonly<Record<string, FigureCode>> = {
  "atrous.window": codes.atrous.window(atrous()),
  "atrous.window, valid": codes.atrous.window(atrous({padding: "valid", rate: 6})),
  "atrous.window, stride 2": codes.atrous.window(atrous({stride: 2, rate: 1})),
  "atrous.window, stride 2, rate 3": codes.atrous.window(atrous({stride: 2, rate: 3})),
  "atrous.line": codes.atrous.line(atrous()),
  "atrous.line, stride 2, rate 3": codes.atrous.line(atrous({stride: 2, rate: 3})),
  "atrous.views": codes.atrous.views(atrous()),
  "atrous.gridding": codes.atrous.gridding(atrous({gridding: [1, 2, 8]})),
  "atrous.stack": codes.atrous.stack(atrous()),
  "atrous.cliff": codes.atrous.cliff(atrous({mapSize: 65, cliffRate: 18})),
  "separable.sliding": codes.separable.sliding(SEPARABLE),
  "outputStride.blocks": codes.outputStride.blocks(STRIDE),
  "outputStride.sizes": codes.outputStride.sizes(STRIDE),
  "networks.desk": codes.networks.desk(stateOf(ASPP_TABLE))
};

const FOLDER = path.resolve(import.meta.dirname, "../../fixtures/code");

interface Tensor {
  readonly shape: readonly number[];
  readonly mean: number;
}
/** What was given by name. */
type Gives = Readonly<Record<string, number | Tensor>>;
type Language = "pytorch" | "tensorflow";
let given: Readonly<Record<string, Partial<Record<Language, {readonly of: string; readonly gives: Gives}>>>>;

beforeAll(async () => {
  given = JSON.parse(await readFile(path.join(FOLDER, "gives.json"), "utf8"));
  await useBackend("cpu");
});
const numberIn = (snippet: string, language: Language, name: string) => given[snippet]![language]!.gives[name] as number;
const tensorIn = (snippet: string, language: Language, name: string) => given[snippet]![language]!.gives[name] as Tensor;

/** What stands for random numbers there. */
const ramp = (count: number) => Float32Array.from({length: count}, (_, i) => ((i * 37) % 101) / 101);

it("is the code that was run, and none of it failed", async () => {
  const lines = Object.entries(SHOWN).map(([name, {pytorch, tensorflow}]) => {
    return [name, {...(pytorch && {pytorch: pytorch.split("\n")}), ...(tensorflow && {tensorflow: tensorflow.split("\n")})}];
  });
  await expect(`${JSON.stringify(Object.fromEntries(lines), null, 1)}\n`).toMatchFileSnapshot(path.join(FOLDER, "snippets.json"));
  for (const [name, code] of Object.entries(SHOWN)) {
    for (const language of ["pytorch", "tensorflow"] as const) {
      const text = code[language];
      if (!text) continue;
      const {of, gives} = given[name]![language]!;
      expect(of, `${name}, ${language}: run snippets.py again`).toBe(createHash("sha256").update(text).digest("hex"));
      expect(gives, `${name}, ${language}`).not.toHaveProperty("error");
    }
  }
});

describe("an atrous convolution", () => {
  /** The mean of what a kernel of three rows, or of one, gives on the ramp, by plain loops. */
  function meanByHand(kernel: readonly number[], {rate, stride, padding}: {rate: number; stride: number; padding: "same" | "valid"}) {
    const rows = kernel.length / 3;
    const [height, reach] = [rows === 1 ? 1 : PATCH, 2 * rate];
    const x = ramp(height * PATCH);
    const side = padding === "same" ? Math.ceil(PATCH / stride) : Math.ceil((PATCH - reach) / stride);
    const before = padding === "same" ? Math.floor(Math.max(0, (side - 1) * stride + reach + 1 - PATCH) / 2) : 0;
    let sum = 0;
    for (let i = 0; i < (rows === 1 ? 1 : side); i++)
      for (let j = 0; j < side; j++)
        kernel.forEach((weight, tap) => {
          const row = rows === 1 ? 0 : i * stride - before + Math.floor(tap / 3) * rate;
          const column = j * stride - before + (tap % 3) * rate;
          if (row >= 0 && row < height && column >= 0 && column < PATCH) sum += weight * x[row * PATCH + column]!;
        });
    return {side, mean: sum / (side * (rows === 1 ? 1 : side))};
  }

  it.each([
    ["atrous.window", {}],
    ["atrous.window, valid", {padding: "valid", rate: 6}],
    ["atrous.window, stride 2", {stride: 2, rate: 1}],
    ["atrous.window, stride 2, rate 3", {stride: 2, rate: 3}],
    ["atrous.line", {}],
    ["atrous.line, stride 2, rate 3", {stride: 2, rate: 3}]
  ] as const)("is in both what its loops give: %s", (name, change) => {
    const state = atrous(change);
    const isLine = name.startsWith("atrous.line");
    const {side, mean} = meanByHand(isLine ? state.kernel.slice(3, 6) : state.kernel, state);
    for (const [language, shape] of [
      ["pytorch", isLine ? [1, 1, side] : [1, 1, side, side]],
      ["tensorflow", isLine ? [1, side, 1] : [1, side, side, 1]]
    ] as const) {
      const y = tensorIn(name, language, "y");
      expect(y.shape, language).toEqual(shape);
      expect(y.mean, language).toBeCloseTo(mean, 6);
    }
  });

  it("is the same by zeros between taps, and by smaller maps", () => {
    const mean = tensorIn("atrous.views", "pytorch", "native").mean;
    expect(tensorIn("atrous.views", "pytorch", "zeros").mean).toBeCloseTo(mean, 6);
    expect(tensorIn("atrous.views", "tensorflow", "native").mean).toBeCloseTo(mean, 6);
    expect(tensorIn("atrous.views", "tensorflow", "batches")).toEqual({shape: [1, PATCH, PATCH, 1], mean: expect.closeTo(mean, 6)});
  });
});

it("holes, taps on the map and a stack's cells are those of the labs", () => {
  for (const language of ["pytorch", "tensorflow"] as const) {
    expect(numberIn("atrous.gridding", language, "holes")).toBe(pathField([1, 2, 8]).holes);
    const nine = validTapShares(65, 3, 18).find(({taps}) => taps === 9)!.share;
    expect(numberIn("atrous.cliff", language, "nine")).toBeCloseTo(nine, 5);
  }
  const {stack} = stateOf(ATROUS_TABLE);
  const {holes, paths} = stackFields(stack, "valid").at(-1)!;
  expect(numberIn("atrous.stack", "pytorch", "holes")).toBe(holes);
  expect(tensorIn("atrous.stack", "pytorch", "x").shape).toEqual([1, 1, paths.length]);
});

it("a stride that becomes a rate keeps the cells that both have; scores are enlarged corner on corner; shapes and weights are the layers'", () => {
  expect(numberIn("outputStride.blocks", "tensorflow", "apart")).toBeLessThan(1e-6);
  const enlarged = tf.image.resizeBilinear(tf.tensor4d(ramp(25), [1, 5, 5, 1]), [STRIDE.side, STRIDE.side], true);
  for (const language of ["pytorch", "tensorflow"] as const)
    expect(tensorIn("outputStride.sizes", language, "enlarged").mean).toBeCloseTo(tf.mean(enlarged).dataSync()[0]!, 5);
  const {size, kernelSize, rate, outputs} = SEPARABLE;
  const side = size - rate * (kernelSize - 1);
  expect(tensorIn("separable.sliding", "pytorch", "y").shape).toEqual([1, outputs, side, side]);
  expect(tensorIn("separable.sliding", "tensorflow", "y").shape).toEqual([1, side, side, outputs]);
  // 320 channels in, 256 of each of five branches, three of them separable.
  const one = 320 * 256 + 256;
  const weights = 2 * one + 3 * (9 * 320 + 320 + one) + 5 * 256 * 256 + 256;
  for (const language of ["pytorch", "tensorflow"] as const) expect(numberIn("networks.desk", language, "parameters")).toBe(weights);
  expect(tensorIn("networks.desk", "tensorflow", "projected").shape).toEqual([1, 33, 33, 256]);
});
