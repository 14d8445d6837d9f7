import type {ModelDescription} from "../../worker/protocol.js";
import type {LiveOptions} from "../../worker/live/messages.js";
import type {EngineClient} from "../../lab/engine-client.js";
import {liveStream} from "./live-stream.js";
import type {LiveStream} from "./live-stream.js";

type StreamOptions = Parameters<typeof liveStream>[0];

/** What happens to a session, told only of the latest one. */
export interface SessionEvents extends Pick<StreamOptions, "onStarted" | "onFrame" | "onPicture" | "onSurvey"> {
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
  /** Counts sessions and stops; what belongs to an earlier one is let go. */
  let latest = 0;
  let stream: LiveStream | null = null;
  /** Settles when the last session has ended. */
  let ended: Promise<void> = Promise.resolve();

  function play(turn: number, start: LiveOptions): LiveStream {
    const current = () => turn === latest;
    let end = () => {};
    ended = new Promise((resolve) => (end = resolve));
    return liveStream({
      engine,
      video,
      start,
      onStarted: (session) => current() && events.onStarted(session),
      onFrame: () => current() && events.onFrame(),
      onPicture: (picture, facts) => (current() ? events.onPicture(picture, facts) : picture.close()),
      onSurvey: (survey) => current() && events.onSurvey(survey),
      onEnd(reason) {
        end();
        if (!current()) return;
        stream = null;
        if (reason) events.onFailed(reason);
      }
    });
  }

  function stop(): void {
    latest++;
    stream?.stop();
    stream = null;
  }

  return {
    get stream() {
      return stream;
    },
    async begin({modelUrl, start, onBegun}) {
      stop();
      const turn = latest;
      try {
        await ended;
        if (turn !== latest) return;
        const model = await engine.describe(modelUrl);
        if (turn !== latest) return;
        stream = play(turn, start(model));
        onBegun(stream);
      } catch (error) {
        if (turn === latest) events.onFailed(error);
      }
    },
    stop
  };
}
