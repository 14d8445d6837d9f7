import path from "node:path";
import {expect, it} from "vitest";
import {segmentInNode} from "../../browser/reference.js";

const {SAMPLES} = await import("../../../data/samples/samples.js");

const BRANCHES = ["aspp/conv_1x1", ...[0, 1, 2].map((index) => `aspp/atrous_${index}/pointwise`)];
const POOLING_ALONE = Object.fromEntries(BRANCHES.map((endPoint) => [endPoint, "zero" as const]));

/** All samples at the size that the lesson opens with take a while. */
const LONG = Boolean(process.env["LONG"]);

it("image pooling alone makes nano say background at every pixel of the samples, as the lesson says", async () => {
  for (const {file} of LONG ? SAMPLES : SAMPLES.filter(({id}) => id === "cows")) {
    const photo = path.join(import.meta.dirname, "../../../data/samples", file);
    const run = {model: "nano", outputStride: 16, inputSize: LONG ? 513 : 257} as const;
    const {labels, names} = await segmentInNode(photo, {...run, replaced: POOLING_ALONE});
    expect(new Set([...labels].map((id) => names[id])), file).toEqual(new Set(["background"]));
  }
}, 120_000);
