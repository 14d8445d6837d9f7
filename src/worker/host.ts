import * as tf from "@tensorflow/tfjs-core";
import {cost} from "../engine/cost.js";
import {labelsFromLogits} from "../engine/labels.js";
import type {Model} from "../engine/model.js";
import {plan as planRun} from "../engine/plan.js";
import {covered} from "../engine/postprocess.js";
import {fitInput, pixelsToTensor, preprocess} from "../engine/preprocess.js";
import {run} from "../engine/run.js";
import {loadWeights} from "../engine/weights.js";
import type {DeviceWeights} from "../engine/weights.js";
import {activateBackend, bestBackend, probeBackends} from "./backends.js";
import {deviceLost} from "./device-lost.js";
import {fetchModel} from "./fetch-model.js";
import {warmUp} from "./warm-up.js";
import type {BackendId, BackendInfo, Photo, Progress, SegmentOptions, Segmentation} from "./protocol.js";

/** The one owner of backend, weights and GPU; lives in the worker or, where there is none, in the page. */
export interface Host {
  capabilities(): Promise<{backends: BackendInfo[]; best: BackendId}>;
  /** Segments one photo. Calls must not overlap. @throws Error with a sentence for the reader */
  segment(photo: Photo, options: SegmentOptions): Promise<Segmentation>;
  dispose(): void;
}

/** @param onProgress called while a model is fetched, a backend started or shaders compiled */
export function createHost(onProgress: (progress: Progress) => void): Host {
  /** The model in use, on the host and on the device of one backend. */
  let current: {url: string; backend: BackendId; model: Model; weights: DeviceWeights} | null = null;
  /** Runs whose shaders are compiled. */
  const warm = new Set<string>();

  async function prepare({modelUrl, backend}: SegmentOptions) {
    if (current?.url === modelUrl && current.backend === backend) return current;
    const model = current?.url === modelUrl ? current.model : await fetchModel(modelUrl, onProgress);
    current?.weights.dispose();
    current = null;
    onProgress({stage: "backend", fraction: null, message: `Starting ${backend}`});
    await activateBackend(backend);
    current = {url: modelUrl, backend, model, weights: loadWeights(model)};
    return current;
  }

  return {
    async capabilities() {
      const backends = await probeBackends();
      return {backends, best: bestBackend(backends)};
    },

    async segment(photo, options) {
      const {model, weights} = await prepare(options);
      const fit = fitInput(photo.height, photo.width, options.inputSize);
      const plan = planRun(model.network, {height: fit.height, width: fit.width, outputStride: options.outputStride});
      const owned: tf.Tensor[] = [];
      const own = <T extends tf.Tensor>(tensor: T): T => {
        owned.push(tensor);
        return tensor;
      };
      try {
        const clock = stopwatch();
        const input = tf.tidy(() => preprocess(pixelsToTensor(photo.rgba, photo.height, photo.width, 4), fit));
        own(input);
        await settle(input);
        const upload = clock();

        const key = [options.modelUrl, options.backend, plan.outputStride, plan.inputHeight, plan.inputWidth].join(" ");
        if (!warm.has(key)) await warmUp(plan, weights, input, onProgress);
        warm.add(key);
        onProgress({stage: "run", fraction: null, message: "Segmenting"});
        clock();
        const {logits} = run(plan, weights, input);
        own(logits);
        const values = (await logits.data()) as Float32Array;
        const network = clock();

        const extent = covered(fit);
        const [, height, width, classes] = logits.shape;
        const labels = labelsFromLogits({height, width, classes, values}, extent, photo.height, photo.width);
        const upsampling = clock();
        if (deviceLost()) throw new Error("The graphics device was lost during the run. Try again, or choose the WASM backend.");

        tf.dispose(owned.splice(0));
        const {numTensors, numBytes, ...device} = tf.memory() as tf.MemoryInfo & {numBytesInGPU?: number};
        return {
          width: photo.width,
          height: photo.height,
          labels,
          logits: {height, width, classes, values},
          covered: extent,
          classes: model.card.classes,
          palette: model.card.palette,
          inputHeight: fit.height,
          inputWidth: fit.width,
          featureHeight: plan.featureHeight,
          featureWidth: plan.featureWidth,
          outputStride: plan.outputStride,
          multiplyAdds: cost(plan).multiplyAdds,
          backend: options.backend,
          timings: {upload, network, upsampling},
          memory: {numTensors, numBytes, numBytesInGPU: device.numBytesInGPU ?? null}
        };
      } finally {
        tf.dispose(owned);
      }
    },

    dispose() {
      current?.weights.dispose();
      current = null;
    }
  };
}

/** Waits until a tensor is computed, reading one value back: what a GPU was told is not yet done. */
async function settle(tensor: tf.Tensor): Promise<void> {
  const corner = tf.slice(tensor, tensor.shape.map(() => 0), tensor.shape.map(() => 1));
  await corner.data();
  corner.dispose();
}

/** Milliseconds since the previous call. */
function stopwatch(): () => number {
  let last = performance.now();
  return () => {
    const now = performance.now();
    const elapsed = now - last;
    last = now;
    return elapsed;
  };
}
