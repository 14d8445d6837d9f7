import type {ModelDescription} from "../../worker/protocol.js";
import type {LiveOptions} from "../../worker/live/messages.js";
import type {EngineClient} from "../../lab/engine-client.js";
import {newTurns} from "../../lab/turns.js";
import {liveStream} from "./live-stream.js";
import type {LiveStream} from "./live-stream.js";

type StreamOptions = Parameters<typeof liveStream>[0];

/** What happens to a session, told only of the latest one. */
export interface SessionEvents extends Pick<StreamOptions, "onOpened" | "onStarted" | "onFrame" | "onPicture" | "onSurvey"> {
  /** The session could not begin, or ended by itself. */
  onFailed(reason: unknown): void;
}

export interface LivePlayer {
  /** The session that streams; null while there is none. */
  readonly stream: LiveStream | null;
  /**
   * Begins a session once the one before has ended.
   *
   * @param options.start is asked when the model is known
   * @param options.onBegun is given the stream before its first frame
   * @returns never rejects: `onFailed` is told
   */
  begin(options: {
    readonly modelUrl: string;
    start(model: ModelDescription): LiveOptions;
    onBegun(stream: LiveStream): void;
  }): Promise<void>;
  /** Ends the session; one that is beginning does not begin. */
  stop(): void;
}

/** Plays a video through live sessions, one at a time. */
export function livePlayer({
  engine,
  video,
  events
}: {
  readonly engine: EngineClient;
  readonly video: HTMLVideoElement;
  readonly events: SessionEvents;
}): LivePlayer {
  /** What belongs to an earlier session is let go. */
  const turns = newTurns();
  let stream: LiveStream | null = null;
  /** Settles when the last session has ended. */
  let ended: Promise<void> = Promise.resolve();

  function play(isLatest: () => boolean, start: LiveOptions): LiveStream {
    let end = () => {};
    ended = new Promise((resolve) => (end = resolve));
    return liveStream({
      engine,
      video,
      start,
      onOpened: () => isLatest() && events.onOpened(),
      onStarted: (session) => isLatest() && events.onStarted(session),
      onFrame: () => isLatest() && events.onFrame(),
      onPicture: (picture, facts) => (isLatest() ? events.onPicture(picture, facts) : picture.close()),
      onSurvey: (survey) => isLatest() && events.onSurvey(survey),
      onEnd(reason) {
        end();
        if (!isLatest()) return;
        stream = null;
        if (reason) events.onFailed(reason);
      }
    });
  }

  function stop(): void {
    turns.drop();
    stream?.stop();
    stream = null;
  }

  return {
    get stream() {
      return stream;
    },
    async begin({modelUrl, start, onBegun}) {
      stop();
      const isLatest = turns.begin();
      try {
        await ended;
        if (!isLatest()) return;
        const model = await engine.describe(modelUrl);
        if (!isLatest()) return;
        stream = play(isLatest, start(model));
        onBegun(stream);
      } catch (error) {
        if (!isLatest()) return;
        stop();
        events.onFailed(error);
      }
    },
    stop
  };
}
