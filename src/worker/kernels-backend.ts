import * as tf from "@tensorflow/tfjs-core";
import type {Weight} from "../engine/model.js";
import type {Pictures} from "../engine/pictures.js";
import {createExecutor} from "../engine/wasm/executor.js";
import type {Executor} from "../engine/wasm/executor.js";
import {kernelsFile} from "../engine/wasm/kernels-file.js";
import {SERVE, createMachine} from "../engine/wasm/machine.js";
import type {Lack, Machine, StartThread} from "../engine/wasm/machine.js";
import {picturesOn} from "../engine/wasm/pictures.js";
import {hasRelaxedSimd} from "../engine/wasm/relaxed-simd.js";
import {part} from "../part.js";
import {siteUrl} from "../site.js";
import {HEAP_KERNELS, HeapBackend} from "./heap-backend.js";
import type {BackendId} from "./protocol.js";

const NAME: BackendId = "kernels";

const NOTICES: Readonly<Record<Lack, string>> = {
  thread: "A thread that computes was lost: the rest is computed by one, more slowly. Reload the page to have them all again.",
  memory: "There is no memory here that threads could share: one computes, more slowly. A smaller input takes less time and memory."
};

/**
 * Our own kernels as a backend of TensorFlow.js. Its tensors are plain arrays, which cost nothing to hand in and out, and little is done
 * with them besides: what computes a network's run is the executor (`src/engine/wasm`).
 */
class KernelsBackend extends HeapBackend {
  /** What is done with photos and logits besides. */
  readonly pictures: Pictures;

  constructor(private readonly machine: Machine) {
    super();
    this.pictures = picturesOn(machine);
  }

  /** Asked for by `loadWeights`. */
  executor(weights: Readonly<Record<string, Weight>>): Executor {
    return createExecutor(this.machine, weights);
  }

  /** Is told what the reader should know of runs here, also what is so already. */
  tellNotices(tell: (notice: string) => void): void {
    const {machine} = this;
    machine.onLack = (lack) => tell(NOTICES[lack]);
    if (machine.lack) tell(NOTICES[machine.lack]);
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
  await part(() => import("@tensorflow/tfjs-backend-cpu"));
  for (const {kernelName} of HEAP_KERNELS) tf.unregisterKernel(kernelName, NAME);
  tf.copyRegisteredKernels("cpu", NAME);
}

async function machineHere(threads: number): Promise<Machine> {
  if (threads === 1) return createMachine(await kernels(false));
  const [together, alone] = await Promise.all([kernels(true), kernels(false)]);
  // A page's own thread may not sleep.
  return createMachine(together, {threads, start: startThread, alone, ...(typeof document === "undefined" ? {} : {patience: 0})});
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
