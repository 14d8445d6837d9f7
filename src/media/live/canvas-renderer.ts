import {guideColours, keptShare, labelsAlongEdges, smoothLogits} from "../../engine/labels/live-logits.js";
import {sampledLabels} from "../../engine/labels/sampled.js";
import {PLAIN} from "../../engine/pictures.js";
import type {Pictures} from "../../engine/pictures.js";
import {colourLabels} from "../../formats/label-colours.js";
import {outlineColours, overlayPalette} from "../../formats/overlay-look.js";
import {drawOver} from "../drawn-mask.js";
import {DIMMED, NOTHING} from "./constants.js";
import {FRAME_SLOTS, frameSlots} from "./frame-slots.js";
import {keptCanvas} from "./kept-canvas.js";
import type {KeptCanvas} from "./kept-canvas.js";
import {liveViewSize} from "./look.js";
import type {Look} from "./look.js";
import {labelSize, sizeOf, surveySize} from "./renderer.js";
import type {LiveRenderer, RendererOptions, Size} from "./renderer.js";
import {IDS} from "./tables.js";

/** The blurred background is first made this many times smaller than the frame, then blurred by so many of its pixels. */
const BLUR_SCALE = 8;
const BLUR_RADIUS = 3;
const BLUR_LAYERS = 6;
/** Safari's canvases have none. */
const HAS_FILTERS = "OffscreenCanvasRenderingContext2D" in globalThis && "filter" in OffscreenCanvasRenderingContext2D.prototype;

type Context = OffscreenCanvasRenderingContext2D;

/**
 * Draws with canvases on the CPU, for machines whose browser has no GPU to draw with: a class map that a GPU emulated
 * in software made would take longer than the network. Borders are as fine as `detail` says, and softened by the
 * canvas's scaling.
 *
 * @param pictures makes the class maps
 */
export function canvasRenderer(
  {palette, detail}: RendererOptions,
  pictures: Pictures = PLAIN
): LiveRenderer<Float32Array> & {
  /** The frame that was uploaded last, to make the network's input from. */
  uploaded(): OffscreenCanvas;
} {
  const output = keptCanvas({alpha: false});
  const frames = Array.from({length: FRAME_SLOTS}, () => keptCanvas());
  const slots = frameSlots();
  const small = keptCanvas();
  const mask = keptCanvas();
  const outline = keptCanvas();
  const paletteOver = overlayPalette(palette);
  const layer = keptCanvas();
  const soft = keptCanvas();
  const softer = keptCanvas();
  let uploaded = frames[0]!.canvas;
  let remembered: {readonly grid: string; readonly values: Float32Array; readonly guide: Float32Array} | null = null;
  let labelled: (Size & {readonly frame: OffscreenCanvas; readonly labels: Uint8Array}) | null = null;
  let notes: OffscreenCanvas | null = null;
  let backdrop: KeptCanvas | null = null;
  let others: {readonly ids: readonly number[]; readonly rest: readonly number[]} | null = null;
  /** What the mask canvas holds, and with it the outlines' where it is to lie over the frame. */
  let masked: {readonly labels: Uint8Array; readonly ids: readonly number[]; readonly over: boolean} | null = null;

  /** The labelled frame's classes in colours, the ids given left out. @param over whether it is to lie over the frame */
  function maskOf(ids: readonly number[], over = false): OffscreenCanvas {
    const {labels, width, height} = labelled!;
    if (masked?.labels !== labels || masked.ids !== ids || masked.over !== over) {
      const image = {labels, width, height};
      const hidden = new Set(ids);
      const colours = colourLabels(image, over ? paletteOver : palette, hidden);
      const put = (on: KeptCanvas, pixels: typeof colours) => on.resize(image).putImageData(new ImageData(pixels, width, height), 0, 0);
      put(mask, colours);
      if (over) put(outline, outlineColours(image, colours, hidden));
      masked = {labels, ids, over};
    }
    return mask.canvas;
  }

  /** The subject cut out of the frame. */
  function subjectLayer(frame: OffscreenCanvas, subject: readonly number[]): OffscreenCanvas {
    const others = othersOf(subject);
    const on = layer.resize(frame);
    on.globalCompositeOperation = "copy";
    on.drawImage(maskOf(others), 0, 0, frame.width, frame.height);
    on.globalCompositeOperation = "source-in";
    on.drawImage(frame, 0, 0);
    return layer.canvas;
  }

  /** The frame without the subject, blurred: small, for a canvas smooths what it enlarges. */
  function blurred(frame: OffscreenCanvas, subject: readonly number[]): OffscreenCanvas {
    const size = {width: Math.ceil(frame.width / BLUR_SCALE), height: Math.ceil(frame.height / BLUR_SCALE)};
    const {width, height} = size;
    const background = soft.resize(size);
    background.globalCompositeOperation = "copy";
    background.drawImage(frame, 0, 0, width, height);
    background.globalCompositeOperation = "destination-out";
    background.drawImage(maskOf(othersOf(subject)), 0, 0, width, height);
    const on = softer.resize(size);
    on.clearRect(0, 0, width, height);
    // Browsers without filters blur by the scaling alone.
    on.filter = `blur(${BLUR_RADIUS}px)`;
    // Beside the subject the blurred background is thin; laid over itself it becomes opaque, in its own colours.
    for (let layer = 0; layer < BLUR_LAYERS; layer++) on.drawImage(soft.canvas, 0, 0);
    return softer.canvas;
  }

  function drawBehind(on: Context, frame: OffscreenCanvas, look: Look): void {
    const {width, height} = frame;
    if (look.view === "blur") {
      on.drawImage(blurred(frame, look.subject), 0, 0, width, height);
    } else if (look.view === "isolate") {
      on.filter = `grayscale(1) brightness(${DIMMED})`;
      on.drawImage(frame, 0, 0);
      on.filter = "none";
      if (HAS_FILTERS) return;
      on.fillStyle = `rgb(0 0 0 / ${1 - DIMMED})`;
      on.fillRect(0, 0, width, height);
    } else if (look.backdrop === "picture" && backdrop) {
      on.save();
      // A picture that the mirror turned would have its writing turned.
      if (look.mirror) turn(on, width);
      const {canvas} = backdrop;
      const scale = Math.max(width / canvas.width, height / canvas.height);
      on.drawImage(
        canvas,
        (width - canvas.width * scale) / 2,
        (height - canvas.height * scale) / 2,
        canvas.width * scale,
        canvas.height * scale
      );
      on.restore();
    } else {
      on.fillStyle = look.backdrop === "picture" ? "black" : `rgb(${look.backdrop.join(" ")})`;
      on.fillRect(0, 0, width, height);
    }
  }

  /** The mask as it is, on grey where classes are left out. */
  function drawMask(on: Context, {width, height}: Size, hidden: readonly number[]): void {
    on.fillStyle = `rgb(${[NOTHING, NOTHING, NOTHING].map((grey) => 255 * grey).join(" ")})`;
    on.fillRect(0, 0, width, height);
    on.imageSmoothingEnabled = false;
    on.drawImage(maskOf(hidden), 0, 0, width, height);
    on.imageSmoothingEnabled = true;
  }

  return {
    uploaded: () => uploaded,

    upload(frame) {
      const {canvas, resize} = frames[slots.put(sizeOf(frame)).index]!;
      resize(sizeOf(frame)).drawImage(frame, 0, 0);
      uploaded = canvas;
    },

    label(values, {width, height, classes, covered}, {smoothing, edges}, milliseconds) {
      const frame = frames[slots.next().index]!.canvas;
      const size = labelSize(frame, detail);
      const grid = JSON.stringify([width, height, classes, covered]);
      // They are blended in place, and are the caller's.
      const logits = {width, height, classes, values: smoothing ? values.slice() : values};
      const pixels = smoothing || edges ? scaled(frame, size) : null;
      const guide = pixels && guideColours(pixels, logits, covered);
      if (smoothing && remembered?.grid === grid)
        smoothLogits(logits, remembered.values, {now: guide!, before: remembered.guide}, keptShare(milliseconds));
      remembered = smoothing ? {grid, values: logits.values, guide: guide!} : null;
      const labels = edges
        ? (pictures.labelsAlongEdges ?? labelsAlongEdges)(logits, covered, pixels!, guide!)
        : pictures.labels(logits, covered, size.height, size.width);
      labelled = {frame, labels, ...size};
    },

    annotate(canvas) {
      notes = canvas;
    },

    backdrop(picture) {
      backdrop ??= keptCanvas();
      backdrop.resize({width: picture.width, height: picture.height}).drawImage(picture, 0, 0);
    },

    draw(look) {
      if (!labelled) throw new Error("There is nothing to draw before a frame is labelled.");
      const {frame} = labelled;
      const size = liveViewSize(frame, look.view);
      const context = output.resize(size);
      context.save();
      const half = (left: number, draw: () => void) => {
        context.save();
        context.translate(left, 0);
        if (look.mirror) turn(context, frame.width);
        draw();
        context.restore();
      };
      switch (look.view) {
        case "overlay":
          half(0, () => {
            context.drawImage(frame, 0, 0);
            const {width, height} = frame;
            drawOver(context, {fill: maskOf(look.hidden, true), outline: outline.canvas, width, height}, look.opacity);
          });
          break;
        case "side-by-side":
          half(0, () => context.drawImage(frame, 0, 0));
          half(frame.width, () => drawMask(context, frame, look.hidden));
          break;
        case "mask":
          half(0, () => drawMask(context, frame, look.hidden));
          break;
        default:
          half(0, () => {
            drawBehind(context, frame, look);
            context.drawImage(subjectLayer(frame, look.subject), 0, 0);
          });
      }
      context.restore();
      if (notes?.width === size.width && notes.height === size.height) context.drawImage(notes, 0, 0);
    },

    picture: () => output.canvas.transferToImageBitmap(),
    settled: () => Promise.resolve(),

    survey() {
      const {labels, width, height} = labelled!;
      return Promise.resolve(sampledLabels({width, height, ids: labels}, surveySize({width, height})));
    },

    get bytes() {
      // What is drawn on is handed over with each picture.
      return [...frames, small, mask, outline, layer, soft, softer, ...(backdrop ? [backdrop] : [])].reduce(
        (sum, {canvas: {width, height}}) => sum + 4 * width * height,
        0
      );
    },

    dispose() {
      // Nothing here outlives its owner.
    }
  };

  function scaled(frame: OffscreenCanvas, size: Size): ImageData {
    if (frame.width === size.width && frame.height === size.height)
      return frame.getContext("2d")!.getImageData(0, 0, size.width, size.height);
    const on = small.resize(size);
    on.drawImage(frame, 0, 0, size.width, size.height);
    return on.getImageData(0, 0, size.width, size.height);
  }

  /** The complement of some ids, the same array for the same ids. */
  function othersOf(ids: readonly number[]): readonly number[] {
    if (others?.ids !== ids) others = {ids, rest: Array.from({length: IDS}, (_, id) => id).filter((id) => !ids.includes(id))};
    return others.rest;
  }
}

function turn(on: Context, width: number): void {
  on.transform(-1, 0, 0, 1, width, 0);
}
