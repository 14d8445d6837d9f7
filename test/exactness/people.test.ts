import {readFile} from "node:fs/promises";
import sharp from "sharp";
import {beforeAll, describe, expect, it} from "vitest";
import type {Model} from "../../src/engine/model.js";
import {readSafetensors, safetensorsValues} from "../../src/formats/safetensors.js";
import {importMace} from "../../src/importers/import.js";
import {useBackend} from "../backend.js";
import {hasShared, shared} from "../shared.js";
import {largestDifference} from "./difference.js";
import {segment} from "./in-node.js";

const released = (ending: string) => readFile(shared(`models/deeplab_v3_plus_mobilenet_v2_quant.${ending}`));

/** The reference was computed in numpy from the released graph, operation by operation; logits go from about -10 to 10. */
const TOLERANCE = 1e-4;

describe.skipIf(!hasShared)("people, imported from its maker's files", () => {
  let model: Model;
  beforeAll(async () => {
    await useBackend("wasm");
    model = importMace(await released("pb"), await released("data"), {name: "people", license: "", source: "", measured: ""});
  });

  const logitsOf = async (of: Model, photo: string, outputStride: number) => {
    const {data, info} = await sharp(shared(`people-v3plus/${photo}.png`))
      .removeAlpha()
      .raw()
      .toBuffer({resolveWithObject: true});
    const {logits} = await segment(of, {size: info.width, rgb: data}, outputStride);
    return logits;
  };
  const reference = async (name: string) =>
    safetensorsValues(readSafetensors(await readFile(shared("people-v3plus/reference_logits.safetensors"))).tensors[name]!);

  it("gives the logits of the released graph", async () => {
    const logits = await logitsOf(model, "reference_input", 16);
    expect(largestDifference(logits, await reference("logits_os16_graph"))).toBeLessThan(TOLERANCE);
  });

  it.each([
    ["reference_input", 16, "logits_os16"],
    ["reference_input", 8, "logits_os8"],
    ["reference_input_257", 16, "logits_os16_257"],
    ["reference_input_257", 8, "logits_os8_257"]
  ])("gives those of kernels in half precision for %s at output stride %i", async (photo, outputStride, name) => {
    const logits = await logitsOf(await inHalfPrecision(model), photo, outputStride);
    expect(largestDifference(logits, await reference(name))).toBeLessThan(TOLERANCE);
  });
});

/** The model with its kernels rounded as the reference's were. */
async function inHalfPrecision(model: Model): Promise<Model> {
  const {tensors} = readSafetensors(await readFile(shared("people-v3plus/people-linear.safetensors")));
  const weights = Object.entries(model.weights).map(([name, weight]) => [
    name,
    name.endsWith("/kernel") ? {shape: weight.shape, values: safetensorsValues(tensors[name]!)} : weight
  ]);
  return {...model, weights: Object.fromEntries(weights) as Model["weights"]};
}
