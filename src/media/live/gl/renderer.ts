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
import {INPUT} from "../stages/input.js";
import {LABEL} from "../stages/label.js";
import {REMEMBER} from "../stages/remember.js";
import {SURVEY} from "../stages/survey.js";
import {WINNERS} from "../stages/winners.js";
import {IDS, paletteName, paletteTable, subjectTable} from "../tables.js";
import {fence} from "./fence.js";
import {glPasses} from "./passes.js";
import {fillProgram} from "./programs.js";
import {glTextures} from "./textures.js";
import type {KeptTexture} from "./textures.js";

/** Logits for WebGL: an array, or a texture of the same context in which four values follow one another in each texel. */
export type GlLogits = Float32Array | {readonly texture: WebGLTexture};

export interface GlRenderer extends LiveRenderer<GlLogits> {
  /** The uploaded frame as the network takes it: red, green and blue in [-1, 1], fit.height x fit.width floats, kept until the next one. */
  input(fit: Fit): WebGLTexture;
}

/** Texels in a row of the texture that logits are put in. */
const LOGITS_ROW = 1024;

/**
 * Draws with WebGL 2 on the context's own canvas, which may be one that TensorFlow.js computes on: which sets
 * what it needs for each program of its own, but for scissor and culling.
 *
 * @throws Error when the context cannot draw into textures of half floats
 */
export function glRenderer(gl: WebGL2RenderingContext, {palette, detail}: RendererOptions): GlRenderer {
  if (!gl.getExtension("EXT_color_buffer_float") && !gl.getExtension("EXT_color_buffer_half_float")) {
    throw new Error("This graphics driver cannot keep logits: it does not draw into textures of half floats.");
  }
  const canvas = gl.canvas as OffscreenCanvas;
  const textures = glTextures(gl);
  const programs = mapValues({INPUT, GUIDE, REMEMBER, WINNERS, LABEL, SURVEY, BLUR, COMPOSE}, ({glsl}) => fillProgram(gl, glsl));
  const passes = glPasses(gl);
  const {drawing, fill, sample} = passes;
  const pixelBuffer = gl.createBuffer();
  /** A frame is uploaded beside the one that is drawn; the same goes for what is remembered. */
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
  /** Logits on their way to their texture, padded to whole rows. */
  let padded = new Float32Array(0);

  function logitsTexture(values: GlLogits): {texture: WebGLTexture; layers: null} {
    if (!(values instanceof Float32Array)) return {texture: values.texture, layers: null};
    const texels = Math.ceil(values.length / 4);
    const kept = textures.get("logits", {width: LOGITS_ROW, height: Math.ceil(texels / LOGITS_ROW), kind: "float"});
    if (padded.length !== kept.width * kept.height * 4) padded = new Float32Array(kept.width * kept.height * 4);
    padded.set(values);
    gl.bindTexture(gl.TEXTURE_2D, kept.texture);
    gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, 0, kept.width, kept.height, gl.RGBA, gl.FLOAT, padded);
    return {texture: kept.texture, layers: null};
  }
  const nameOf = (what: string, slot: number) => `${what} ${slot}`;

  return {
    upload(frame) {
      drawing(() => {
        uploaded = slots.put(sizeOf(frame));
        gl.bindTexture(gl.TEXTURE_2D, frameTexture(uploaded).texture);
        gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, 0, gl.RGBA, gl.UNSIGNED_BYTE, frame);
      });
    },

    input(fit) {
      if (!uploaded) throw new Error("There is no frame to make an input of.");
      const {width, height} = uploaded;
      const {INPUT} = programs;
      const target = textures.get("input", {width: fit.width, height: fit.height, kind: "float"});
      drawing(() => {
        sample(INPUT, {frame: frameTexture(uploaded!)});
        gl.uniform2f(INPUT.uniform("resized"), fit.resizedWidth, fit.resizedHeight);
        gl.uniform1i(INPUT.uniform("halvings"), halvings(height, width, fit));
        fill(INPUT, target, fit);
      });
      return target.texture;
    },

    label(values, grid, {smoothing, edges}, milliseconds) {
      drawing(() => {
        const {width, height, classes, covered} = grid;
        const cells = {width, height};
        const slot = slots.next();
        const frame = frameTexture(slot);
        const logits = logitsTexture(values);

        const before = nameOf("", rememberedAt);
        const now = nameOf("", (rememberedAt = 1 - rememberedAt));
        const guide = textures.get(`guide${now}`, {...cells, kind: "bytes"});
        const guideBefore = textures.get(`guide${before}`, {...cells, kind: "bytes"});
        if (smoothing || edges) {
          sample(programs.GUIDE, {frame});
          gl.uniform2f(programs.GUIDE.uniform("cells"), width, height);
          gl.uniform2f(programs.GUIDE.uniform("covered"), covered.width, covered.height);
          fill(programs.GUIDE, guide, cells);
        }

        const layers = Math.ceil(classes / 4);
        const remembered = textures.get(`logits${now}`, {...cells, layers, kind: "half", smooth: true});
        const rememberedBefore = textures.get(`logits${before}`, {...cells, layers, kind: "half", smooth: true});
        const gridName = JSON.stringify(grid);
        sample(programs.REMEMBER, {logits, before: rememberedBefore, guide, guideBefore});
        gl.uniform1i(programs.REMEMBER.uniform("classes"), classes);
        gl.uniform1i(programs.REMEMBER.uniform("columns"), width);
        gl.uniform1f(programs.REMEMBER.uniform("kept"), smoothing && rememberedGrid === gridName ? keptShare(milliseconds) : 0);
        for (let layer = 0; layer < layers; layer++) {
          gl.uniform1i(programs.REMEMBER.uniform("layer"), layer);
          fill(programs.REMEMBER, remembered, cells, layer);
        }
        rememberedGrid = smoothing ? gridName : "";

        const winners = textures.get("winners", {...cells, kind: "bytes"});
        sample(programs.WINNERS, {logits: remembered});
        gl.uniform1i(programs.WINNERS.uniform("classes"), classes);
        fill(programs.WINNERS, winners, cells);

        const size = labelSize(slot, detail);
        const labels = textures.get("labels", {...size, kind: "bytes"});
        sample(programs.LABEL, {frame, guide, winners, logits: remembered});
        gl.uniform1i(programs.LABEL.uniform("classes"), classes);
        gl.uniform2f(programs.LABEL.uniform("size"), size.width, size.height);
        gl.uniform2f(programs.LABEL.uniform("covered"), covered.width, covered.height);
        gl.uniform1i(programs.LABEL.uniform("edges"), Number(edges));
        fill(programs.LABEL, labels, size);
        labelled = {frame, labels};
      });
    },

    annotate(notes) {
      noteSize = notes && {width: notes.width, height: notes.height};
      if (notes) picture("notes", notes);
    },

    backdrop(image) {
      backdropSize = {width: image.width, height: image.height};
      picture("backdrop", image);
    },

    draw(look) {
      if (!labelled) throw new Error("There is nothing to draw before a frame is labelled.");
      const {frame, labels} = labelled;
      drawing(() => {
        const size = liveViewSize(frame, look.view);
        if (canvas.width !== size.width || canvas.height !== size.height) Object.assign(canvas, size);
        const colours = tableOf(paletteName(look), look.hidden, () => paletteTable(palette, look));
        const subjects = tableOf("subjects", look.subject, () => subjectTable(look.subject));
        const blurred = look.view === "blur" ? blur(frame, labels, subjects) : frame;
        const nothing = textures.get("nothing", {width: 1, height: 1, kind: "bytes"});
        const pictured = look.backdrop === "picture" && backdropSize !== null;
        const annotated = noteSize !== null && noteSize.width === size.width && noteSize.height === size.height;
        const {COMPOSE} = programs;
        sample(COMPOSE, {
          frame,
          labels,
          palette: colours,
          subjects,
          blurred,
          backdrop: pictured ? pictureTexture("backdrop", backdropSize!) : nothing,
          annotations: annotated ? pictureTexture("notes", size) : nothing
        });
        gl.uniform2f(COMPOSE.uniform("size"), size.width, size.height);
        gl.uniform1i(COMPOSE.uniform("view"), LIVE_VIEWS.indexOf(look.view));
        gl.uniform1f(COMPOSE.uniform("opacity"), look.opacity);
        gl.uniform1f(COMPOSE.uniform("outline"), outlineOpacity(look.opacity));
        const {straight, diagonal} = outlineReach(labels);
        gl.uniform2i(COMPOSE.uniform("reach"), straight, diagonal);
        gl.uniform1i(COMPOSE.uniform("mirrored"), Number(look.mirror));
        const [r, g, b] = look.backdrop === "picture" ? [0, 0, 0] : look.backdrop;
        gl.uniform3f(COMPOSE.uniform("colour"), r / 255, g / 255, b / 255);
        gl.uniform1i(COMPOSE.uniform("pictured"), Number(pictured));
        gl.uniform1i(COMPOSE.uniform("annotated"), Number(annotated));
        fill(COMPOSE, null, size);
      });
    },

    picture: () => canvas.transferToImageBitmap(),
    settled: () => fence(gl),

    async survey() {
      if (!labelled) throw new Error("There is nothing to look at before a frame is labelled.");
      const {labels} = labelled;
      const size = surveySize(labels);
      drawing(() => {
        const target = textures.get("survey", {...size, kind: "bytes"});
        sample(programs.SURVEY, {labels});
        gl.uniform2f(programs.SURVEY.uniform("size"), size.width, size.height);
        fill(programs.SURVEY, target, size);
        gl.bindBuffer(gl.PIXEL_PACK_BUFFER, pixelBuffer);
        gl.bufferData(gl.PIXEL_PACK_BUFFER, size.width * size.height * 4, gl.STREAM_READ);
        gl.readPixels(0, 0, size.width, size.height, gl.RGBA, gl.UNSIGNED_BYTE, 0);
        gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null);
      });
      await fence(gl);
      const pixels = new Uint8Array(size.width * size.height * 4);
      gl.bindBuffer(gl.PIXEL_PACK_BUFFER, pixelBuffer);
      gl.getBufferSubData(gl.PIXEL_PACK_BUFFER, 0, pixels);
      gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null);
      return {...size, ids: Uint8Array.from({length: size.width * size.height}, (_, index) => pixels[index * 4]!)};
    },

    get bytes() {
      return textures.bytes;
    },

    dispose() {
      textures.dispose();
      for (const {program} of Object.values(programs)) gl.deleteProgram(program);
      passes.dispose();
      gl.deleteBuffer(pixelBuffer);
    }
  };

  function frameTexture(slot: FrameSlot): KeptTexture {
    return pictureTexture(nameOf("frame", slot.index), slot);
  }

  /** @param size a bitmap's too, whose size is not its own property */
  function pictureTexture(name: string, {width, height}: Size): KeptTexture {
    return textures.get(name, {width, height, kind: "bytes", smooth: true});
  }

  /** Puts a picture into the texture of that name. */
  function picture(name: string, source: ImageBitmap | OffscreenCanvas): void {
    drawing(() => {
      gl.bindTexture(gl.TEXTURE_2D, pictureTexture(name, source).texture);
      gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, 0, gl.RGBA, gl.UNSIGNED_BYTE, source);
    });
  }

  /** A texture with four bytes an id, written anew when what it is made of changes. */
  function tableOf(name: string, from: unknown, bytes: () => Uint8Array): KeptTexture {
    const table = textures.get(name, {width: IDS, height: 1, kind: "bytes"});
    if (tables.get(name) === from) return table;
    tables.set(name, from);
    gl.bindTexture(gl.TEXTURE_2D, table.texture);
    gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, 0, IDS, 1, gl.RGBA, gl.UNSIGNED_BYTE, bytes());
    return table;
  }

  /** The frame without the subject, blurred: across, then down. */
  function blur(frame: KeptTexture, labels: KeptTexture, subjects: KeptTexture): KeptTexture {
    const size = {width: Math.ceil(frame.width / BLUR_SCALE), height: Math.ceil(frame.height / BLUR_SCALE)};
    const {BLUR} = programs;
    const [across, down] = ["across", "down"].map((name) => textures.get(name, {...size, kind: "half", smooth: true})) as [
      KeptTexture,
      KeptTexture
    ];
    for (const [source, target, first] of [
      [frame, across, true],
      [across, down, false]
    ] as const) {
      sample(BLUR, {source, labels, subjects});
      gl.uniform2f(BLUR.uniform("size"), size.width, size.height);
      gl.uniform2f(BLUR.uniform("direction"), Number(first), Number(!first));
      gl.uniform1i(BLUR.uniform("first"), Number(first));
      fill(BLUR, target, size);
    }
    return down;
  }
}

function mapValues<Name extends string, From, To>(from: Readonly<Record<Name, From>>, to: (value: From) => To): Record<Name, To> {
  return Object.fromEntries(Object.entries<From>(from).map(([name, value]) => [name, to(value)])) as Record<Name, To>;
}
