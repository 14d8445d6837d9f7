import * as tf from "@tensorflow/tfjs-core";
import {plan} from "../../src/engine/plan.js";
import {covered, labelMap} from "../../src/engine/labels/postprocess.js";
import {fitInput, pixelsToTensor} from "../../src/engine/preprocess.js";
import {run} from "../../src/engine/run.js";
import {loadWeights} from "../../src/engine/weights.js";
import {released} from "../../src/engine/released.js";
import {complete, randomWeights} from "../engine/networks.js";
import {preprocess} from "../preprocess.js";

/** What TensorFlow.js holds after a run, everything of the run but the weights disposed. */
export interface Footprint {
  readonly numTensors: number;
  readonly numBytes: number;
  /** Bytes of textures in use; null where the backend has none. */
  readonly bytesInGPU: number | null;
  /** Bytes of textures in use or kept for reuse; null where the backend has none. */
  readonly bytesInGPUAllocated: number | null;
  /** Size of WebAssembly's memory, which grows and never shrinks; null on other backends. */
  readonly heapBytes: number | null;
}

const MODELS = [complete, released(0.25)].map((network) => ({network, weights: randomWeights(network)}));
const SIZES = [
  {height: 49, width: 65},
  {height: 65, width: 65},
  {height: 81, width: 40}
];

/** Every model at every stride and size. */
const EVERY = MODELS.flatMap((model) => [8, 16, 32].flatMap((outputStride) => SIZES.map((size) => ({model, outputStride, size}))));

/** Of every three, one: each model at each stride and at each size, and all six pairs of stride and size that differ. */
const CHOSEN = EVERY.filter((_, i) => (i + Math.floor(i / SIZES.length) + Math.floor(i / SIZES.length ** 2)) % 3 === 0);

/** So many runs go once through a choice of models, strides and sizes, or through all. */
export const ROUND = {chosen: CHOSEN.length, every: EVERY.length};

/** Runs the network from photo to label map, each time with another model, stride or size, as a page does when its controls move. */
export async function changingRuns(settings: keyof typeof ROUND, runs: number): Promise<Footprint[]> {
  const used = settings === "every" ? EVERY : CHOSEN;
  const found: Footprint[] = [];
  for (let i = 0; i < runs; i++) {
    const {model, outputStride, size} = used[i % used.length]!;
    const weights = loadWeights(model);
    const labels = tf.tidy(() => {
      const fit = fitInput(size.height, size.width, 65);
      const input = preprocess(pixelsToTensor(new Uint8Array(size.height * size.width * 3).fill(i), size.height, size.width, 3), fit);
      const {logits} = run(plan(model.network, {height: fit.height, width: fit.width, outputStride}), weights, input);
      return labelMap(logits, covered(fit), size.height, size.width);
    });
    await labels.data();
    labels.dispose();
    weights.dispose();
    // On WebGL the memory has more facts than the type says.
    const memory = tf.memory() as tf.MemoryInfo & {numBytesInGPU?: number; numBytesInGPUAllocated?: number};
    found.push({
      numTensors: memory.numTensors,
      numBytes: memory.numBytes,
      bytesInGPU: memory.numBytesInGPU ?? null,
      bytesInGPUAllocated: memory.numBytesInGPUAllocated ?? null,
      heapBytes: (tf.backend() as {wasm?: {HEAPU8: Uint8Array}}).wasm?.HEAPU8.length ?? null
    });
  }
  return found;
}
