import {readFile, readdir} from "node:fs/promises";
import path from "node:path";
import {loadGraphModel} from "@tensorflow/tfjs-converter";
import type {GraphModel} from "@tensorflow/tfjs-converter";
import * as tf from "@tensorflow/tfjs-core";
import sharp from "sharp";
import {beforeAll, describe, expect, it} from "vitest";
import {covered, labelMap, upsampleLogits} from "../../src/engine/labels/postprocess.js";
import type {Model} from "../../src/engine/model.js";
import {plan} from "../../src/engine/plan.js";
import {pixelsToTensor} from "../../src/engine/preprocess.js";
import {run} from "../../src/engine/run.js";
import {loadWeights} from "../../src/engine/weights.js";
import {importGraphDef, importGraphModel} from "../../src/importers/import.js";
import {useBackend} from "../backend.js";
import {hasShared, shared} from "../shared.js";
import {preprocess} from "../preprocess.js";
import {agreement, apartOffTies, largestDifference} from "./difference.js";
import {loadFrozenGraph} from "./frozen-graph.js";
import {segment} from "./in-node.js";
import {samplePhoto} from "./photo.js";

const FOLDER = "models/deeplabv3_mnv2_pascal_train_aug_tfjs_uint8";
const PHOTOS = "people-sample/JPEGImages";
/** What the released graphs take or pad to, and the stride that they were exported with. */
const SIZE = 513;
const OUTPUT_STRIDE = 8;
const TOLERANCE = 1e-3;

describe.skipIf(!hasShared)("the released TensorFlow.js graph", () => {
  beforeAll(() => useBackend("wasm"));

  it("gives the same logits and the same label at every pixel when its weights run in the engine", async () => {
    const photo = await samplePhoto(SIZE);
    const graph = await loadGraphModel({load: () => artifacts()});
    const [graphLogits, graphLabels] = tf.tidy(
      () =>
        graph.execute(tf.tensor4d(photo.rgb, [1, SIZE, SIZE, 3], "int32"), [
          "logits/semantic/BiasAdd",
          "SemanticPredictions"
        ]) as tf.Tensor[]
    );
    const expected = {logits: await graphLogits!.data(), labels: await graphLabels!.data()};
    graph.dispose();

    const {logits, labels} = await segment(await imported(), photo, OUTPUT_STRIDE);
    expect(new Set(labels).size).toBeGreaterThan(1);
    expect(largestDifference(logits, expected.logits)).toBeLessThan(TOLERANCE);
    expect(agreement(labels, expected.labels)).toBe(1);
  });
});

// Each photo takes seconds by the graph. A test that is left out is not one that is skipped.
if (process.env["LONG"]) {
  describe.skipIf(!hasShared)("the released frozen graph of portraits", async () => {
    const photos = hasShared ? (await readdir(shared(PHOTOS))).sort().slice(0, 3) : [];
    let graph: GraphModel;
    let model: Model;
    beforeAll(async () => {
      await useBackend("wasm");
      const bytes = await readFile(shared("models/deeplab_dm05_portrait_frozen_inference_graph.pb"));
      graph = await loadFrozenGraph(bytes);
      model = importGraphDef(bytes, NO_CARD);
    });

    it.each(photos)("gives the logits and labels for %s that it gives when it is run as it stands", async (photo) => {
      const {data, info} = await sharp(path.join(shared(PHOTOS), photo))
        .removeAlpha()
        .raw()
        .toBuffer({resolveWithObject: true});
      const {height, width} = info;
      const pixels = tf.tensor4d(data, [1, height, width, 3], "int32");
      const theirs = graph.execute(pixels, ["logits/semantic/BiasAdd", "SemanticPredictions"]) as tf.Tensor[];

      const weights = loadWeights(model);
      const fit = {resizedHeight: height, resizedWidth: width, height: SIZE, width: SIZE};
      const input = preprocess(pixelsToTensor(data, height, width, 3), fit);
      const {logits} = run(plan(model.network, {height: SIZE, width: SIZE, outputStride: OUTPUT_STRIDE}), weights, input);
      const labels = labelMap(logits, covered(fit), height, width);
      const enlarged = upsampleLogits(logits, covered(fit), height, width);

      const theirLabels = await theirs[1]!.data();
      expect(new Set(theirLabels).size).toBe(2);
      expect(largestDifference(await logits.data(), await theirs[0]!.data())).toBeLessThan(TOLERANCE);
      expect(apartOffTies(await labels.data(), theirLabels, await enlarged.data(), TOLERANCE)).toEqual([]);
      weights.dispose();
      tf.dispose([pixels, theirs, input, logits, labels, enlarged]);
    });
  });
}

const NO_CARD = {name: "", license: "", source: "", measured: ""};

/** The weights of the graph in the engine's naming. */
async function imported(): Promise<Model> {
  const json = await readFile(shared(`${FOLDER}/model.json`));
  return importGraphModel(json, [await readFile(shared(`${FOLDER}/${shardOf(json.toString())}`))], NO_CARD);
}

/** The files of the graph as the converter wants them. */
async function artifacts(): Promise<tf.io.ModelArtifacts> {
  const text = await readFile(shared(`${FOLDER}/model.json`), "utf8");
  const {modelTopology, weightsManifest} = JSON.parse(text) as tf.io.ModelJSON;
  const bytes = await readFile(shared(`${FOLDER}/${shardOf(text)}`));
  return {modelTopology, weightSpecs: weightsManifest[0]!.weights, weightData: new Uint8Array(bytes).buffer};
}

/** All weights of this graph are in one file. */
function shardOf(modelJson: string): string {
  return (JSON.parse(modelJson) as tf.io.ModelJSON).weightsManifest[0]!.paths[0]!;
}
