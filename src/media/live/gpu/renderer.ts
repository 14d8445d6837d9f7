import {keptShare} from "../../../engine/labels/live-logits.js";
import {halvings} from "../../../engine/preprocess.js";
import type {Fit} from "../../../engine/preprocess.js";
import {outlineOpacity, outlineReach} from "../../../formats/overlay-look.js";
import {frameSlots} from "../frame-slots.js";
import type {FrameSlot} from "../frame-slots.js";
import {LIVE_VIEWS, liveViewSize} from "../look.js";
import {labelSize, sizeOf, surveySize} from "../renderer.js";
import type {LiveRenderer, RendererOptions, Size} from "../renderer.js";
import {BLUR, BLUR_SCALE} from "../stages/blur.js";
import {COMPOSE} from "../stages/compose.js";
import {GUIDE} from "../stages/guide.js";
import {INPUT, INPUT_BYTES} from "../stages/input.js";
import {LABEL} from "../stages/label.js";
import {REMEMBER} from "../stages/remember.js";
import {SURVEY} from "../stages/survey.js";
import {GROUP_SIDE, LABELLING_BYTES, LOOK_BYTES} from "../stages/wgsl.js";
import {WINNERS} from "../stages/winners.js";
import {IDS, paletteName, paletteTable, subjectTable} from "../tables.js";
import {computeProgram, fillProgram} from "./programs.js";
import type {ComputeProgram, FillProgram, Resource} from "./programs.js";
import {FORMATS, gpuTextures} from "./textures.js";
import type {KeptTexture} from "./textures.js";

export interface GpuRenderer extends LiveRenderer<GPUBuffer> {
  /**
   * The uploaded frame as the network takes it: red, green and blue in [-1, 1], fit.height x fit.width x 3 floats, kept until the next
   * one.
   */
  input(fit: Fit): GPUBuffer;
}

/** Rows of a texture that is read back begin at multiples of this many bytes. */
const ROW_ALIGNMENT = 256;

/**
 * Draws with WebGPU, on a canvas of its own; the device may be the one that TensorFlow.js computes on. The same passes as
 * ../gl/renderer.ts.
 *
 * Logits are buffers of float32 that can be bound as storage; one may be reused as soon as `label` returns, by whatever
 * is submitted to the device's queue later.
 *
 * @throws Error when no canvas takes WebGPU
 */
export function gpuRenderer(device: GPUDevice, {palette, detail}: RendererOptions): GpuRenderer {
  const {queue} = device;
  const canvas = new OffscreenCanvas(1, 1);
  const context = canvas.getContext("webgpu");
  if (!context) throw new Error("This browser computes with WebGPU but does not draw with it here. Choose another backend.");
  const canvasFormat = navigator.gpu.getPreferredCanvasFormat();
  context.configure({device, format: canvasFormat, alphaMode: "opaque"});

  const textures = gpuTextures(device);
  const programs = {
    input: computeProgram(device, INPUT.wgsl),
    guide: fillProgram(device, GUIDE.wgsl, FORMATS.bytes),
    remember: computeProgram(device, REMEMBER.wgsl),
    winners: fillProgram(device, WINNERS.wgsl, FORMATS.bytes),
    label: fillProgram(device, LABEL.wgsl, FORMATS.bytes),
    survey: fillProgram(device, SURVEY.wgsl, FORMATS.bytes),
    blurAcross: fillProgram(device, BLUR.wgsl, FORMATS.half, "across"),
    blurDown: fillProgram(device, BLUR.wgsl, FORMATS.half, "down"),
    compose: fillProgram(device, COMPOSE.wgsl, canvasFormat)
  };
  const smoothly = device.createSampler({magFilter: "linear", minFilter: "linear"});
  const {UNIFORM, STORAGE, COPY_SRC, COPY_DST, MAP_READ} = GPUBufferUsage;
  const fitBuffer = device.createBuffer({size: INPUT_BYTES, usage: UNIFORM | COPY_DST});
  const labellingBuffer = device.createBuffer({size: LABELLING_BYTES, usage: UNIFORM | COPY_DST});
  const lookBuffer = device.createBuffer({size: LOOK_BYTES, usage: UNIFORM | COPY_DST});
  /** Made anew when their size changes: the network's input, and where surveys are read back. */
  let inputBuffer: GPUBuffer | null = null;
  let surveyBuffer: GPUBuffer | null = null;
  const slots = frameSlots();
  let uploaded: FrameSlot | null = null;
  /** Which of two places holds what is remembered. */
  let rememberedAt = 0;
  let labelled: {readonly frame: KeptTexture; readonly labels: KeptTexture} | null = null;
  let rememberedGrid = "";
  let noteSize: Size | null = null;
  let backdropSize: Size | null = null;
  /** What the tables were written from. */
  const tables = new Map<string, unknown>();

  /** Runs commands as one submission. */
  function submit(work: (encoder: GPUCommandEncoder) => void): void {
    const encoder = device.createCommandEncoder();
    work(encoder);
    queue.submit([encoder.finish()]);
  }

  function fill(encoder: GPUCommandEncoder, program: FillProgram, view: GPUTextureView, resources: readonly Resource[]): void {
    const pass = encoder.beginRenderPass({colorAttachments: [{view, loadOp: "clear", storeOp: "store"}]});
    pass.setPipeline(program.pipeline);
    pass.setBindGroup(0, program.bind(resources));
    pass.draw(3);
    pass.end();
  }

  function compute(
    encoder: GPUCommandEncoder,
    program: ComputeProgram,
    {width, height}: Size,
    layers: number,
    resources: readonly Resource[]
  ): void {
    const pass = encoder.beginComputePass();
    pass.setPipeline(program.pipeline);
    pass.setBindGroup(0, program.bind(resources));
    pass.dispatchWorkgroups(Math.ceil(width / GROUP_SIDE), Math.ceil(height / GROUP_SIDE), layers);
    pass.end();
  }

  const buffers = () => [fitBuffer, labellingBuffer, lookBuffer, inputBuffer, surveyBuffer].filter((buffer) => buffer !== null);

  function frameTexture({index, width, height}: FrameSlot): KeptTexture {
    return textures.get(`frame ${index}`, {width, height, kind: "bytes"});
  }

  /** Puts a picture into a texture of its size. */
  function put(source: ImageBitmap | VideoFrame | OffscreenCanvas, {texture, width, height}: KeptTexture): void {
    queue.copyExternalImageToTexture({source}, {texture}, [width, height]);
  }

  function sized(buffer: GPUBuffer | null, size: number, usage: GPUBufferUsageFlags): GPUBuffer {
    if (buffer?.size === size) return buffer;
    buffer?.destroy();
    return device.createBuffer({size, usage});
  }

  /** A texture with four bytes an id, written anew when what it is made of changes. */
  function tableOf(name: string, from: unknown, bytes: () => Uint8Array<ArrayBuffer>): KeptTexture {
    const table = textures.get(name, {width: IDS, height: 1, kind: "bytes"});
    if (tables.get(name) === from) return table;
    tables.set(name, from);
    queue.writeTexture({texture: table.texture}, bytes(), {bytesPerRow: IDS * 4}, [IDS, 1]);
    return table;
  }

  return {
    upload(frame) {
      uploaded = slots.put(sizeOf(frame));
      put(frame, frameTexture(uploaded));
    },

    input(fit) {
      if (!uploaded) throw new Error("There is no frame to make an input of.");
      const {width, height, resizedWidth, resizedHeight} = fit;
      inputBuffer = sized(inputBuffer, width * height * 3 * Float32Array.BYTES_PER_ELEMENT, STORAGE | COPY_SRC | COPY_DST);
      const resources = [fitBuffer, smoothly, frameTexture(uploaded).view, inputBuffer];
      queue.writeBuffer(
        fitBuffer,
        0,
        Uint32Array.of(resizedWidth, resizedHeight, width, height, halvings(uploaded.height, uploaded.width, fit))
      );
      submit((encoder) => compute(encoder, programs.input, fit, 1, resources));
      return inputBuffer;
    },

    label(values, grid, {smoothing, edges}, milliseconds) {
      const {width, height, classes, covered} = grid;
      const cells = {width, height};
      const slot = slots.next();
      const frame = frameTexture(slot);
      const before = rememberedAt;
      const now = (rememberedAt = 1 - before);
      const [guideBefore, guide] = [before, now].map((slot) => textures.get(`guide ${slot}`, {...cells, kind: "bytes"})) as [
        KeptTexture,
        KeptTexture
      ];
      const layers = Math.ceil(classes / 4);
      const [rememberedBefore, remembered] = [before, now].map((slot) =>
        textures.get(`logits ${slot}`, {...cells, layers, kind: "half"})
      ) as [KeptTexture, KeptTexture];
      const winners = textures.get("winners", {...cells, kind: "bytes"});
      const size = labelSize(slot, detail);
      const labels = textures.get("labels", {...size, kind: "bytes"});

      const survey = surveySize(size);
      const gridName = JSON.stringify(grid);
      const kept = smoothing && rememberedGrid === gridName ? keptShare(milliseconds) : 0;
      rememberedGrid = smoothing ? gridName : "";
      queue.writeBuffer(
        labellingBuffer,
        0,
        // prettier-ignore
        Float32Array.of(
          width, height, covered.width, covered.height, size.width, size.height, survey.width, survey.height, classes, kept, Number(edges)
        )
      );
      submit((encoder) => {
        if (smoothing || edges) fill(encoder, programs.guide, guide.view, [labellingBuffer, smoothly, frame.view]);
        compute(encoder, programs.remember, cells, layers, [
          labellingBuffer,
          values,
          rememberedBefore.view,
          guide.view,
          guideBefore.view,
          remembered.view
        ]);
        fill(encoder, programs.winners, winners.view, [labellingBuffer, remembered.view]);
        fill(encoder, programs.label, labels.view, [labellingBuffer, smoothly, frame.view, guide.view, winners.view, remembered.view]);
      });
      labelled = {frame, labels};
    },

    annotate(notes) {
      noteSize = notes && {width: notes.width, height: notes.height};
      if (notes) put(notes, textures.get("notes", {...noteSize!, kind: "bytes"}));
    },

    backdrop(image) {
      backdropSize = {width: image.width, height: image.height};
      put(image, textures.get("backdrop", {...backdropSize, kind: "bytes"}));
    },

    draw(look) {
      if (!labelled) throw new Error("There is nothing to draw before a frame is labelled.");
      const {frame, labels} = labelled;
      const size = liveViewSize(frame, look.view);
      if (canvas.width !== size.width || canvas.height !== size.height) Object.assign(canvas, size);
      const colours = tableOf(paletteName(look), look.hidden, () => paletteTable(palette, look));
      const subjects = tableOf("subjects", look.subject, () => subjectTable(look.subject));
      const blurredSize = {width: Math.ceil(frame.width / BLUR_SCALE), height: Math.ceil(frame.height / BLUR_SCALE)};
      const nothing = textures.get("nothing", {width: 1, height: 1, kind: "bytes"});
      const pictured = look.backdrop === "picture" && backdropSize !== null;
      const {straight, diagonal} = outlineReach(labels);
      const annotated = noteSize !== null && noteSize.width === size.width && noteSize.height === size.height;
      const colour = (look.backdrop === "picture" ? [0, 0, 0] : look.backdrop).map((level) => level / 255);
      queue.writeBuffer(
        lookBuffer,
        0,
        // prettier-ignore
        Float32Array.of(
          size.width, size.height, blurredSize.width, blurredSize.height, ...colour, look.opacity,
          LIVE_VIEWS.indexOf(look.view), Number(look.mirror), Number(pictured), Number(annotated),
          outlineOpacity(look.opacity), straight, diagonal
        )
      );
      submit((encoder) => {
        let blurred = nothing;
        if (look.view === "blur") {
          const across = textures.get("across", {...blurredSize, kind: "half"});
          blurred = textures.get("down", {...blurredSize, kind: "half"});
          fill(encoder, programs.blurAcross, across.view, [lookBuffer, smoothly, frame.view, labels.view, subjects.view]);
          fill(encoder, programs.blurDown, blurred.view, [lookBuffer, smoothly, across.view]);
        }
        const behind = pictured ? textures.get("backdrop", {...backdropSize!, kind: "bytes"}) : nothing;
        const notes = annotated ? textures.get("notes", {...size, kind: "bytes"}) : nothing;
        const sources = [frame, labels, colours, subjects, blurred, behind, notes].map(({view}) => view);
        fill(encoder, programs.compose, context.getCurrentTexture().createView(), [lookBuffer, smoothly, ...sources]);
      });
    },

    picture: () => canvas.transferToImageBitmap(),
    settled: () => queue.onSubmittedWorkDone(),

    async survey() {
      if (!labelled) throw new Error("There is nothing to look at before a frame is labelled.");
      const {labels} = labelled;
      const size = surveySize(labels);
      const bytesPerRow = Math.ceil((size.width * 4) / ROW_ALIGNMENT) * ROW_ALIGNMENT;
      const buffer = (surveyBuffer = sized(surveyBuffer, bytesPerRow * size.height, COPY_DST | MAP_READ));
      const target = textures.get("survey", {...size, kind: "bytes"});
      submit((encoder) => {
        fill(encoder, programs.survey, target.view, [labellingBuffer, labels.view]);
        encoder.copyTextureToBuffer({texture: target.texture}, {buffer, bytesPerRow}, [size.width, size.height]);
      });
      await buffer.mapAsync(GPUMapMode.READ);
      const pixels = new Uint8Array(buffer.getMappedRange());
      const ids = Uint8Array.from(
        {length: size.width * size.height},
        (_, index) => pixels[Math.floor(index / size.width) * bytesPerRow + (index % size.width) * 4]!
      );
      buffer.unmap();
      return {...size, ids};
    },

    get bytes() {
      return buffers().reduce((sum, {size}) => sum + size, textures.bytes);
    },

    dispose() {
      textures.dispose();
      for (const buffer of buffers()) buffer.destroy();
      context.unconfigure();
    }
  };
}
