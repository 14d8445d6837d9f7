/** The small network, the photos and the labels of test/fixtures/training, whose script writes what PyTorch makes of them. */
import {readFile} from "node:fs/promises";
import path from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import type {Model} from "../../src/engine/model.js";
import {weightShapes} from "../../src/engine/plan.js";
import {readModel} from "../../src/importers/model-file.js";
import {decodePhoto} from "../../scripts/evaluate/photo.js";
import type {Batch} from "../../src/train/training.js";

const FOLDER = path.join(import.meta.dirname, "../fixtures");
export const SIDE = 65;
const CLASSES = 4;
const CROPS = [
  [0, 0],
  [100, 140]
] as const;

export async function startModel({decoder}: {decoder: boolean}): Promise<Model> {
  const model = readModel(await readFile(path.join(FOLDER, "training/start.safetensors")));
  if (decoder) return model;
  const network = {...model.network, head: {...model.network.head, decoder: []}};
  const names = Object.keys(weightShapes(network));
  return {...model, network, weights: Object.fromEntries(names.map((name) => [name, model.weights[name]!]))};
}

export async function fixtureBatch(): Promise<Batch> {
  const {width, rgb} = await decodePhoto(await readFile(path.join(FOLDER, "nano/reference_input.png")), "reference_input.png");
  const input = new Float32Array(CROPS.length * SIDE * SIDE * 3);
  const labels = new Float32Array(CROPS.length * SIDE * SIDE);
  CROPS.forEach(([top, left], n) => {
    for (let y = 0; y < SIDE; y++) {
      for (let x = 0; x < SIDE; x++) {
        const at = (n * SIDE + y) * SIDE + x;
        for (let c = 0; c < 3; c++) input[at * 3 + c] = rgb[((top + y) * width + left + x) * 3 + c]! / 127.5 - 1;
        const id = (Math.floor(x / 13) + Math.floor((y + 7 * n) ** 2 / 600)) % (CLASSES + 1);
        labels[at] = id === CLASSES ? 255 : id;
      }
    }
  });
  return {input: tf.tensor4d(input, [CROPS.length, SIDE, SIDE, 3]), labels: tf.tensor3d(labels, [CROPS.length, SIDE, SIDE])};
}
