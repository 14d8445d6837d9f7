import * as tf from "@tensorflow/tfjs-core";
import type {Memory} from "./protocol.js";

/** What TensorFlow.js holds now. */
export function memory(): Memory {
  if (!tf.getBackend()) return {numTensors: 0, numBytes: 0, numBytesInGPU: null};
  const {numTensors, numBytes, ...device} = tf.memory() as tf.MemoryInfo & {numBytesInGPU?: number};
  return {numTensors, numBytes, numBytesInGPU: device.numBytesInGPU ?? null};
}
