/** Runs inside Chromium: which frame a live session's pictures show. */
import {createHost} from "../../../src/worker/host.js";
import type {FromSession, LiveOptions, ToSession} from "../../../src/worker/live/messages.js";
import type {BackendId} from "../../../src/worker/protocol.js";

const WIDTH = 96;
const HEIGHT = 72;
/** The picture is the frame, without any mask over it. */
const LOOK: LiveOptions["look"] = {view: "overlay", opacity: 0, mirror: false, hidden: [], subject: [], backdrop: [0, 0, 0], names: false};
/** The network's input at first and after a few frames, when there are shaders to compile again. */
const INPUT_SIZES = [33, 17] as const;
const CHANGE_AT = 4;

/** For each picture the frame that it is said to be and the one that it shows, told by its grey. */
export async function shown(backend: BackendId, modelUrl: string, count: number): Promise<{said: number; seen: number}[]> {
  const {port1: page, port2: port} = new MessageChannel();
  const send = (message: ToSession, transfer: Transferable[] = []) => page.postMessage(message, transfer);
  const context = new OffscreenCanvas(WIDTH, HEIGHT).getContext("2d", {willReadFrequently: true})!;
  const found: {said: number; seen: number}[] = [];
  let sent = 0;
  page.onmessage = async ({data}: MessageEvent<FromSession>) => {
    if (data.kind === "wanted") {
      const grey = ++sent;
      context.fillStyle = `rgb(${grey} ${grey} ${grey})`;
      context.fillRect(0, 0, WIDTH, HEIGHT);
      if (sent === CHANGE_AT) send({kind: "run", run: {outputStride: 16, inputSize: INPUT_SIZES[1]}});
      const frame = await createImageBitmap(context.canvas);
      send({kind: "frame", frame, capturedAt: grey}, [frame]);
    } else if (data.kind === "picture" && data.facts) {
      context.drawImage(data.picture, 0, 0);
      data.picture.close();
      found.push({said: data.facts.capturedAt, seen: context.getImageData(WIDTH / 2, HEIGHT / 2, 1, 1).data[0]!});
      if (found.length === count) send({kind: "stop"});
    }
  };
  const host = createHost(() => {});
  await host.live(port, {modelUrl, backend, outputStride: 16, inputSize: INPUT_SIZES[0], look: LOOK, labelling: {smoothing: false, edges: false}});
  host.dispose();
  page.close();
  return found;
}
