import * as tf from "@tensorflow/tfjs-core";
import type {Weight} from "../engine/model.js";
import {createExecutor} from "../engine/wasm/executor.js";
import type {Executor} from "../engine/wasm/executor.js";
import {kernelsFile} from "../engine/wasm/kernels-file.js";
import {SERVE, createMachine} from "../engine/wasm/machine.js";
import type {Machine, StartThread} from "../engine/wasm/machine.js";
import {hasRelaxedSimd} from "../engine/wasm/relaxed-simd.js";
import {siteUrl} from "../site.js";
import {HEAP_KERNELS, HeapBackend} from "./heap-backend.js";
import {PARTS} from "./parts.js";
import type {BackendId} from "./protocol.js";

const NAME: BackendId = "kernels";

/**
 * Our own kernels as a backend of TensorFlow.js. Its tensors are plain arrays, which cost nothing to hand in and out, and little is done
 * with them besides: what computes a network's run is the executor (`src/engine/wasm`).
 */
class KernelsBackend extends HeapBackend {
  private readonly threads: number;

  constructor(private readonly machine: Machine) {
    super();
    this.threads = machine.threads;
  }

  /** Asked for by `loadWeights`. */
  executor(weights: Readonly<Record<string, Weight>>): Executor {
    return createExecutor(this.machine, weights);
  }

  /** What the reader should know of runs here. */
  get notice(): string | undefined {
    return this.machine.threads < this.threads
      ? "A thread that computes was lost: the rest is computed by one, more slowly. Reload the page to have them all again."
      : undefined;
  }

  override dispose(): void {
    this.machine.dispose();
  }
}

/**
 * Makes the backend known under its name; its module is fetched once it is started.
 *
 * @param threads more than 1 only where the page is isolated
 */
export function registerKernels(threads: number): void {
  if (tf.engine().registryFactory[NAME]) return;
  tf.registerBackend(NAME, async () => new KernelsBackend(await machineHere(threads)));
  for (const kernel of HEAP_KERNELS) tf.registerKernel({...kernel, backendName: NAME});
}

/** Lets TensorFlow.js compute in plain JavaScript with what a run gives: most runs need none of it, and do not wait for it. */
export async function completeKernels(): Promise<void> {
  if (tf.getKernel(tf.Conv2D, NAME)) return;
  await PARTS.plainKernels();
  for (const {kernelName} of HEAP_KERNELS) tf.unregisterKernel(kernelName, NAME);
  tf.copyRegisteredKernels("cpu", NAME);
}

async function machineHere(threads: number): Promise<Machine> {
  if (threads > 1) {
    try {
      // A page's own thread may not sleep.
      return createMachine(await kernels(true), {threads, start: startThread, ...(typeof document === "undefined" ? {} : {patience: 0})});
    } catch {
      // Neither memory that is shared nor workers are to be had everywhere where a page is isolated.
    }
  }
  return createMachine(await kernels(false));
}

async function kernels(isThreaded: boolean): Promise<WebAssembly.Module> {
  const response = await fetch(siteUrl(`vendor/kernels/${kernelsFile({isRelaxed: hasRelaxedSimd(), isThreaded})}`));
  if (!response.ok) throw new Error(`The kernels did not come: ${response.url} answered ${response.status}.`);
  // Not while it streams: that takes a host that says what kind of file it is, and these are a few kilobytes.
  return WebAssembly.compile(await response.arrayBuffer());
}

const startThread: StartThread = (work) => {
  const script = URL.createObjectURL(new Blob([`onmessage = ({data}) => (${SERVE})(data)`], {type: "text/javascript"}));
  const worker = new Worker(script, {name: "kernels"});
  worker.postMessage(work);
  return {
    end() {
      worker.terminate();
      URL.revokeObjectURL(script);
    }
  };
};
