import {readFile} from "node:fs/promises";
import {describe, expect, it} from "vitest";
import {VOC_CLASSES} from "../../data/labels/voc.js";
import {registeredModel} from "../../data/models/registry.js";
import {useWasmInNode} from "../../scripts/evaluate/backend.js";
import {machineInNode} from "../../scripts/kernels/in-node.js";
import {folderTree} from "../../scripts/evaluate/disk.js";
import {modelNamed} from "../../scripts/evaluate/model.js";
import {decodePixels} from "../../scripts/evaluate/photo.js";
import {RELEASED_CRF} from "../../src/engine/crf/options.js";
import type {Model} from "../../src/engine/model.js";
import type {Averaging} from "../../src/engine/averaging.js";
import {evaluate} from "../../src/evaluate/evaluate.js";
import {wholeSplit} from "../../src/datasets/dataset.js";
import {openDataset} from "../../src/datasets/open.js";
import {importMace, importTflite} from "../../src/importers/import.js";
import {hasShared, shared} from "../shared.js";

describe.skipIf(!hasShared)("evaluate on voc-sample", () => {
  it("gives the figures that PyTorch gave for the released MobileNetV2 0.5 at 513 pixels and output stride 8", async () => {
    await useWasmInNode();
    const card = {name: "", license: "", source: "", measured: ""};
    const model = importTflite(await readFile(shared("models/deeplabv3_257_mv_gpu.tflite")), card);
    const tree = await folderTree(shared("voc-sample"));
    const {metrics, images} = await evaluate(
      model,
      await wholeSplit(await openDataset(tree)),
      {outputStride: 8, inputSize: 513, padding: "square"},
      {decode: decodePixels, machine: await machineInNode(1)}
    );
    expect(images).toBe(44);
    expect(Math.abs(100 * metrics.meanIoU! - 58.7)).toBeLessThan(0.7);
    expect(Math.abs(100 * metrics.pixelAccuracy! - 91.1)).toBeLessThan(0.3);
  });

  // A test that is left out is not one that is skipped.
  if (process.env["LONG"]) {
    it.each(["photo", "logits"] as const)("a CRF on the %s does not lower what nano has", async (grid) => {
      await useWasmInNode();
      const tree = await folderTree(shared("voc-sample"));
      const setting = {outputStride: 16, inputSize: 513, padding: "square", crf: {...RELEASED_CRF, grid}} as const;
      const {metrics, withCrf} = await evaluate(await modelNamed("nano"), await wholeSplit(await openDataset(tree)), setting, {
        decode: decodePixels
      });
      expect(withCrf!.metrics.meanIoUOfLabelled!).toBeGreaterThanOrEqual(metrics.meanIoUOfLabelled!);
      expect(withCrf!.metrics.pixelAccuracy!).toBeGreaterThanOrEqual(metrics.pixelAccuracy!);
    });

    it("gains from passes at several scales and over the mirrored photo", async () => {
      await useWasmInNode();
      const model = await modelNamed("nano");
      const tree = await folderTree(shared("voc-sample"));
      const split = await wholeSplit(await openDataset(tree));
      const measured = async (averaging?: Averaging) => {
        const setting = {outputStride: 16, inputSize: 257, padding: "square", averaging} as const;
        return (await evaluate(model, split, setting, {decode: decodePixels})).metrics;
      };
      const single = await measured();
      const averaged = await measured({scales: [0.75, 1, 1.25], flip: true});
      expect(averaged.meanIoUOfLabelled! - single.meanIoUOfLabelled!).toBeGreaterThan(0.004);
      expect(averaged.pixelAccuracy!).toBeGreaterThan(single.pixelAccuracy!);
    });

    it("gives the IoU of person that the registry says of people at 513 pixels and output stride 16", async () => {
      await useWasmInNode();
      const released = (ending: string) => readFile(shared(`models/deeplab_v3_plus_mobilenet_v2_quant.${ending}`));
      const card = {name: "", license: "", source: "", measured: ""};
      const model = importMace(await released("pb"), await released("data"), card);
      const tree = await folderTree(shared("voc-sample"));
      const {metrics} = await evaluate(
        amongVocClasses(model),
        await wholeSplit(await openDataset(tree)),
        {outputStride: 16, inputSize: 513, padding: "square"},
        {decode: decodePixels}
      );
      const iou = metrics.perClass[PERSON]!.iou!;
      expect(registeredModel("people").published).toContain(`on 44 photos of VOC it has ${(100 * iou).toFixed(1)} % IoU of person`);
    });
  }
});

const PERSON = VOC_CLASSES.indexOf("person");

/** A network that tells people from everything else, among the classes of VOC: the others have scores that never win. */
function amongVocClasses({network, weights, card}: Model): Model {
  const [kernel, bias] = [weights["logits/kernel"]!, weights["logits/bias"]!];
  const own = new Map([
    [0, 0],
    [PERSON, 1]
  ]);
  const spread = (values: Float32Array, none: number) =>
    Float32Array.from({length: (values.length / 2) * VOC_CLASSES.length}, (_, i) => {
      const column = own.get(i % VOC_CLASSES.length);
      return column === undefined ? none : values[2 * Math.floor(i / VOC_CLASSES.length) + column]!;
    });
  return {
    network: {...network, classes: VOC_CLASSES.length},
    weights: {
      ...weights,
      "logits/kernel": {shape: [...kernel.shape.slice(0, 3), VOC_CLASSES.length], values: spread(kernel.values, 0)},
      "logits/bias": {shape: [VOC_CLASSES.length], values: spread(bias.values, -1e6)}
    },
    card: {...card, classes: VOC_CLASSES}
  };
}
