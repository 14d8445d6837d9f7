import * as tf from "@tensorflow/tfjs-core";
import {isAborted} from "../engine/aborted.js";

/** The parts of the WebGL and WebGPU backends that tell whether their device is still there. */
interface GpuBackend {
  readonly gpgpu?: {readonly gl: WebGL2RenderingContext};
  readonly device?: GPUDevice;
}

const lostDevices = new WeakSet<GPUDevice | WebGL2RenderingContext>();

/**
 * Starts to watch the current backend. A loss is told of only once, when it happens: WebGPU never tells again, and a WebGL context is
 * given back by the browser a moment later, but empty, without any of the textures and programs that the backend believes in.
 */
export function watchDevice(): void {
  const {gpgpu, device} = tf.backend() as GpuBackend;
  void device?.lost.then(() => lostDevices.add(device));
  gpgpu?.gl.canvas.addEventListener("webglcontextlost", () => lostDevices.add(gpgpu.gl));
}

/** Whether the current backend's graphics device is gone: results computed on it are worthless. */
export function deviceLost(): boolean {
  if (!tf.getBackend()) return false;
  const {gpgpu, device} = tf.backend() as GpuBackend;
  return gpgpu ? gpgpu.gl.isContextLost() || lostDevices.has(gpgpu.gl) : device !== undefined && lostDevices.has(device);
}

/** Milliseconds between looks at the device. */
const LOOK_EVERY = 250;

/**
 * Waits for work on the current backend's device, but not for ever: what is read from a device that was lost meanwhile may never come.
 *
 * @throws Error with a sentence when the device is gone before or after the work ends
 */
export async function whileDeviceLasts<T>(work: Promise<T>): Promise<T> {
  let watching: ReturnType<typeof setInterval> | undefined;
  const loss = new Promise<never>((_, reject) => {
    watching = setInterval(() => deviceLost() && reject(new Error(LOST)), LOOK_EVERY);
  });
  try {
    const result = await Promise.race([work, loss]);
    // What was computed on it is worthless.
    if (deviceLost()) throw new Error(LOST);
    return result;
  } catch (error) {
    if (hasDevice() && !isAborted(error)) await newsOfLoss();
    // What broke first is the device, whatever the words.
    throw deviceLost() ? new Error(LOST, {cause: error}) : error;
  } finally {
    clearInterval(watching);
  }
}

/** The news of a loss may come after the work that it broke. */
async function newsOfLoss(): Promise<void> {
  const until = performance.now() + LOOK_EVERY;
  while (!deviceLost() && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY / 10));
}

function hasDevice(): boolean {
  const {gpgpu, device} = tf.backend() as GpuBackend;
  return gpgpu !== undefined || device !== undefined;
}

const LOST = "The graphics device was lost during the run. Try again, or choose the WASM backend.";
