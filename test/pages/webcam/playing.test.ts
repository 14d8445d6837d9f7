import {beforeEach, describe, expect, it} from "vitest";
import type {LiveSource, WantedSource} from "../../../src/media/live-source.js";
import {playing} from "../../../src/pages/webcam/playing.js";
import type {Playing} from "../../../src/pages/webcam/playing.js";

const CAMERA: WantedSource = {kind: "camera", deviceId: ""};

/** Everything that happened, in words, in order. */
let log: string[];
let opening: {resolve(source: LiveSource): void; reject(reason: unknown): void; onEnded(sentence: string): void}[];
let streams: boolean;
let begin: () => Promise<void>;
let play: () => Promise<void>;
let player: Playing;

function source(name: string, notice: string | null = null): LiveSource {
  return {kind: "camera", name, deviceId: "", notice, stop: () => log.push(`${name} off`)};
}

beforeEach(() => {
  log = [];
  opening = [];
  streams = false;
  begin = async () => void (streams = true);
  play = async () => {};
  player = playing({
    open: (_, onEnded) => new Promise((resolve, reject) => opening.push({resolve, reject, onEnded})),
    video: {pause: () => log.push("video pauses"), play: () => play()},
    session: {
      get streams() {
        return streams;
      },
      begin() {
        log.push("session begins");
        return begin();
      },
      goOn: () => log.push("session goes on"),
      again: () => log.push("session looks again"),
      stop() {
        if (streams) log.push("session stops");
        streams = false;
      }
    },
    report: (reason, part) => {
      if (reason !== null) log.push(`${part}: ${reason instanceof Error ? reason.message : String(reason)}`);
    },
    say: () => {},
    onPhase: ({kind}) => log.push(kind),
    onSources: () => {}
  });
});

/** Starts with a source that opens. */
async function started(name = "one"): Promise<void> {
  const start = player.start(CAMERA);
  opening.at(-1)!.resolve(source(name));
  await start;
  player.pictureCame();
}

describe("playing", () => {
  it("opens a source, prepares a session and streams from its first picture on, until it is stopped", async () => {
    await started();
    player.stop();
    expect(log).toEqual(["opening", "preparing", "preparing", "session begins", "streaming", "one off", "session stops", "idle"]);
  });

  it("goes on with the session that streams when another source is opened", async () => {
    await started();
    log = [];
    await started("two");
    expect(log).toEqual(["one off", "opening", "preparing", "session goes on", "streaming"]);
  });

  it("lets go of a source that opens after another was wanted, or after Stop", async () => {
    const first = player.start(CAMERA);
    const second = player.start(CAMERA);
    opening[0]!.resolve(source("late"));
    await first;
    player.stop();
    opening[1]!.resolve(source("later"));
    await second;
    expect(log).toEqual(["opening", "opening", "late off", "idle", "later off"]);
    expect(player.phase.kind).toBe("idle");
  });

  it("says why a source did not open, unless it is wanted no more", async () => {
    const first = player.start(CAMERA);
    const second = player.start(CAMERA);
    opening[0]!.reject(new Error("nobody's business"));
    opening[1]!.reject(new Error("no camera here"));
    await Promise.all([first, second]);
    expect(log).toEqual(["opening", "opening", "idle", "source: no camera here"]);
  });

  it("ends with a sentence when the source does", async () => {
    await started();
    log = [];
    opening[0]!.onEnded("unplugged");
    expect(log).toEqual(["one off", "session stops", "idle", "source: unplugged"]);
    opening[0]!.onEnded("unplugged twice");
    expect(log).toHaveLength(4);
  });

  it("keeps the source open when the session fails, and begins anew", async () => {
    await started();
    log = [];
    streams = false;
    player.fail(new Error("out of memory"));
    expect(player.phase).toMatchObject({kind: "failed", source: {name: "one"}});
    await player.begin();
    expect(log).toEqual(["run: out of memory", "failed", "preparing", "session begins"]);
  });

  it("says why a session could not begin, unless its source is gone", async () => {
    begin = async () => Promise.reject(new Error("no such machine"));
    await started();
    expect(player.phase.kind).toBe("failed");
    log = [];
    const again = player.begin();
    player.stop();
    await again;
    expect(log).toEqual(["preparing", "session begins", "one off", "idle"]);
  });

  it("a session that was asked for while a source opens begins with it, in place of the one that streams", async () => {
    await started();
    const second = player.start(CAMERA);
    await player.begin();
    log = [];
    opening[1]!.resolve(source("two"));
    await second;
    expect(log).toEqual(["preparing", "preparing", "session begins"]);
  });

  it("pauses and plays on, and says why a video does not", async () => {
    await started();
    log = [];
    await player.pause(true);
    expect(player.phase).toMatchObject({kind: "streaming", paused: true});
    play = async () => Promise.reject(new Error("it does not play"));
    await player.pause(false);
    expect(log).toEqual([
      "video pauses",
      "session looks again",
      "streaming",
      "session looks again",
      "streaming",
      "source: it does not play"
    ]);
  });
});
