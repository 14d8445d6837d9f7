import * as tf from "@tensorflow/tfjs-core";

/** The parts of the WebGL and WebGPU backends that tell whether their device is still there. */
interface GpuBackend {
  readonly gpgpu?: {readonly gl: WebGL2RenderingContext};
  readonly device?: GPUDevice;
}

const lostDevices = new WeakSet<GPUDevice>();

/** Starts to watch the current backend; WebGPU tells of a loss only once, when it happens. */
export function watchDevice(): void {
  const {device} = tf.backend() as GpuBackend;
  void device?.lost.then(() => lostDevices.add(device));
}

/** Whether the current backend's graphics device is gone: results computed on it are worthless. */
export function deviceLost(): boolean {
  if (!tf.getBackend()) return false;
  const {gpgpu, device} = tf.backend() as GpuBackend;
  return gpgpu ? gpgpu.gl.isContextLost() : device !== undefined && lostDevices.has(device);
}
