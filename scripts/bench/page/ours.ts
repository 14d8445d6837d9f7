import * as tf from "@tensorflow/tfjs-core";
import type {Model} from "../../../src/engine/model.js";
import {plan} from "../../../src/engine/plan.js";
import {covered, labelMap} from "../../../src/engine/postprocess.js";
import {fitInput, pixelsToTensor, preprocess} from "../../../src/engine/preprocess.js";
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
      const labels = tf.tidy(() => {
        const {logits} = run(planned, weights, preprocess(pixelsToTensor(rgb, size, size, 3), fit));
        return labelMap(logits, covered(fit), size, size);
      });
      const values = await labels.data();
      labels.dispose();
      return values;
    },
    dispose: () => weights.dispose()
  };
}
