import {readFile} from "node:fs/promises";
import {describe, expect, it} from "vitest";
import {useWasmInNode} from "../../scripts/evaluate/backend.js";
import {folderTree} from "../../scripts/evaluate/disk.js";
import {decodePixels} from "../../scripts/evaluate/photo.js";
import {evaluate} from "../../src/evaluate/evaluate.js";
import {readSplit} from "../../src/formats/voc.js";
import {importTflite} from "../../src/importers/import.js";
import {hasShared, shared} from "../shared.js";

describe.skipIf(!hasShared)("evaluate on voc-sample", () => {
  it("gives the figures that PyTorch gave for the released MobileNetV2 0.5 at 513 pixels and output stride 8", async () => {
    await useWasmInNode();
    const card = {name: "", license: "", source: "", measured: ""};
    const model = importTflite(await readFile(shared("models/deeplabv3_257_mv_gpu.tflite")), card);
    const tree = await folderTree(shared("voc-sample"));
    const {metrics, images} = await evaluate(
      model,
      tree,
      await readSplit(tree),
      {outputStride: 8, inputSize: 513, padding: "square"},
      {decode: decodePixels}
    );
    expect(images).toBe(44);
    expect(Math.abs(100 * metrics.meanIoU! - 58.7)).toBeLessThan(0.7);
    expect(Math.abs(100 * metrics.pixelAccuracy! - 91.1)).toBeLessThan(0.3);
  });
});
