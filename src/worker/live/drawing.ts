import * as tf from "@tensorflow/tfjs-core";
import {photoInput} from "../../engine/photo-input.js";
import {picturesHere} from "../../engine/pictures.js";
import {fitInput} from "../../engine/preprocess.js";
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

type Frame = ImageBitmap | VideoFrame;

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
  take(frame: Frame, inputSize: number): TakenFrame;
  /** Waits until a tensor is computed. */
  computed(tensor: tf.Tensor): Promise<void>;
  label(logits: tf.Tensor4D, grid: LogitsGrid, labelling: Labelling, milliseconds: number): void;
}

/** Long side of the class map in pixels at most, where a GPU makes it, where one that is emulated does, and where the CPU does. */
const DETAIL = {gpu: 1280, emulated: 257, cpu: 385};

/** The drawing that suits the current backend on this machine. @throws Error with a sentence for the reader where there is none */
export function liveDrawing(backend: BackendId, {palette}: Pick<RendererOptions, "palette">): LiveDrawing {
  if (typeof OffscreenCanvas === "undefined")
    throw new Error("This browser cannot draw moving pictures beside the page. Update it, or take stills to the workbench.");
  const {available, software} = webglHere();
  // A machine whose WebGL is emulated emulates WebGPU too.
  const onGpu = {palette, detail: software ? DETAIL.emulated : DETAIL.gpu};
  const reader = software ? "cpu" : "gpu";
  if (backend === "webgl") return {...drawingOnWebGL(onGpu), reader};
  if (backend === "webgpu") return {...drawingOnWebGPU(onGpu), reader};
  return available && !software ? drawingBesideWebGL(onGpu) : drawingOnCpu({palette, detail: DETAIL.cpu});
}

/** On the context that computes: the logits never leave it. */
function drawingOnWebGL(options: RendererOptions): Omit<LiveDrawing, "reader"> {
  const {gl} = (tf.backend() as unknown as {gpgpu: {gl: WebGL2RenderingContext}}).gpgpu;
  const renderer = glRenderer(gl, options);
  return {
    name: "WebGL",
    renderer,
    overlaps: true,
    take: taking(renderer, (_, fit) =>
      tf.tensor({texture: renderer.input(fit), height: fit.height, width: fit.width, channels: "RGB"}, shapeOf(fit), "float32")
    ),
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
function drawingOnWebGPU(options: RendererOptions): Omit<LiveDrawing, "reader"> {
  const {device} = tf.backend() as unknown as {device: GPUDevice};
  const renderer = gpuRenderer(device, options);
  return {
    name: "WebGPU",
    renderer,
    overlaps: true,
    take: taking(renderer, (_, fit) => tf.tensor({buffer: renderer.input(fit)}, shapeOf(fit), "float32")),
    computed: settle,
    label(logits, grid, labelling, milliseconds) {
      // Submits what the backend has gathered, so that the logits are there when they are drawn.
      const {buffer, tensorRef} = logits.dataToGPU();
      renderer.label(buffer!, grid, labelling, milliseconds);
      tensorRef.dispose();
    }
  };
}

/** For a network on the CPU beside a GPU. Both read the frames; one copy up is quicker than one down. */
function drawingBesideWebGL(options: RendererOptions): LiveDrawing {
  const gl = new OffscreenCanvas(1, 1).getContext("webgl2", {alpha: false, antialias: false, depth: false})!;
  return drawingForCpu("WebGL", glRenderer(gl, options), (frame) => frame);
}

/** Where there is no GPU. The input is made from the renderer's canvas: a camera's frame is turned into RGB once. */
function drawingOnCpu(options: RendererOptions): LiveDrawing {
  const renderer = canvasRenderer(options, picturesHere());
  return drawingForCpu("a canvas on the CPU", renderer, () => renderer.uploaded());
}

/**
 * For a network on the CPU: its logits are small, and are handed over as an array.
 *
 * @param source what the input is made from once a frame is uploaded
 */
function drawingForCpu(name: string, renderer: LiveRenderer<Float32Array>, source: (frame: Frame) => Frame | OffscreenCanvas): LiveDrawing {
  const pixelsOf = frameFitter();
  return {
    reader: "cpu",
    name,
    renderer,
    overlaps: false,
    take: taking(renderer, (frame, fit) =>
      photoInput({height: fit.resizedHeight, width: fit.resizedWidth, channels: 4, values: pixelsOf(source(frame), fit)}, fit)
    ),
    computed: () => Promise.resolve(),
    label: (logits, grid, labelling, milliseconds) => renderer.label(logits.dataSync<"float32">(), grid, labelling, milliseconds)
  };
}

/** @param input makes the network's input once a frame is uploaded */
function taking(renderer: Pick<LiveRenderer<never>, "upload">, input: (frame: Frame, fit: Fit) => tf.Tensor): LiveDrawing["take"] {
  return (frame, inputSize) => {
    const size = sizeOf(frame);
    const fit = fitInput(size.height, size.width, inputSize);
    renderer.upload(frame);
    return {size, fit, input: input(frame, fit) as tf.Tensor4D};
  };
}

function shapeOf({height, width}: Fit): [number, number, number, number] {
  return [1, height, width, 3];
}
