import {readFile} from "node:fs/promises";
import path from "node:path";
import {describe, expect, it} from "vitest";
import {registeredModel} from "../../data/models/registry.js";
import {ablationTable} from "../../scripts/evaluate/tables.js";
import {BAND_WIDTHS} from "../../src/evaluate/boundary.js";
import {ablationReport, ablationsOf, roundingsOf} from "../../src/evaluate/ablations.js";
import type {AblationReport} from "../../src/evaluate/ablations.js";
import type {Report} from "../../src/evaluate/report.js";
import {sha256} from "../../scripts/models/folder.js";
import {released} from "../../src/engine/released.js";
import {CURVES} from "../../src/pages/lessons/decoder/outlines.js";
import {MEASURED_FORMATS} from "../../src/pages/lessons/quantisation/measured.js";
import {readModel} from "../../src/importers/model-file.js";

const MODELS = path.join(import.meta.dirname, "../../data/models");

describe("ablationsOf", () => {
  it("takes away only what a network has", async () => {
    expect(ablationsOf(released(0.5))).toEqual([{name: "As trained"}, {name: "Image pooling muted", muted: ["aspp/image_pooling"]}]);
    const {network} = readModel(await readFile(path.join(MODELS, "nano.safetensors")));
    expect(ablationsOf(network)).toEqual([
      {name: "As trained"},
      {name: "Skip muted", muted: ["decoder/low_level"]},
      {name: "Enlarged at once", enlargedAtOnce: true},
      {name: "Rates (1, 1, 1)", rates: [1, 1, 1]},
      {name: "Rate 6 muted", muted: ["aspp/atrous_0/pointwise"]},
      {name: "Rate 12 muted", muted: ["aspp/atrous_1/pointwise"]},
      {name: "Rate 18 muted", muted: ["aspp/atrous_2/pointwise"]},
      {name: "Image pooling muted", muted: ["aspp/image_pooling"]}
    ]);
  });
});

it("the roundings begin with the network as trained", () => {
  expect(roundingsOf(["float16", "int8-per-tensor"])).toEqual([
    {name: "As trained"},
    {name: "float16", weights: "float16"},
    {name: "int8-per-tensor", weights: "int8-per-tensor"}
  ]);
});

/** A report of three classes, the last in no label. */
function report(background: number, person: number, cat: number | null): Report {
  const classes = [
    ["background", background, 10],
    ["person", person, 5],
    ["cat", cat, 0]
  ] as const;
  return {
    model: "m",
    dataset: "d",
    split: "val",
    outputStride: 16,
    inputSize: 513,
    padding: "square",
    images: 2,
    imagesPerSecond: 1,
    pixels: 15,
    meanIoU: null,
    meanIoUOfLabelled: (background + person) / 2,
    pixelAccuracy: null,
    meanAccuracy: null,
    frequencyWeightedIoU: null,
    perClass: classes.map(([name, iou, truePixels], id) => ({id, name, iou, accuracy: null, truePixels, predictedPixels: 0}))
  };
}

describe("ablationReport", () => {
  const ablations = [{name: "As trained"}, {name: "Skip muted", muted: ["decoder/low_level"]}];
  const found = ablationReport(ablations, [report(0.9, 0.8, null), report(0.899, 0.5, 0)], "abc");

  it("names the classes of the labels that lose, most first, and leaves out what hardly moves", () => {
    expect(found).toMatchObject({model: "m", sha256: "abc", images: 2, outputStride: 16, inputSize: 513});
    expect(found.runs.map(({name, losses}) => [name, losses.map((loss) => loss.name)])).toEqual([
      ["As trained", []],
      ["Skip muted", ["person"]]
    ]);
    expect(found.runs[1]).toMatchObject({muted: ["decoder/low_level"], personIoU: 0.5});
    expect(found.runs[1]!.meanIoU).toBeCloseTo(0.6995, 12);
    expect(found.runs[1]!.losses[0]!.change).toBeCloseTo(-0.3, 12);
  });

  it("prints as a table", () => {
    const text = ablationTable(found);
    expect(text).toContain("m on d (val, 2 photos), output stride 16, input size 513, square padding");
    expect(text).toMatch(/As trained +85\.0 +80\.0\nSkip muted +70\.0 +50\.0 +person -30\.0$/);
  });

  it("carries what was measured along outlines, and says how", () => {
    const along = (iou: number): Report => ({
      ...report(0.9, 0.8, null),
      boundaryDistance: {share: 0.02},
      boundary: {bands: [1, 3].map((width) => ({width, pixels: 5, meanIoUOfLabelled: iou + width / 8})), meanIoUOfLabelled: iou}
    });
    const both = ablationReport(ablations, [along(0.5), along(0.25)], "abc");
    expect(both.boundaryDistance).toEqual({share: 0.02});
    expect(both.runs.map(({bands, boundaryIoU}) => ({bands, boundaryIoU}))).toEqual([
      {
        bands: [
          {width: 1, meanIoU: 0.625},
          {width: 3, meanIoU: 0.875}
        ],
        boundaryIoU: 0.5
      },
      {
        bands: [
          {width: 1, meanIoU: 0.375},
          {width: 3, meanIoU: 0.625}
        ],
        boundaryIoU: 0.25
      }
    ]);
    const text = ablationTable(both);
    expect(text).toContain("square padding, Boundary IoU at 2 % of the diagonal");
    expect(text).toMatch(/mIoU % +person % +1 px +3 px +boundary +classes that lose most\nAs trained +85\.0 +80\.0 +62\.5 +87\.5 +50\.0\n/);
    expect(text).toMatch(/Skip muted +85\.0 +80\.0 +37\.5 +62\.5 +25\.0\n/);
  });
});

const quotedOf = async (id: string) => JSON.parse(await readFile(path.join(MODELS, `${id}-ablation.json`), "utf8")) as AblationReport;

it("the figures that the lessons quote of people were measured on the weights that the registry names", async () => {
  expect((await quotedOf("people")).sha256).toBe(registeredModel("people").sha256);
});

it("the figures that the lessons quote were measured on the weights that are bundled", async () => {
  const quoted = await quotedOf("nano");
  const bytes = await readFile(path.join(MODELS, "nano.safetensors"));
  expect(quoted.sha256).toBe(sha256(bytes));
  expect(quoted.runs.map(({name}) => name)).toEqual(ablationsOf(readModel(bytes).network).map(({name}) => name));
});

it.each(["nano", "people"])(
  "the figures of %s were made with --boundary, and have the runs whose bands the decoder's lesson draws",
  async (id) => {
    const {runs} = await quotedOf(id);
    for (const {bands} of runs) expect(bands?.map(({width}) => width)).toEqual(BAND_WIDTHS);
    expect(runs.map(({name}) => name)).toEqual(expect.arrayContaining(CURVES.map(({run}) => run)));
  }
);

describe("what rounding the weights costs, as the lesson quotes it", () => {
  const roundingOf = async (id: string) =>
    JSON.parse(await readFile(path.join(MODELS, `${id}-quantisation.json`), "utf8")) as AblationReport;

  it.each(["nano", "mobilenetv2-050-pascal", "mobilenetv2-100-pascal"])(
    "was measured on the weights of %s that the registry names",
    async (id) => {
      const {model, sha256: measured} = await roundingOf(id);
      expect([model, measured]).toEqual([id, registeredModel(id).sha256]);
    }
  );

  it.each(["nano", "mobilenetv2-050-pascal", "mobilenetv2-100-pascal"])("was measured of %s in every format", async (id) => {
    const names = (await roundingOf(id)).runs.map(({name}) => name);
    expect(names).toEqual(expect.arrayContaining(Object.keys(MEASURED_FORMATS)));
  });

  it("was measured of nano with fewer bits as well", async () => {
    const names = (await roundingOf("nano")).runs.map(({name}) => name);
    expect(names).toEqual(expect.arrayContaining(["int6-per-channel", "int6-per-tensor", "int4-per-channel"]));
  });

  it("is at most half a point per channel and a tenth in half precision for MobileNetV2 0.5, and a ruin per tensor for 1.0 alone", async () => {
    const loss = async (id: string, name: string) => {
      const {runs} = await roundingOf(id);
      return 100 * (runs[0]!.meanIoU - runs.find((run) => run.name === name)!.meanIoU);
    };
    expect(await loss("mobilenetv2-050-pascal", "int8-per-channel")).toBeLessThanOrEqual(0.5);
    expect(await loss("mobilenetv2-050-pascal", "float16")).toBeLessThanOrEqual(0.1);
    expect(await loss("mobilenetv2-050-pascal", "int8-per-tensor")).toBeLessThan(5);
    expect(await loss("mobilenetv2-100-pascal", "int8-per-tensor")).toBeGreaterThan(20);
  });
});
