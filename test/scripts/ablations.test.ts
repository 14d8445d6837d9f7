import {readFile} from "node:fs/promises";
import path from "node:path";
import {describe, expect, it} from "vitest";
import {registeredModel} from "../../data/models/registry.js";
import {ablationTable} from "../../scripts/evaluate/tables.js";
import {ablationReport, ablationsOf} from "../../src/evaluate/ablations.js";
import type {AblationReport} from "../../src/evaluate/ablations.js";
import type {Report} from "../../src/evaluate/report.js";
import {sha256} from "../../scripts/models/folder.js";
import {released} from "../../src/engine/released.js";
import {readModel} from "../../src/importers/model-file.js";

const MODELS = path.join(import.meta.dirname, "../../data/models");

describe("ablationsOf", () => {
  it("takes away only what a network has", async () => {
    expect(ablationsOf(released(0.5))).toEqual([{name: "As trained"}, {name: "Image pooling muted", muted: ["aspp/image_pooling"]}]);
    const {network} = readModel(await readFile(path.join(MODELS, "nano.safetensors")));
    expect(ablationsOf(network)).toEqual([
      {name: "As trained"},
      {name: "Skip muted", muted: ["decoder/low_level"]},
      {name: "Rates (1, 1, 1)", rates: [1, 1, 1]},
      {name: "Image pooling muted", muted: ["aspp/image_pooling"]}
    ]);
  });
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
