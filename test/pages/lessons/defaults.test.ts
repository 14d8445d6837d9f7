import {expect, it} from "vitest";

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
    ["atrous_0", "atrous 0", "rate1"],
    ["atrous_1", "atrous 1", "rate2"],
    ["atrous_2", "atrous 2", "rate3"],
    ["image_pooling", "image pooling", null]
  ]);
  // The middle branch of the list of layers has one name and one rate wherever it stands.
  expect(LAYERS.middleBranch).toContain(BRANCHES[2]!.title.replace(" ", "_"));
  expect(ASPP_TABLE.muted.parse("image_pooling,atrous_2,other")).toEqual(["image_pooling", "atrous_2"]);
});

it("ASPP opens where its largest rate has more than its centre tap on the map, upright or across", () => {
  const {inputSize, outputStride, x, y} = ASPP_TABLE;
  const long = Number(inputSize.initial);
  for (const [width, height] of [
    [long, 385],
    [385, long]
  ] as const) {
    // Cells of a side of 16k + 1 pixels.
    const cells = (side: number) => (side - 1) / outputStride.initial + 1;
    const at = (perMille: number, side: number) => Math.round((perMille / 1000) * (cells(side) - 1));
    const inside = (perMille: number, side: number) =>
      [-1, 0, 1].map((k) => at(perMille, side) + k * OWN_RATES.rate3).filter((cell) => cell >= 0 && cell < cells(side)).length;
    expect(inside(x.initial, width) * inside(y.initial, height)).toBe(4);
  }
});
