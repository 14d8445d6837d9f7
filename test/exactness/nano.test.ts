import {readFile} from "node:fs/promises";
import path from "node:path";
import sharp from "sharp";
import {beforeAll, describe, expect, it} from "vitest";
import {readSafetensors, safetensorsValues} from "../../src/formats/safetensors.js";
import {readModel} from "../../src/importers/model-file.js";
import {useBackend} from "../backend.js";
import {largestDifference} from "./difference.js";
import {segment} from "./in-node.js";

const FIXTURES = path.join(import.meta.dirname, "../fixtures/nano");
const NANO = path.join(import.meta.dirname, "../../data/models/nano.safetensors");

/** The reference was computed by PyTorch with the same float16 weights; logits go from about -10 to 20. */
const TOLERANCE = 2e-3;

describe("nano", () => {
  beforeAll(() => useBackend("wasm"));

  it.each([16, 8])("gives the logits of the network that was trained, at output stride %i", async (outputStride) => {
    const model = readModel(await readFile(NANO));
    const {data, info} = await sharp(path.join(FIXTURES, "reference_input.png")).removeAlpha().raw().toBuffer({resolveWithObject: true});
    const {tensors} = readSafetensors(await readFile(path.join(FIXTURES, "reference_logits.safetensors")));
    const expected = safetensorsValues(tensors[`logits_os${outputStride}`]!);

    const {logits} = await segment(model, {size: info.width, rgb: data}, outputStride);
    expect(largestDifference(logits, expected)).toBeLessThan(TOLERANCE);
  });
});
