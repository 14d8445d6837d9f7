/** Runs inside Chromium: what many frames and many sessions leave behind. */
import * as tf from "@tensorflow/tfjs-core";
import {createHost} from "../../../src/worker/host.js";
import type {Host} from "../../../src/worker/host.js";
import type {FromSession, LiveOptions, ToSession} from "../../../src/worker/live/messages.js";
import type {BackendId} from "../../../src/worker/protocol.js";

export interface Footprint {
  readonly numTensors: number;
  readonly numBytes: number;
  readonly bytesInGPU: number;
  readonly drawingBytes: number;
  readonly heapBytes: number;
}

/** The browser's, where it was started with flags that tell. */
const {gc, performance: told} = globalThis as unknown as {gc(): void; performance: Performance & {memory: {usedJSHeapSize: number}}};

const LOOK: LiveOptions["look"] = {
  view: "overlay",
  opacity: 0.6,
  mirror: false,
  hidden: [0],
  subject: [15],
  backdrop: [0, 0, 0],
  names: true
};
const FRAMES_A_SESSION = 5;
const VIEWS = ["overlay", "side-by-side", "mask", "blur", "background", "isolate"] as const;

/** Footprints after every so many frames of one session, whose frames, views and ways to label change all the time. */
export async function frames(backend: BackendId, modelUrl: string, count: number, every: number): Promise<Footprint[]> {
  const found: Footprint[] = [];
  const host = createHost(() => {});
  await session(host, backend, modelUrl, {count, every}, async (drawingBytes) => {
    found.push(await footprint(drawingBytes));
  });
  host.dispose();
  return found;
}

/** Footprints after each of so many sessions. */
export async function sessions(backend: BackendId, modelUrl: string, count: number): Promise<Footprint[]> {
  const host = createHost(() => {});
  const found: Footprint[] = [];
  for (let i = 0; i < count; i++) {
    await session(host, backend, modelUrl, {count: FRAMES_A_SESSION, every: FRAMES_A_SESSION}, async () => {});
    found.push(await footprint(0));
  }
  host.dispose();
  return found;
}

/** Shows so many frames, and after every so many of them lets the caller look while no frame is on its way. */
async function session(
  host: Host,
  backend: BackendId,
  modelUrl: string,
  {count, every}: {readonly count: number; readonly every: number},
  look: (drawingBytes: number) => Promise<void>
): Promise<void> {
  const {port1: page, port2: port} = new MessageChannel();
  const send = (message: ToSession, transfer: Transferable[] = []) => page.postMessage(message, transfer);
  const scene = new OffscreenCanvas(96, 72);
  const context = scene.getContext("2d")!;
  let sent = 0;
  let shown = 0;
  /** The last frame after which the caller looked. */
  let lookedAt = 0;
  /** Whether the session wants a frame that is kept until the caller has looked. */
  let waits = false;
  const sendFrame = async () => {
    sent++;
    context.fillStyle = `hsl(${sent * 7} 70% 50%)`;
    context.fillRect((sent * 5) % 96, 10, 30, 40);
    const frame = await createImageBitmap(scene);
    send({kind: "frame", frame, capturedAt: Date.now()}, [frame]);
  };
  page.onmessage = async ({data}: MessageEvent<FromSession>) => {
    if (data.kind === "wanted") {
      waits = sent % every === 0 && sent > lookedAt;
      if (!waits) await sendFrame();
    } else if (data.kind === "picture") {
      data.picture.close();
      if (!data.facts) return;
      const number = ++shown;
      if (number % every === 0) {
        await look(data.facts.drawingBytes);
        lookedAt = number;
      }
      if (number === count) return send({kind: "stop"});
      send({
        kind: "look",
        look: {...LOOK, view: VIEWS[number % VIEWS.length]!},
        labelling: {smoothing: number % 3 === 0, edges: number % 5 === 0}
      });
      if (waits && lookedAt === sent) {
        waits = false;
        await sendFrame();
      }
    }
  };
  await host.live(port, {modelUrl, backend, outputStride: 16, inputSize: 65, look: LOOK, labelling: {smoothing: true, edges: true}});
  page.close();
}

async function footprint(drawingBytes: number): Promise<Footprint> {
  // What is on its way, and what the first collection only marks, goes with the second.
  gc();
  await new Promise((resolve) => setTimeout(resolve, 30));
  gc();
  const {numTensors, numBytes, ...device} = tf.memory() as tf.MemoryInfo & {numBytesInGPU?: number};
  return {numTensors, numBytes, bytesInGPU: device.numBytesInGPU ?? 0, drawingBytes, heapBytes: told.memory.usedJSHeapSize};
}
