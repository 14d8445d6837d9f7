import {expect, it, vi} from "vitest";
import type {EngineClient} from "../../../src/lab/engine-client.js";
import {liveStream} from "../../../src/pages/webcam/live-stream.js";
import type {FromSession, LiveOptions} from "../../../src/worker/live/messages.js";

const frames = vi.hoisted(() => ({take: async (): Promise<unknown> => null}));
vi.mock("../../../src/media/frames.js", () => ({frameFeed: () => ({take: () => frames.take(), stop: () => {}})}));

/** A stream whose session is steered from here. */
function steered() {
  const {port1: page, port2: session} = new MessageChannel();
  let lost = () => {};
  const engine = {
    live: (_: LiveOptions, onPort: (port: MessagePort) => void) =>
      new Promise<void>((resolve) => {
        lost = () => onPort(page);
        onPort(page);
        session.onmessage = ({data}) => {
          said.push(data.kind);
          if (data.kind === "stop") resolve();
        };
      })
  } as unknown as EngineClient;
  const said: string[] = [];
  const events = {onOpened: vi.fn(), onStarted: vi.fn(), onFrame: vi.fn(), onPicture: vi.fn(), onSurvey: vi.fn(), onEnd: vi.fn()};
  const stream = liveStream({engine, video: {} as HTMLVideoElement, start: {} as LiveOptions, ...events});
  const tell = (message: FromSession) => session.postMessage(message);
  return {stream, tell, said, events, loseSession: () => lost(), close: () => page.close()};
}

it("a frame that cannot be handed over ends the session, once, with the reason", async () => {
  const {stream, tell, said, events, close} = steered();
  frames.take = async () => ({frame: () => "no frame can be cloned like this", capturedAt: 0});
  stream.flow(true);
  tell({kind: "wanted"});
  await vi.waitFor(() => expect(said).toContain("stop"));
  expect(events.onEnd).toHaveBeenCalledTimes(1);
  expect(events.onEnd.mock.calls[0]![0]).toBeInstanceOf(Error);
  close();
});

it("tells each time that a session can be told things: one that was lost has no backdrop when it begins anew", () => {
  const {events, loseSession, close} = steered();
  expect(events.onOpened).toHaveBeenCalledTimes(1);
  loseSession();
  expect(events.onOpened).toHaveBeenCalledTimes(2);
  close();
});
