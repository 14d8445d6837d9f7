import * as tf from "@tensorflow/tfjs-core";
import type {Model} from "../../../src/engine/model.js";
import {photoInput} from "../../../src/engine/photo-input.js";
import {picturesHere} from "../../../src/engine/pictures.js";
import {plan} from "../../../src/engine/plan.js";
import {covered} from "../../../src/engine/labels/postprocess.js";
import {fitInput} from "../../../src/engine/preprocess.js";
import {run} from "../../../src/engine/run.js";
import {loadWeights} from "../../../src/engine/weights.js";
import type {Segmenter} from "./segmenter.js";

/** This project's engine on the current backend, for photos of size x size pixels. */
export function openOurs(model: Model, size: number, outputStride: number): Segmenter {
  const weights = loadWeights(model);
  const fit = fitInput(size, size, size);
  const planned = plan(model.network, {height: fit.height, width: fit.width, outputStride});
  return {
    async segment(rgb) {
      const logits = tf.tidy(() => run(planned, weights, photoInput({height: size, width: size, channels: 3, values: rgb}, fit)).logits);
      const values = (await logits.data()) as Float32Array;
      logits.dispose();
      const [, height, width, classes] = logits.shape;
      return picturesHere().labels({height, width, classes, values}, covered(fit), size, size);
    },
    dispose: () => weights.dispose()
  };
}
