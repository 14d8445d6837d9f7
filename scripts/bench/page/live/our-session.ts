import {connectEngine} from "../../../../src/lab/engine-client.js";
import type {Palette} from "../../../../src/formats/label-colours.js";
import type {FrameFacts, FromSession, StageTimes, ToSession} from "../../../../src/worker/live/messages.js";
import type {BackendId} from "../../../../src/worker/protocol.js";
import type {LiveVariant} from "../../live/comparisons.js";
import type {FrameReader} from "../../../../src/media/frames.js";
import type {Camera} from "./camera.js";
import {finish} from "./finish.js";
import {mailbox} from "./mailbox.js";
import {LOOK} from "./overlay-look.js";

/** A live session of the site's engine in its worker, given one frame at a time. */
export interface OurSession {
  readonly palette: Palette;
  /** Who reads the frames. */
  readonly reader: FrameReader;
  /** @param frame is handed over @returns the frame under its mask, and the milliseconds from handing one over to having the other drawn */
  run(
    frame: VideoFrame,
    variant: LiveVariant
  ): Promise<{readonly picture: ImageBitmap; readonly milliseconds: number; readonly facts: FrameFacts}>;
  /** What the stages of a frame take, each waited for. */
  stages(camera: Camera, variant: LiveVariant): Promise<StageTimes>;
  close(): Promise<void>;
}

/** Milliseconds; where a GPU is emulated some frames alone take many seconds. */
const STAGES_TIMEOUT = 120_000;

/** @throws Error with a sentence for the reader, also where the engine finds no worker */
export async function openSession({
  modelUrl,
  backend,
  variant
}: {
  modelUrl: string;
  backend: BackendId;
  variant: LiveVariant;
}): Promise<OurSession> {
  const engine = connectEngine();
  const {where} = await engine.capabilities();
  if (!where.worker) throw new Error(`The engine does not run in a worker, as it does on the site: ${where.reason}`);

  const started = mailbox<Extract<FromSession, {kind: "started"}>>();
  const wanted = mailbox<void>();
  const drawn = mailbox<{picture: ImageBitmap; facts: FrameFacts}>();
  let port: MessagePort | null = null;
  const send = (message: ToSession, transfer: Transferable[] = []) => port!.postMessage(message, transfer);
  const ended = engine
    .live({modelUrl, backend, look: LOOK, ...variant}, (opened) => {
      port = opened;
      port.onmessage = ({data}: MessageEvent<FromSession>) => {
        if (data.kind === "started") started.put(data);
        else if (data.kind === "wanted") wanted.put();
        // Without facts it is the frame before, drawn anew because the look was told again.
        else if (data.kind === "picture" && data.facts === null) data.picture.close();
        else if (data.kind === "picture") drawn.put({picture: data.picture, facts: data.facts!});
      };
    })
    .then(() => new Error("The live session has ended."))
    .catch((error: unknown) => error)
    .then((reason) => {
      for (const box of [started, wanted, drawn]) box.fail(reason);
    });
  const {palette, reader} = await started.take();

  let current = variant;
  const run: OurSession["run"] = async (frame, variant) => {
    await wanted.take();
    if (variant !== current) {
      send({kind: "run", run: variant});
      send({kind: "look", look: LOOK, labelling: variant.labelling});
      current = variant;
    }
    const start = performance.now();
    send({kind: "frame", frame, capturedAt: performance.timeOrigin + start}, [frame]);
    const {picture, facts} = await drawn.take();
    finish(picture);
    return {picture, facts, milliseconds: performance.now() - start};
  };

  return {
    palette,
    reader,
    run,
    async stages(camera, variant) {
      // The first after another variant still allocates.
      (await run(await camera.take(reader), variant)).picture.close();
      // On a device that works by itself the session waits for the stages of one frame a second or so.
      for (const start = performance.now(); ;) {
        const {picture, facts} = await run(await camera.take(reader), variant);
        picture.close();
        if (facts.stages) return facts.stages;
        if (performance.now() - start > STAGES_TIMEOUT) throw new Error("The session does not say what the stages of a frame take.");
      }
    },
    async close() {
      send({kind: "stop"});
      await ended;
      engine.dispose();
    }
  };
}
