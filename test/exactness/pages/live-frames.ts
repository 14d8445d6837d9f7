/** Runs inside Chromium: whether each picture of a live session shows a frame with that frame's own mask. */
import {createHost} from "../../../src/worker/host.js";
import type {FromSession, LiveOptions, ToSession} from "../../../src/worker/live/messages.js";
import type {BackendId} from "../../../src/worker/protocol.js";

export interface Shown {
  /** Whether it came by itself for a new frame, or because the look changed. */
  readonly redrawn: boolean;
  /** Mean difference of the picture's left half from each photo, 0-255. */
  readonly fromPhoto: number[];
  /** Share of the right half's pixels, 0-1, that have the colour of each photo's own class map. */
  readonly likeMask: number[];
}

const WIDTH = 128;
const HEIGHT = 96;
const INPUT = 129;

/**
 * Sends photos in turn as frames, changes the look in between, and tells what each picture showed.
 *
 * @param pictures how many to wait for
 */
export async function showFrames(backend: BackendId, modelUrl: string, photoUrls: readonly string[], pictures: number): Promise<Shown[]> {
  const host = createHost(() => {});
  const photos = await Promise.all(photoUrls.map(loadPhoto));
  const masks: Uint8ClampedArray[] = [];
  const {signal} = new AbortController();
  for (const {width, height, data} of photos) {
    const {labels, palette} = await host.segment(
      {width, height, rgba: data},
      {modelUrl, backend, outputStride: 16, inputSize: INPUT},
      signal
    );
    masks.push(Uint8ClampedArray.from(Array.from(labels, (id) => [...palette[id]!, 255]).flat()));
  }

  const look: LiveOptions["look"] = {
    view: "side-by-side",
    opacity: 1,
    mirror: false,
    hidden: [],
    subject: [],
    backdrop: [0, 0, 0],
    names: false
  };
  const labelling = {smoothing: false, edges: false};
  const {port1: page, port2: port} = new MessageChannel();
  const send = (message: ToSession, transfer: Transferable[] = []) => page.postMessage(message, transfer);
  const shown: Shown[] = [];
  let sent = 0;
  page.onmessage = async ({data}: MessageEvent<FromSession>) => {
    if (data.kind === "wanted") {
      const frame = await createImageBitmap(photos[sent++ % photos.length]!);
      send({kind: "frame", frame, capturedAt: 0}, [frame]);
    } else if (data.kind === "picture") {
      // One more may be on its way when the session is told to stop.
      if (shown.length === pictures) return data.picture.close();
      shown.push(described(data.picture, data.facts === null));
      // Between two frames, and while the next is on its way.
      if (shown.length % 3 === 0) send({kind: "look", look: {...look, opacity: shown.length / 100}, labelling});
      if (shown.length === pictures) send({kind: "stop"});
    }
  };
  await host.live(port, {modelUrl, backend, outputStride: 16, inputSize: INPUT, look, labelling});
  host.dispose();
  return shown;

  function described(picture: ImageBitmap, redrawn: boolean): Shown {
    const left = pixelsOf(picture, 0);
    const right = pixelsOf(picture, WIDTH);
    picture.close();
    return {
      redrawn,
      fromPhoto: photos.map(({data}) => meanDifference(left, data)),
      likeMask: masks.map((mask) => shareOfEqual(right, mask))
    };
  }
}

async function loadPhoto(url: string): Promise<ImageData> {
  const bitmap = await createImageBitmap(await (await fetch(url)).blob(), {
    resizeWidth: WIDTH,
    resizeHeight: HEIGHT,
    resizeQuality: "high"
  });
  const context = contextOf();
  context.drawImage(bitmap, 0, 0);
  return context.getImageData(0, 0, WIDTH, HEIGHT);
}

function pixelsOf(picture: ImageBitmap, left: number): Uint8ClampedArray {
  const context = contextOf();
  context.drawImage(picture, -left, 0);
  return context.getImageData(0, 0, WIDTH, HEIGHT).data;
}

function contextOf(): OffscreenCanvasRenderingContext2D {
  return new OffscreenCanvas(WIDTH, HEIGHT).getContext("2d", {willReadFrequently: true})!;
}

function meanDifference(a: Uint8ClampedArray, b: Uint8ClampedArray): number {
  return a.reduce((sum, value, index) => sum + Math.abs(value - b[index]!), 0) / a.length;
}

function shareOfEqual(a: Uint8ClampedArray, b: Uint8ClampedArray): number {
  let equal = 0;
  for (let at = 0; at < a.length; at += 4) equal += Number([0, 1, 2].every((c) => Math.abs(a[at + c]! - b[at + c]!) <= 1));
  return equal / (a.length / 4);
}
