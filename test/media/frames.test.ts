import {expect, it, vi} from "vitest";
import {frameFeed} from "../../src/media/frames.js";

it("a camera's frame that is on its way when nobody follows it any more is closed, and only then no other is asked for", async () => {
  let come = (_: unknown) => {};
  const cancel = vi.fn(async () => {});
  const reader = {read: () => new Promise((resolve) => (come = resolve)), cancel};
  class Stream {
    getVideoTracks() {
      return [{}];
    }
  }
  class Processor {
    readable = {getReader: () => reader};
  }
  vi.stubGlobal("MediaStream", Stream);
  vi.stubGlobal("HTMLMediaElement", {HAVE_CURRENT_DATA: 2});
  vi.stubGlobal("MediaStreamTrackProcessor", Processor);
  const video = {srcObject: new Stream(), paused: false, readyState: 2} as unknown as HTMLVideoElement;
  const feed = frameFeed(video, {reader: "cpu"});
  feed.stop();
  expect(cancel).not.toHaveBeenCalled();
  const frame = {close: vi.fn()};
  come({value: frame, done: false});
  await vi.waitFor(() => expect(cancel).toHaveBeenCalledTimes(1));
  expect(frame.close).toHaveBeenCalledTimes(1);
  vi.unstubAllGlobals();
});
