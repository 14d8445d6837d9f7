import {expect, it, vi} from "vitest";

vi.mock("../../../src/site.js", () => ({siteUrl: (path: string) => `/${path}`}));

const {ASPP_TABLE, BRANCHES, OWN_RATES} = await import("../../../src/pages/lessons/aspp/state.js");
const {decoderTable} = await import("../../../src/pages/lessons/decoder/state.js");
const {LAYERS, networkTable} = await import("../../../src/pages/lessons/network/state.js");
const {SAMPLES} = await import("../../../data/samples/samples.js");

it("what an address leaves out is what it always was: links of before show the same", () => {
  expect(networkTable(["nano"]).layer.initial).toBe("aspp/atrous_1/pointwise");
  expect(LAYERS).toEqual({
    middleBranch: "aspp/atrous_1/pointwise",
    atLargestRate: "backbone/block_14/depthwise",
    widestOfV2: "aspp/atrous_3",
    skip: "decoder/low_level"
  });
  expect(decoderTable(SAMPLES, ["nano"]).stage.initial).toBe("decoder/low_level");
  expect(OWN_RATES).toEqual({rate1: 6, rate2: 12, rate3: 18});
  expect(BRANCHES.map(({name, title, rate}) => [name, title, rate])).toEqual([
    ["conv_1x1", "1 × 1", null],
    ["atrous_0", "atrous 1", "rate1"],
    ["atrous_1", "atrous 2", "rate2"],
    ["atrous_2", "atrous 3", "rate3"],
    ["image_pooling", "image pooling", null]
  ]);
  expect(ASPP_TABLE.muted.parse("image_pooling,atrous_2,other")).toEqual(["image_pooling", "atrous_2"]);
});
