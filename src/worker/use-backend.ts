import * as tf from "@tensorflow/tfjs-core";
import {activateBackend} from "./backends.js";
import {measureFaster} from "./kept-faster.js";
import type {BackendId, Progress} from "./protocol.js";

/** Makes a backend the current one, and starts it where it was not. @param onProgress called before one is started */
export function backendUser(onProgress: (progress: Progress) => void): (backend: BackendId) => Promise<void> {
  const started = new Set<BackendId>();
  return async (backend) => {
    if (tf.getBackend() === backend) return;
    onProgress({stage: "backend", fraction: null, message: `Starting ${backend === "kernels" ? "our kernels" : backend}`});
    await activateBackend(backend);
    started.add(backend);
    // Only now is it worth while: who needs one of the two alone does not wait for the other.
    if (started.has("kernels") && started.has("wasm")) await measureFaster();
  };
}
