import type {Model} from "../../engine/model.js";
import {plan as planRun} from "../../engine/plan.js";
import type {Plan} from "../../engine/plan.js";
import {covered} from "../../engine/labels/postprocess.js";
import {run} from "../../engine/run.js";
import type {DeviceWeights} from "../../engine/weights.js";
import {nameWriter} from "../../media/live/names.js";
import type {Survey} from "../../media/live/renderer.js";
import {memory} from "../memory.js";
import type {Progress} from "../protocol.js";
import {stopwatch} from "../stopwatch.js";
import {warmUp} from "../warm-up.js";
import {liveDrawing} from "./drawing.js";
import type {TakenFrame} from "./drawing.js";
import {frameBox} from "./frame-box.js";
import type {FromSession, LiveOptions, LiveRun, StageTimes, ToSession} from "./messages.js";

/** Milliseconds between looks at the class map, for the legend and the names. */
const SURVEY_EVERY = 250;
/** Milliseconds between frames that wait for each stage, to know what it takes, on a device that works by itself. */
const STAGED_EVERY = 1000;

/** A frame on its way through the session. */
interface Upcoming extends TakenFrame {
  readonly capturedAt: number;
  /** When its upload began. */
  readonly start: number;
  /** Milliseconds; null where nobody waited for its end. */
  readonly uploadTime: number | null;
  readonly run: LiveRun;
}

/**
 * Segments frames as they come and sends back pictures, until the page says stop: it asks for the newest frame, uploads
 * it while the one before is computed, and draws each frame with its own class map.
 *
 * @throws Error with a sentence for the reader
 */
export async function liveSession(options: {
  readonly port: MessagePort;
  readonly model: Model;
  readonly weights: DeviceWeights;
  readonly start: LiveOptions;
  readonly onProgress: (progress: Progress) => void;
}): Promise<void> {
  const {port, model, weights, start, onProgress} = options;
  const {classes, palette} = model.card;
  const post = (message: FromSession, transfer: Transferable[] = []) => port.postMessage(message, transfer);
  const drawing = liveDrawing(start.backend, {palette});
  const {renderer} = drawing;
  const writeNames = nameWriter(classes, palette);
  const frames = frameBox(() => post({kind: "wanted"}));

  let {look, labelling} = start;
  let wantedRun: LiveRun = {outputStride: start.outputStride, inputSize: start.inputSize};
  let planned: {key: string; plan: Plan} | null = null;
  let surveyed: {survey: Survey; at: number} | null = null;
  let frameSize: TakenFrame["size"] | null = null;
  let lastDone = performance.now();
  let upcoming: Promise<Upcoming | null> | null = null;
  let lastStaged = -Infinity;
  /** Whether a frame is being computed; otherwise what stands is drawn anew when its look changes. */
  let computing = false;
  let outdated = false;
  /** The last picture of a frame drawn anew, on its way. */
  let redrawn = Promise.resolve();

  port.onmessage = ({data}: MessageEvent<ToSession>) => {
    switch (data.kind) {
      case "frame":
        return frames.put(data);
      case "run":
        wantedRun = data.run;
        return;
      case "look":
        ({look, labelling} = data);
        return redraw();
      case "backdrop":
        renderer.backdrop(data.picture);
        data.picture.close();
        return redraw();
      case "stop":
        return frames.close();
    }
  };

  async function upload(staged: boolean): Promise<Upcoming | null> {
    const next = await frames.take();
    if (!next) return null;
    const start = performance.now();
    const run = wantedRun;
    const taken = takenFrom(next.frame, run.inputSize);
    if (staged) await Promise.all([drawing.computed(taken.input), renderer.settled()]);
    return {...taken, capturedAt: next.capturedAt, start, uploadTime: staged ? performance.now() - start : null, run};
  }

  /** The frame is read at once, and let go at once: where the device is lost, what waits for it may wait for ever. */
  function takenFrom(frame: VideoFrame | ImageBitmap, inputSize: LiveRun["inputSize"]): TakenFrame {
    try {
      return drawing.take(frame, inputSize);
    } finally {
      frame.close();
    }
  }

  async function planFor({fit, run: {outputStride}, input}: Upcoming): Promise<Plan> {
    const {height, width} = fit;
    const key = [height, width, outputStride].join(" ");
    if (planned?.key !== key) {
      planned = {key, plan: planRun(model.network, {height, width, outputStride})};
      await warmUp(planned.plan, weights, input, onProgress);
    }
    return planned.plan;
  }

  async function compute(frame: Upcoming): Promise<void> {
    const {uploadTime, fit, input} = frame;
    let stages: StageTimes | null = null;
    try {
      const plan = await planFor(frame);
      const clock = stopwatch();
      const {logits} = run(plan, weights, input);
      try {
        if (uploadTime !== null) await drawing.computed(logits);
        const network = clock();
        const [, height, width, classes] = logits.shape;
        const now = performance.now();
        drawing.label(logits, {height, width, classes, covered: covered(fit)}, labelling, now - lastDone);
        lastDone = now;
        if (uploadTime !== null) await renderer.settled();
        const upsampling = clock();
        frameSize = frame.size;
        outdated = false;
        const picture = await drawn();
        if (uploadTime !== null) stages = {upload: uploadTime, network, upsampling, drawing: clock()};
        const facts = {
          capturedAt: frame.capturedAt,
          elapsed: performance.now() - frame.start,
          stages,
          run: frame.run,
          memory: memory(),
          drawingBytes: renderer.bytes
        };
        post({kind: "picture", picture, facts}, [picture]);
      } finally {
        logits.dispose();
      }
    } finally {
      input.dispose();
    }
    if (!surveyed || performance.now() - surveyed.at >= SURVEY_EVERY) await survey();
  }

  async function survey(): Promise<void> {
    surveyed = {survey: await renderer.survey(), at: performance.now()};
    writeNotes();
    post({kind: "survey", survey: surveyed.survey});
  }

  function writeNotes(): void {
    renderer.annotate(look.names && surveyed && frameSize ? writeNames(surveyed.survey, frameSize, look) : null);
  }

  /** Draws the frame that stands in the look of now. */
  function redraw(): void {
    outdated = true;
    if (computing || !frameSize) return;
    outdated = false;
    writeNotes();
    redrawn = drawn().then(
      (picture) => post({kind: "picture", picture, facts: null}, [picture]),
      // The next frame fails too, and says so.
      () => {}
    );
  }

  /** The labelled frame's picture, once it is whole and those before it are handed on: one of a device that was lost meanwhile is blank. */
  function drawn(): Promise<ImageBitmap> {
    renderer.draw(look);
    const picture = renderer.picture();
    return Promise.all([renderer.settled(), redrawn]).then(
      () => picture,
      (error: unknown) => {
        picture.close();
        throw error;
      }
    );
  }

  const isStaged = () => {
    if (!drawing.overlaps) return true;
    const now = performance.now();
    if (now - lastStaged < STAGED_EVERY) return false;
    lastStaged = now;
    return true;
  };
  try {
    post({kind: "started", classes, palette, drawnBy: drawing.name, reader: drawing.reader});
    let present = await upload(isStaged());
    while (present) {
      computing = true;
      const staged = isStaged();
      const done = compute(present).finally(() => {
        computing = false;
        if (outdated) redraw();
      });
      // A frame whose stages are timed shares the device with nobody.
      const alone = !drawing.overlaps || staged || present.uploadTime !== null;
      upcoming = alone ? done.then(() => upload(staged)) : upload(false);
      await Promise.all([done, upcoming]);
      present = await upcoming;
      upcoming = null;
    }
  } finally {
    frames.close();
    // Uploaded ahead of a frame that failed.
    void upcoming?.then((frame) => frame?.input.dispose()).catch(() => {});
    renderer.dispose();
    port.close();
  }
}
