import {readFile} from "node:fs/promises";
import {loadGraphModel} from "@tensorflow/tfjs-converter";
import * as tf from "@tensorflow/tfjs-core";
import {beforeAll, describe, expect, it} from "vitest";
import type {Model} from "../../src/engine/model.js";
import {importGraphModel} from "../../src/importers/import.js";
import {useBackend} from "../backend.js";
import {hasShared, shared} from "../shared.js";
import {agreement, largestDifference} from "./difference.js";
import {segment} from "./in-node.js";
import {samplePhoto} from "./photo.js";

const FOLDER = "models/deeplabv3_mnv2_pascal_train_aug_tfjs_uint8";
/** What the released graph takes, and the stride that it was exported with. */
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
