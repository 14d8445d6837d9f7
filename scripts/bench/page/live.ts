import type {Size} from "../../../src/media/live/renderer.js";
import type {StageTimes} from "../../../src/worker/live/messages.js";
import {activateBackend} from "../../../src/worker/backends.js";
import type {LiveComparison, LiveVariant} from "../live/comparisons.js";
import type {FrameReader} from "../../../src/media/frames.js";
import {openCamera} from "./live/camera.js";
import {canvasSide} from "./live/canvas-side.js";
import type {CanvasSide} from "./live/canvas-side.js";
import {openSession} from "./live/our-session.js";
import {openClassicGraph} from "./live/classic-graph.js";
import {openLiteRt} from "./litert.js";

/** Milliseconds of every timed frame, in the order in which they came. */
export interface TimedLive {
  readonly peerMs: number[];
  readonly ours: {
    readonly variant: LiveVariant;
    /** From the frame in the page's hand to the picture in its hand. */
    readonly ms: number[];
    /** What of it the worker measured. */
    readonly workerMs: number[];
    /** Of frames whose stages were waited for. */
    readonly stages: StageTimes[];
    /** Share of the pixels whose colours agree in the two pictures of one frame, 0-1. */
    readonly agreement: number;
  }[];
}

/** What a video shows, which is what demos draw. */
const SHOWN: FrameReader = "gpu";
/** Frames whose stages are waited for; where a GPU works by itself that is one a second or so. */
const STAGED_FRAMES = 3;

/** Colours further apart than this in a channel, of 255, are different ones: the sides convert and scale video in ways of their own. */
const TOLERANCE = 32;

/**
 * Times our live session in its worker, and a peer in the page, from a camera's frame to its picture: one frame after the
 * other, the sides in turn. In its turn each side is given a frame that is not counted, then one that is.
 */
export async function compareLive({peer, backend, frame, peerInput, variants, urls}: LiveComparison, runs: number): Promise<TimedLive> {
  const camera = await openCamera(frame);
  const session = await openSession({modelUrl: new URL(urls.ours, location.href).href, backend, variant: variants[0]!});
  const theirs = await openPeer();
  const {reader} = session;
  const peerMs: number[] = [];
  const ours = variants.map((variant) => ({
    variant,
    ms: [] as number[],
    workerMs: [] as number[],
    stages: [] as StageTimes[],
    agreement: 0
  }));
  try {
    await compareOneFrame();
    for (let i = 0; i < runs; i++) {
      for (const {variant, ms, workerMs, stages} of ours) {
        (await session.run(await camera.take(reader), variant)).picture.close();
        const {picture, milliseconds, facts} = await session.run(await camera.take(reader), variant);
        picture.close();
        ms.push(milliseconds);
        workerMs.push(facts.elapsed);
        if (facts.stages) stages.push(facts.stages);
      }
      (await theirs.run(await camera.take(SHOWN))).picture.close();
      const {picture, milliseconds} = await theirs.run(await camera.take(SHOWN));
      picture.close();
      peerMs.push(milliseconds);
    }
    for (const {variant, stages} of ours)
      while (stages.length < Math.min(runs, STAGED_FRAMES)) stages.push(await session.stages(camera, variant));
  } finally {
    theirs.dispose();
    await session.close();
    camera.close();
  }
  return {peerMs, ours};

  async function openPeer(): Promise<CanvasSide> {
    if (peer === "litert") {
      const liteRt = await openLiteRt(urls.peer, backend === "webgpu" ? "webgpu" : "wasm");
      return canvasSide(session.palette, {
        input: peerInput,
        readBack: true,
        labels: async (context) => ({
          ...peerInput,
          labels: await liteRt.segment(context.getImageData(0, 0, peerInput.width, peerInput.height).data)
        }),
        dispose: liteRt.dispose
      });
    }
    await activateBackend(backend);
    return canvasSide(session.palette, await openClassicGraph(urls.peer, frame, peerInput.width, backend));
  }

  /** How alike the two sides' pictures of one frame are; the first run of each, which is not timed. */
  async function compareOneFrame(): Promise<void> {
    const taken = await camera.take(reader);
    const copies = ours.map(() => taken.clone());
    const expected = pixelsOf((await theirs.run(taken)).picture);
    for (const [index, one] of ours.entries())
      one.agreement = shareAlike(pixelsOf((await session.run(copies[index]!, one.variant)).picture), expected);
  }
}

function pixelsOf(picture: ImageBitmap): Uint8ClampedArray {
  const {width, height}: Size = picture;
  const context = new OffscreenCanvas(width, height).getContext("2d", {willReadFrequently: true})!;
  context.drawImage(picture, 0, 0);
  picture.close();
  return context.getImageData(0, 0, width, height).data;
}

function shareAlike(a: Uint8ClampedArray, b: Uint8ClampedArray): number {
  if (a.length !== b.length) throw new Error(`The two sides' pictures differ in size: ${a.length / 4} and ${b.length / 4} pixels.`);
  let alike = 0;
  for (let i = 0; i < a.length; i += 4) {
    if ([0, 1, 2].every((channel) => Math.abs(a[i + channel]! - b[i + channel]!) <= TOLERANCE)) alike++;
  }
  return alike / (a.length / 4);
}
