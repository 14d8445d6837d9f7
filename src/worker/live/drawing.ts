import * as tf from "@tensorflow/tfjs-core";
import {frameFitter} from "../../media/live/fit-frame.js";
import {glRenderer} from "../../media/live/gl/renderer.js";
import {gpuRenderer} from "../../media/live/gpu/renderer.js";
import type {LiveRenderer, LogitsGrid, RendererOptions} from "../../media/live/renderer.js";
import type {Labelling} from "../../media/live/look.js";
import type {Fit} from "../../engine/preprocess.js";
import {pixelsToTensor, preprocess} from "../../engine/preprocess.js";
import type {BackendId} from "../protocol.js";

/** What is between tensors and pictures on one backend: frames become inputs, logits become class maps. */
export interface LiveDrawing {
  /** What draws, in words. */
  readonly name: string;
  readonly renderer: Omit<LiveRenderer<never>, "label">;
  /** Whether the device works by itself, so that the next frame can be uploaded meanwhile. */
  readonly overlaps: boolean;
  /** @returns [1, fit.height, fit.width, 3], values in [-1, 1]; the caller disposes it */
  input(frame: ImageBitmap, fit: Fit): tf.Tensor4D;
  label(logits: tf.Tensor4D, grid: LogitsGrid, labelling: Labelling, milliseconds: number): void;
}

/** The drawing that suits the current backend. */
export function liveDrawing(backend: BackendId, options: RendererOptions): LiveDrawing {
  switch (backend) {
    case "webgl":
      return drawingOnWebGL(options);
    case "webgpu":
      return drawingOnWebGPU(options);
    default:
      return drawingBeside(options);
  }
}

/** On the context that computes: the logits never leave it. */
function drawingOnWebGL(options: RendererOptions): LiveDrawing {
  const {gl} = (tf.backend() as unknown as {gpgpu: {gl: WebGL2RenderingContext}}).gpgpu;
  const renderer = glRenderer(gl, options);
  return {
    renderer,
    name: "WebGL, on the network's own context",
    overlaps: true,
    input: inputOnDevice,
    label(logits, grid, labelling, milliseconds) {
      const {texture, tensorRef} = logits.dataToGPU();
      renderer.label({texture: texture!}, grid, labelling, milliseconds);
      tensorRef.dispose();
    }
  };
}

/** On the device that computes: the logits never leave it. */
function drawingOnWebGPU(options: RendererOptions): LiveDrawing {
  const {device} = tf.backend() as unknown as {device: GPUDevice};
  const renderer = gpuRenderer(device, options);
  return {
    renderer,
    name: "WebGPU, on the network's own device",
    overlaps: true,
    input: inputOnDevice,
    label(logits, grid, labelling, milliseconds) {
      // Submits what the backend has gathered, so that the logits are there when they are drawn.
      const {buffer, tensorRef} = logits.dataToGPU();
      renderer.label(buffer!, grid, labelling, milliseconds);
      tensorRef.dispose();
    }
  };
}

/** A frame that is uploaded as it is, and resized on the device. */
function inputOnDevice(frame: ImageBitmap, fit: Fit): tf.Tensor4D {
  return tf.tidy(() => preprocess(tf.cast(tf.expandDims(tf.browser.fromPixels(frame), 0), "float32"), fit));
}

/** For backends that compute on the CPU: logits are small, and are uploaded. */
function drawingBeside(options: RendererOptions): LiveDrawing {
  const gl = new OffscreenCanvas(1, 1).getContext("webgl2", {alpha: false, antialias: false, depth: false})!;
  const renderer = glRenderer(gl, options);
  const pixelsOf = frameFitter();
  return {
    renderer,
    name: "WebGL",
    overlaps: false,
    input: (frame, fit) => tf.tidy(() => preprocess(pixelsToTensor(pixelsOf(frame, fit), fit.resizedHeight, fit.resizedWidth, 4), fit)),
    label: (logits, grid, labelling, milliseconds) => renderer.label(logits.dataSync<"float32">(), grid, labelling, milliseconds)
  };
}
