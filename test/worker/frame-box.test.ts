import {expect, it, vi} from "vitest";
import {frameBox} from "../../src/worker/live/frame-box.js";

const frame = () => ({frame: {close: vi.fn()} as unknown as ImageBitmap, capturedAt: 1});

it("asks for a frame when one is taken, and gives the next that comes", async () => {
  const ask = vi.fn();
  const box = frameBox(ask);
  const taken = box.take();
  expect(ask).toHaveBeenCalledOnce();
  const one = frame();
  box.put(one);
  expect(await taken).toBe(one);
  expect(one.frame.close).not.toHaveBeenCalled();
});

it("lets go of a frame that nobody asked for", () => {
  const one = frame();
  frameBox(() => {}).put(one);
  expect(one.frame.close).toHaveBeenCalledOnce();
});

it("gives null once it is closed, to who waits and to who asks later", async () => {
  const ask = vi.fn();
  const box = frameBox(ask);
  const taken = box.take();
  box.close();
  expect(await taken).toBeNull();
  expect(await box.take()).toBeNull();
  expect(ask).toHaveBeenCalledOnce();
});
