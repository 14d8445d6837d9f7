import * as tf from "@tensorflow/tfjs-core";
import {loadGraphModel} from "@tensorflow/tfjs-converter";
import {fitInput} from "../../../../src/engine/preprocess.js";
import type {Size} from "../../../../src/media/live/renderer.js";
import type {BackendId} from "../../../../src/worker/protocol.js";
import type {CanvasNetwork} from "./canvas-side.js";

/**
 * The released graph as @tensorflow-models/deeplab runs it on the current backend: the long side is brought to `size`, and
 * the label map is read back synchronously. The graph itself pads to size x size.
 */
export async function openClassicGraph(url: string, frame: Size, size: number, backend: BackendId): Promise<CanvasNetwork> {
  const model = await loadGraphModel(url);
  const {resizedWidth: width, resizedHeight: height} = fitInput(frame.height, frame.width, size);
  return {
    input: {width, height},
    readBack: backend !== "webgl",
    async labels({canvas}) {
      const labels = tf.tidy(
        () => model.predict(tf.expandDims(tf.browser.fromPixels(canvas as unknown as HTMLCanvasElement), 0)) as tf.Tensor
      );
      const values = labels.dataSync();
      labels.dispose();
      return {width, height, labels: values};
    },
    dispose: () => model.dispose()
  };
}
