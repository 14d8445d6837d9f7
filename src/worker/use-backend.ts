import * as tf from "@tensorflow/tfjs-core";
import {activateBackend} from "./backends.js";
import {measureFaster} from "./kept-faster.js";
import type {BackendId, Progress, RunChoice} from "./protocol.js";

/** What is run, and whether more is computed than runs of the network: all of TensorFlow.js's operations must be there by default. */
export type Started = RunChoice & {readonly isWhole?: boolean};

/** A backend that may compute otherwise than it began. */
interface NoticingBackend {
  tellNotices?(tell: (notice: string) => void): void;
}

/**
 * Makes a backend the current one, and starts it where it was not.
 *
 * @param onProgress called before one is started, and where one has something to tell the reader
 * @returns takes whether all of TensorFlow.js's operations must be there
 */
export function backendUser(onProgress: (progress: Progress) => void): (backend: BackendId, isWhole?: boolean) => Promise<void> {
  const started = new Set<string>();
  return async (backend, isWhole = true) => {
    const what = isWhole ? `${backend}, whole` : backend;
    if (tf.getBackend() === backend && started.has(what)) return;
    const isNew = !started.has(backend);
    if (isNew) {
      onProgress({stage: "backend", fraction: null, message: `Starting ${backend === "kernels" ? "our kernels" : backend}`});
    }
    await activateBackend(backend, isWhole);
    if (isNew) (tf.backend() as NoticingBackend).tellNotices?.((message) => onProgress({stage: "notice", fraction: null, message}));
    started.add(backend).add(what);
    // Only now is it worth while: who needs one of the two alone does not wait for the other.
    // And who can run on either does not wait in vain where it cannot be measured.
    if (isNew && started.has("kernels") && started.has("wasm")) await measureFaster().catch(() => {});
  };
}
