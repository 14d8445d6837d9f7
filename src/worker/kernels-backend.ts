import {MathBackendCPU} from "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import type {Weight} from "../engine/model.js";
import {createExecutor} from "../engine/wasm/executor.js";
import type {Executor} from "../engine/wasm/executor.js";
import {hasRelaxedSimd} from "../engine/wasm/relaxed-simd.js";
import {siteUrl} from "../site.js";
import type {BackendId} from "./protocol.js";

const NAME: BackendId = "kernels";

/**
 * Our own kernels as a backend of TensorFlow.js. Its tensors are plain arrays, which cost nothing to hand in and out, and little is done
 * with them besides: what computes a network's run is the executor (`src/engine/wasm`).
 */
class KernelsBackend extends MathBackendCPU {
  constructor(private readonly kernels: WebAssembly.Module) {
    super();
  }

  /** Asked for by `loadWeights`. */
  executor(weights: Readonly<Record<string, Weight>>): Executor {
    return createExecutor(this.kernels, weights);
  }
}

/** Makes the backend known under its name; its module is fetched once it is started. */
export function registerKernels(): void {
  if (tf.findBackendFactory(NAME)) return;
  tf.registerBackend(NAME, async () => new KernelsBackend(await kernels()));
  tf.copyRegisteredKernels("cpu", NAME);
}

async function kernels(): Promise<WebAssembly.Module> {
  const response = await fetch(siteUrl(`vendor/kernels/${hasRelaxedSimd() ? "relaxed" : "plain"}.wasm`));
  if (!response.ok) throw new Error(`The kernels did not come: ${response.url} answered ${response.status}.`);
  // Not while it streams: that takes a host that says what kind of file it is, and these are a few kilobytes.
  return WebAssembly.compile(await response.arrayBuffer());
}
