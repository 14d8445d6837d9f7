import * as tf from "@tensorflow/tfjs-core";
import {loadGraphModel} from "@tensorflow/tfjs-converter";
import type {Segmenter} from "./segmenter.js";

/** The released graph as @tensorflow-models/deeplab runs it: a GraphModel given the photo's pixels, on the current backend. */
export async function openGraphModel(url: string, size: number): Promise<Segmenter> {
  const model = await loadGraphModel(url);
  return {
    async segment(rgb) {
      const labels = tf.tidy(() => model.predict(tf.tensor4d(rgb, [1, size, size, 3], "int32")) as tf.Tensor);
      const values = await labels.data();
      labels.dispose();
      return values;
    },
    dispose: () => model.dispose()
  };
}
