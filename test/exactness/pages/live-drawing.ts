/** Runs inside Chromium: what the live renderers draw. */
import * as tf from "@tensorflow/tfjs-core";
import {canvasRenderer} from "../../../src/media/live/canvas-renderer.js";
import {glRenderer} from "../../../src/media/live/gl/renderer.js";
import {gpuRenderer} from "../../../src/media/live/gpu/renderer.js";
import {LIVE_VIEWS} from "../../../src/media/live/look.js";
import type {Labelling, Look} from "../../../src/media/live/look.js";
import type {LiveRenderer, LogitsGrid, RendererOptions} from "../../../src/media/live/renderer.js";
import {activateBackend} from "../../../src/worker/backends.js";
import {liveDrawing} from "../../../src/worker/live/drawing.js";

export type DeviceId = "webgl" | "webgpu";
export type RendererId = DeviceId | "canvas";

/** A picture on its way between test and page. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Bytes R, G, B, A of each pixel, row by row, as base64: long lists of numbers travel slowly. */
  readonly rgba: string;
}

export interface Labelled {
  readonly values: number[];
  readonly grid: LogitsGrid;
  readonly labelling: Labelling;
  readonly milliseconds: number;
}

/** What a renderer is told, in order. */
export type Step =
  | {readonly upload: Pixels}
  | {readonly label: Labelled}
  | {readonly annotate: Pixels}
  | {readonly backdrop: Pixels}
  | {readonly draw: Look}
  | {readonly survey: true};

/** What the steps that draw or look gave, in order; a survey's ids are in `ids`. */
export interface Found {
  readonly pictures: Pixels[];
  readonly surveys: {width: number; height: number; ids: number[]}[];
}

interface Opened {
  readonly renderer: Pick<LiveRenderer<Float32Array>, Exclude<keyof LiveRenderer<never>, "bytes">> & {readonly bytes: number};
  /** How many objects of the GPU were made so far. */
  made(): number;
  close(): Promise<void>;
}

export async function drawn(id: RendererId, options: RendererOptions, steps: Step[]): Promise<Found> {
  const {renderer, close} = await open(id, options);
  const found: Found = {pictures: [], surveys: []};
  try {
    for (const step of steps) {
      if ("upload" in step) await withBitmap(step.upload, (frame) => renderer.upload(frame));
      else if ("label" in step)
        renderer.label(Float32Array.from(step.label.values), step.label.grid, step.label.labelling, step.label.milliseconds);
      else if ("annotate" in step) renderer.annotate(canvasOf(step.annotate));
      else if ("backdrop" in step) await withBitmap(step.backdrop, (picture) => renderer.backdrop(picture));
      else if ("draw" in step) {
        renderer.draw(step.draw);
        found.pictures.push(readBack(renderer.picture()));
      } else {
        const {width, height, ids} = await renderer.survey();
        found.surveys.push({width, height, ids: [...ids]});
      }
    }
    return found;
  } finally {
    await close();
  }
}

/** What a renderer keeps, and how many objects it has made, after each of many frames, whose views take turns. */
export async function footprints(
  id: RendererId,
  options: RendererOptions,
  {frames, frame, label, look}: {frames: number; frame: Pixels; label: Labelled; look: Look}
): Promise<{bytes: number; made: number}[]> {
  const {renderer, made, close} = await open(id, options);
  const values = Float32Array.from(label.values);
  const found = [];
  try {
    for (let count = 0; count < frames; count++) {
      await withBitmap(frame, (bitmap) => renderer.upload(bitmap));
      renderer.label(values, label.grid, label.labelling, label.milliseconds);
      renderer.draw({...look, view: LIVE_VIEWS[count % LIVE_VIEWS.length]!});
      renderer.picture().close();
      await renderer.settled();
      if (count % 4 === 0) await renderer.survey();
      found.push({bytes: renderer.bytes, made: made()});
    }
    return found;
  } finally {
    await close();
  }
}

/** A frame as the network's input, and the picture of a class map, on the device that TensorFlow.js computes on. */
export async function throughTensors(
  id: DeviceId,
  options: RendererOptions,
  frame: Pixels,
  inputSize: number,
  {values, grid, labelling, milliseconds}: Labelled,
  look: Look
): Promise<{input: number[]; picture: Pixels}> {
  await activateBackend(id);
  // Small tensors would be computed on the CPU.
  tf.env().set(id === "webgl" ? "WEBGL_CPU_FORWARD" : "WEBGPU_CPU_FORWARD", false);
  const {take, label, renderer} = liveDrawing(id, options);
  try {
    const {input} = await withBitmap(frame, (bitmap) => take(bitmap, inputSize));
    const {height, width, classes} = grid;
    const logits = tf.tidy(() => tf.neg(tf.neg(tf.tensor4d(values, [1, height, width, classes]))));
    label(logits, grid, labelling, milliseconds);
    renderer.draw(look);
    const picture = readBack(renderer.picture());
    // The device goes on computing as if nobody had drawn with it.
    const found = [...(await input.data())];
    tf.dispose([input, logits]);
    return {input: found, picture};
  } finally {
    renderer.dispose();
  }
}

async function open(id: RendererId, options: RendererOptions): Promise<Opened> {
  if (id === "canvas") return onCanvas(options);
  return id === "webgl" ? onWebGL(options) : onWebGPU(options);
}

function onCanvas(options: RendererOptions): Opened {
  const renderer = canvasRenderer(options);
  return {renderer, made: () => 0, close: async () => renderer.dispose()};
}

function onWebGL(options: RendererOptions): Opened {
  const gl = new OffscreenCanvas(1, 1).getContext("webgl2", {alpha: false, antialias: false, depth: false})!;
  const made = counting(gl, ["createTexture", "createBuffer", "createFramebuffer", "createProgram"]);
  const renderer = glRenderer(gl, options);
  return {
    renderer,
    made,
    async close() {
      renderer.dispose();
      gl.getExtension("WEBGL_lose_context")?.loseContext();
    }
  };
}

async function onWebGPU(options: RendererOptions): Promise<Opened> {
  const adapter = await navigator.gpu.requestAdapter();
  const device = await adapter!.requestDevice();
  const faults: string[] = [];
  device.onuncapturederror = ({error}) => faults.push(error.message);
  let buffer: GPUBuffer | null = null;
  const made = counting(device, [
    "createTexture",
    "createBuffer",
    "createBindGroup",
    "createSampler",
    "createRenderPipeline",
    "createComputePipeline"
  ]);
  const renderer = gpuRenderer(device, options);
  return {
    renderer: {
      ...renderer,
      // A getter, which a copy would freeze.
      get bytes() {
        return renderer.bytes;
      },
      label(values, ...rest) {
        if (buffer?.size !== values.byteLength)
          buffer = device.createBuffer({size: values.byteLength, usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST});
        device.queue.writeBuffer(buffer, 0, Float32Array.from(values));
        renderer.label(buffer, ...rest);
      }
    },
    made,
    async close() {
      await renderer.settled();
      renderer.dispose();
      device.destroy();
      if (faults.length > 0) throw new Error(`WebGPU complained: ${faults.join("\n")}`);
    }
  };
}

/** Counts the calls of some of an object's methods. */
function counting<Target extends object>(target: Target, methods: readonly (keyof Target & string)[]): () => number {
  let calls = 0;
  for (const name of methods) {
    const method = target[name] as (...values: unknown[]) => unknown;
    Object.defineProperty(target, name, {
      value(...values: unknown[]) {
        calls++;
        return method.apply(target, values);
      }
    });
  }
  return () => calls;
}

function imageData({width, height, rgba}: Pixels): ImageData {
  return new ImageData(
    Uint8ClampedArray.from(atob(rgba), (byte) => byte.charCodeAt(0)),
    width,
    height
  );
}

async function withBitmap<T>(pixels: Pixels, use: (bitmap: ImageBitmap) => T | Promise<T>): Promise<T> {
  const bitmap = await createImageBitmap(imageData(pixels));
  try {
    return await use(bitmap);
  } finally {
    bitmap.close();
  }
}

function canvasOf(pixels: Pixels): OffscreenCanvas {
  const canvas = new OffscreenCanvas(pixels.width, pixels.height);
  canvas.getContext("2d")!.putImageData(imageData(pixels), 0, 0);
  return canvas;
}

function readBack(picture: ImageBitmap): Pixels {
  const {width, height} = picture;
  const context = new OffscreenCanvas(width, height).getContext("2d", {willReadFrequently: true})!;
  context.drawImage(picture, 0, 0);
  picture.close();
  return {
    width,
    height,
    rgba: btoa(Array.from(context.getImageData(0, 0, width, height).data, (byte) => String.fromCharCode(byte)).join(""))
  };
}
