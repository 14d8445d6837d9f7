import type {Labelling, Look} from "../../media/live/look.js";
import type {Survey} from "../../media/live/renderer.js";
import {frameFeed} from "../../media/frames.js";
import type {FrameFeed, FrameReader} from "../../media/frames.js";
import type {FrameFacts, FromSession, LiveOptions, LiveRun, ToSession} from "../../worker/live/messages.js";
import type {EngineClient} from "../../lab/engine-client.js";

type Started = Extract<FromSession, {kind: "started"}>;

export interface LiveStream {
  run(run: LiveRun): void;
  look(look: Look, labelling: Labelling): void;
  /** @param picture is handed over; before the session is open it is let go */
  backdrop(picture: ImageBitmap): void;
  /** Lets frames through or holds them back; what stands can still change its look. */
  flow(on: boolean): void;
  /**
   * Looks at the video anew: when it was paused, plays on or shows another source. The frame of a paused video comes once
   * more, for a run or a labelling that changed.
   */
  again(): void;
  stop(): void;
}

/**
 * Streams a playing video through a live session.
 *
 * @param options.onPicture is given each picture and closes it; without facts it is the frame before in another look
 * @param options.onEnd called once: after `stop`, or with what went wrong
 */
export function liveStream(options: {
  readonly engine: EngineClient;
  readonly video: HTMLVideoElement;
  readonly start: LiveOptions;
  /** Called when the session can be told things, and again when one that was lost begins anew: it has no backdrop then. */
  onOpened(): void;
  onStarted(session: Started): void;
  /** Called for each frame of the video, segmented or not. */
  onFrame(): void;
  onPicture(picture: ImageBitmap, facts: FrameFacts | null): void;
  onSurvey(survey: Survey): void;
  onEnd(reason: unknown): void;
}): LiveStream {
  const {engine, video} = options;
  /** As the reader last wanted it, for a session that begins again. */
  let wanted = options.start;
  let port: MessagePort | null = null;
  let feed: FrameFeed | null = null;
  let reader: FrameReader = "gpu";
  let flowing = true;
  let stopped = false;
  let ended = false;
  /** Whether the session waits for a frame. */
  let asked = false;

  const send = (message: ToSession, transfer: Transferable[] = []) => port?.postMessage(message, transfer);

  /** Hands over a frame if one is asked for. One that cannot be handed over ends the session. */
  function deliver(): void {
    deliverNext().catch((reason: unknown) => {
      send({kind: "stop"});
      end(reason);
    });
  }

  async function deliverNext(): Promise<void> {
    if (!flowing || !feed || !asked) return;
    asked = false;
    const taken = await feed.take();
    // Held back meanwhile: it is asked for again when the flow goes on, which it may have done already.
    if (!taken) {
      asked = true;
      deliver();
    } else send({kind: "frame", ...taken}, [taken.frame]);
  }

  function receive(message: FromSession): void {
    switch (message.kind) {
      case "started":
        reader = message.reader;
        again();
        return options.onStarted(message);
      case "wanted":
        asked = true;
        deliver();
        return;
      case "picture":
        return stopped ? message.picture.close() : options.onPicture(message.picture, message.facts);
      case "survey":
        return stopped ? undefined : options.onSurvey(message.survey);
    }
  }

  function flow(on: boolean): void {
    flowing = on;
    if (on) feed ??= frameFeed(video, {reader, onFrame: options.onFrame});
    else {
      feed?.stop();
      feed = null;
    }
    deliver();
  }

  function again(): void {
    if (!flowing) return;
    flow(false);
    flow(true);
  }

  engine
    .live(options.start, (opened) => {
      port = opened;
      asked = false;
      port.onmessage = ({data}: MessageEvent<FromSession>) => receive(data);
      // A session that begins again begins with what the first was started with.
      if (wanted !== options.start) {
        send({kind: "run", run: {outputStride: wanted.outputStride, inputSize: wanted.inputSize}});
        send({kind: "look", look: wanted.look, labelling: wanted.labelling});
      }
      options.onOpened();
      // Stopped before there was a port to say so.
      if (stopped) send({kind: "stop"});
    })
    .then(() => end(null), end);

  function end(reason: unknown): void {
    if (ended) return;
    ended = stopped = true;
    flow(false);
    options.onEnd(reason);
  }

  return {
    run(run) {
      wanted = {...wanted, ...run};
      send({kind: "run", run});
    },
    look(look, labelling) {
      wanted = {...wanted, look, labelling};
      send({kind: "look", look, labelling});
    },
    backdrop(picture) {
      if (port) send({kind: "backdrop", picture}, [picture]);
      else picture.close();
    },
    flow,
    again,
    stop() {
      stopped = true;
      flow(false);
      send({kind: "stop"});
    }
  };
}
