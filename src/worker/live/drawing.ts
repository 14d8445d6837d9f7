import * as tf from "@tensorflow/tfjs-core";
import {fitInput, pixelsToTensor, preprocess} from "../../engine/preprocess.js";
import type {Fit} from "../../engine/preprocess.js";
import type {FrameReader} from "../../media/frames.js";
import {canvasRenderer} from "../../media/live/canvas-renderer.js";
import {frameFitter} from "../../media/live/fit-frame.js";
import {glRenderer} from "../../media/live/gl/renderer.js";
import {gpuRenderer} from "../../media/live/gpu/renderer.js";
import type {Labelling} from "../../media/live/look.js";
import {sizeOf} from "../../media/live/renderer.js";
import type {LiveRenderer, LogitsGrid, RendererOptions, Size} from "../../media/live/renderer.js";
import {webglHere} from "../backends.js";
import type {BackendId} from "../protocol.js";
import {settle} from "../settle.js";

/** A frame on the device, as the network takes it. */
export interface TakenFrame {
  readonly size: Size;
  readonly fit: Fit;
  /** [1, fit.height, fit.width, 3], values in [-1, 1]; the caller disposes it. */
  readonly input: tf.Tensor4D;
}

/** What is between tensors and pictures on one backend: frames become inputs, logits become class maps. */
export interface LiveDrawing {
  /** What draws, in words. */
  readonly name: string;
  readonly renderer: Pick<LiveRenderer<never>, "annotate" | "backdrop" | "draw" | "picture" | "settled" | "survey" | "bytes" | "dispose">;
  /** Who reads the frames. A GPU that is emulated reads what is in main memory. */
  readonly reader: FrameReader;
  /** Whether the device works by itself, so that the next frame can be uploaded meanwhile. */
  readonly overlaps: boolean;
  /** Uploads a frame, which stays the caller's. @param inputSize long side of the network's input in pixels */
  take(frame: ImageBitmap | VideoFrame, inputSize: number): TakenFrame;
  /** Waits until a tensor is computed. */
  computed(tensor: tf.Tensor): Promise<void>;
  label(logits: tf.Tensor4D, grid: LogitsGrid, labelling: Labelling, milliseconds: number): void;
}

/** Long side of the class map in pixels at most, where a GPU makes it, where one that is emulated does, and where the CPU does. */
const DETAIL = {gpu: 1280, emulated: 257, cpu: 385};

/** The drawing that suits the current backend on this machine. @throws Error with a sentence for the reader where there is none */
export function liveDrawing(backend: BackendId, options: Pick<RendererOptions, "palette">): LiveDrawing {
  if (typeof OffscreenCanvas === "undefined") throw new Error("This browser cannot draw moving pictures beside the page. Update it, or take stills to the workbench.");
  if (backend === "webgl") return drawingOnWebGL(options);
  if (backend === "webgpu") return drawingOnWebGPU(options);
  const {available, software} = webglHere();
  return available && !software ? drawingBesideWebGL(options) : drawingOnCpu(options);
}

/** On the context that computes: the logits never leave it. */
function drawingOnWebGL({palette}: Pick<RendererOptions, "palette">): LiveDrawing {
  const {gl} = (tf.backend() as unknown as {gpgpu: {gl: WebGL2RenderingContext}}).gpgpu;
  const emulated = webglHere().software;
  const renderer = glRenderer(gl, {palette, detail: emulated ? DETAIL.emulated : DETAIL.gpu});
  return {
    reader: emulated ? "cpu" : "gpu",
    name: "WebGL",
    renderer,
    overlaps: true,
    take(frame, inputSize) {
      const {size, fit} = fitted(frame, inputSize);
      renderer.upload(frame);
      const texture = renderer.input(fit);
      return {size, fit, input: tf.tensor({texture, height: fit.height, width: fit.width, channels: "RGB"}, [1, fit.height, fit.width, 3], "float32") as tf.Tensor4D};
    },
    // One context, one queue.
    computed: () => renderer.settled(),
    label(logits, grid, labelling, milliseconds) {
      const {texture, tensorRef} = logits.dataToGPU();
      renderer.label({texture: texture!}, grid, labelling, milliseconds);
      tensorRef.dispose();
    }
  };
}

/** On the device that computes: the logits never leave it. */
function drawingOnWebGPU({palette}: Pick<RendererOptions, "palette">): LiveDrawing {
  const {device} = tf.backend() as unknown as {device: GPUDevice};
  // A machine whose WebGL is emulated emulates WebGPU too.
  const emulated = webglHere().software;
  const renderer = gpuRenderer(device, {palette, detail: emulated ? DETAIL.emulated : DETAIL.gpu});
  return {
    reader: emulated ? "cpu" : "gpu",
    name: "WebGPU",
    renderer,
    overlaps: true,
    take(frame, inputSize) {
      const {size, fit} = fitted(frame, inputSize);
      renderer.upload(frame);
      const buffer = renderer.input(fit);
      return {size, fit, input: tf.tensor({buffer}, [1, fit.height, fit.width, 3], "float32") as tf.Tensor4D};
    },
    computed: settle,
    label(logits, grid, labelling, milliseconds) {
      // Submits what the backend has gathered, so that the logits are there when they are drawn.
      const {buffer, tensorRef} = logits.dataToGPU();
      renderer.label(buffer!, grid, labelling, milliseconds);
      tensorRef.dispose();
    }
  };
}

/** For a network on the CPU beside a GPU: its logits are small, and are uploaded. */
function drawingBesideWebGL({palette}: Pick<RendererOptions, "palette">): LiveDrawing {
  const gl = new OffscreenCanvas(1, 1).getContext("webgl2", {alpha: false, antialias: false, depth: false})!;
  const renderer = glRenderer(gl, {palette, detail: DETAIL.gpu});
  const pixelsOf = frameFitter();
  return {
    // Both read them; one copy up is quicker than one down.
    reader: "cpu",
    name: "WebGL",
    renderer,
    overlaps: false,
    take(frame, inputSize) {
      const {size, fit} = fitted(frame, inputSize);
      renderer.upload(frame);
      return {size, fit, input: inputOf(pixelsOf(frame, fit), fit)};
    },
    computed: () => Promise.resolve(),
    label: (logits, grid, labelling, milliseconds) => renderer.label(logits.dataSync<"float32">(), grid, labelling, milliseconds)
  };
}

/** Where there is no GPU. */
function drawingOnCpu({palette}: Pick<RendererOptions, "palette">): LiveDrawing {
  const renderer = canvasRenderer({palette, detail: DETAIL.cpu});
  const pixelsOf = frameFitter();
  return {
    reader: "cpu",
    name: "a canvas on the CPU",
    renderer,
    overlaps: false,
    take(frame, inputSize) {
      const {size, fit} = fitted(frame, inputSize);
      renderer.upload(frame);
      // From the canvas: a camera's frame is turned into RGB once.
      return {size, fit, input: inputOf(pixelsOf(renderer.uploaded(), fit), fit)};
    },
    computed: () => Promise.resolve(),
    label: (logits, grid, labelling, milliseconds) => renderer.label(logits.dataSync<"float32">(), grid, labelling, milliseconds)
  };
}

function fitted(frame: ImageBitmap | VideoFrame, inputSize: number): {size: Size; fit: Fit} {
  const size = sizeOf(frame);
  return {size, fit: fitInput(size.height, size.width, inputSize)};
}

function inputOf(pixels: Uint8ClampedArray, fit: Fit): tf.Tensor4D {
  return tf.tidy(() => preprocess(pixelsToTensor(pixels, fit.resizedHeight, fit.resizedWidth, 4), fit));
}
