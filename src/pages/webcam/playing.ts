import type {LiveSource, WantedSource} from "../../media/live-source.js";
import {newTurns} from "../../lab/turns.js";
import {IDLE, OPENING, openPhase, sourceOf} from "./phase.js";
import type {Phase} from "./phase.js";

/** The parts of the page that a message is about. */
export const SOURCE = "source";
export const RUN = "run";

const WAITING: Readonly<Record<WantedSource["kind"], string>> = {
  camera: "Waiting for the camera …",
  screen: "Waiting for the screen …",
  file: "Opening the video …"
};

/** The session that segments what a source plays. It lives on while another source is opened in the place of one. */
export interface PlayedSession {
  readonly streams: boolean;
  /**
   * Begins anew, in place of one that streams.
   *
   * @param isWanted whether the source that it is for plays still
   */
  begin(isWanted: () => boolean): Promise<void>;
  /** Goes on with another source. */
  goOn(): void;
  /** Looks at the source anew: it was paused, or plays on. */
  again(): void;
  stop(): void;
}

/** Plays a source through a session: what the buttons do, and what happens by itself. */
export interface Playing {
  readonly phase: Phase;
  /** Opens a source in place of the present one; a session that streams goes on with it. @returns never rejects */
  start(wanted: WantedSource): Promise<void>;
  /** Begins a session over the source that is open; the one before ends in any case. @returns never rejects */
  begin(): Promise<void>;
  /** @returns never rejects */
  pause(now: boolean): Promise<void>;
  stop(): void;
  /** A picture of a frame came. */
  pictureCame(): void;
  /** The session did not begin, or ended by itself; the source stays open. */
  fail(reason: unknown): void;
}

/**
 * @param options.open opens a source; its `onEnded` is called with a sentence when the source ends by itself
 * @param options.report shows what went wrong with a part of the page, or for null takes it back
 * @param options.say what goes on, for the status line; null as a fraction is work of unknown length
 * @param options.onPhase called after each change
 * @param options.onSources called when other cameras may be there than before
 */
export function playing(options: {
  open(wanted: WantedSource, onEnded: (sentence: string) => void): Promise<LiveSource>;
  readonly video: Pick<HTMLVideoElement, "play" | "pause">;
  readonly session: PlayedSession;
  report(reason: unknown, part: string): void;
  say(sentence: string, fraction?: null): void;
  onPhase(phase: Phase): void;
  onSources(): void;
}): Playing {
  const {open, video, session, report, say, onPhase, onSources} = options;
  let phase: Phase = IDLE;
  /** A source that opens after another was wanted is let go. */
  const turns = newTurns();

  function enter(next: Phase): void {
    phase = next;
    onPhase(phase);
  }

  function letGo(): void {
    openPhase(phase)?.source.stop();
  }

  function stop(): void {
    const ran = phase.kind !== "idle";
    turns.drop();
    letGo();
    session.stop();
    if (ran) say("Stopped.");
    enter(IDLE);
  }

  /** The source ended by itself, or did not open. */
  function lose(reason: unknown): void {
    stop();
    report(reason, SOURCE);
    onSources();
  }

  function fail(reason: unknown): void {
    const now = openPhase(phase);
    report(reason, RUN);
    say(`${now?.source.name ?? "The source"} is still open, but nothing is segmented.`);
    if (now) enter({...now, kind: "failed"});
  }

  async function begin(): Promise<void> {
    const now = openPhase(phase);
    if (!now) {
      // A source that is being opened must not go on with a session of before.
      session.stop();
      return;
    }
    report(null, RUN);
    say("Getting the network ready …", null);
    enter({...now, kind: "preparing"});
    const isWanted = () => sourceOf(phase) === now.source;
    try {
      await session.begin(isWanted);
    } catch (reason) {
      if (isWanted()) fail(reason);
    }
  }

  return {
    get phase() {
      return phase;
    },
    async start(wanted) {
      const isLatest = turns.begin();
      letGo();
      say(WAITING[wanted.kind], null);
      enter(OPENING);
      let source: LiveSource;
      try {
        source = await open(wanted, (sentence) => isLatest() && lose(sentence));
      } catch (reason) {
        if (isLatest()) lose(reason);
        return;
      }
      if (!isLatest()) {
        source.stop();
        return;
      }
      report(source.notice, SOURCE);
      onSources();
      enter({kind: "preparing", source, paused: false});
      if (session.streams) session.goOn();
      else await begin();
    },
    begin,
    async pause(now) {
      const before = openPhase(phase);
      if (!before) return;
      // The frame that is shown then is the last to come through.
      if (now) video.pause();
      const plays = now ? null : video.play();
      session.again();
      enter({...before, paused: now});
      try {
        await plays;
      } catch (reason) {
        report(reason, SOURCE);
      }
    },
    stop,
    pictureCame() {
      const now = openPhase(phase);
      if (now?.kind === "preparing") enter({...now, kind: "streaming"});
    },
    fail
  };
}
