import {afterEach, beforeEach, expect, it, vi} from "vitest";
import {playback} from "../../../src/components/fields/playback.js";

/** What the reader's system says about motion. */
let calm: EventTarget & {matches: boolean};

beforeEach(() => {
  vi.useFakeTimers();
  calm = Object.assign(new EventTarget(), {matches: false});
  vi.stubGlobal("matchMedia", () => calm);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function player() {
  const step = vi.fn();
  const onPause = vi.fn();
  return {view: playback({interval: 100, step, onPause}), step, onPause};
}

it("plays, pauses and goes on by its button", () => {
  const {view, step, onPause} = player();
  view.click();
  expect(view.textContent).toBe("Pause");
  vi.advanceTimersByTime(350);
  expect(step).toHaveBeenCalledTimes(3);
  view.click();
  expect(view.textContent).toBe("Play");
  expect(onPause).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(1000);
  expect(step).toHaveBeenCalledTimes(3);
  view.click();
  vi.advanceTimersByTime(200);
  expect(step).toHaveBeenCalledTimes(5);
  view.dispose();
});

it("does not play before it is asked to, and pausing then says nothing", () => {
  const {view, step, onPause} = player();
  view.pause();
  vi.advanceTimersByTime(1000);
  expect(view.textContent).toBe("Play");
  expect(step).not.toHaveBeenCalled();
  expect(onPause).not.toHaveBeenCalled();
});

it("leaves no timer behind, and says nothing when it is put away", () => {
  const {view, onPause} = player();
  view.click();
  expect(vi.getTimerCount()).toBe(1);
  view.dispose();
  expect(vi.getTimerCount()).toBe(0);
  expect(onPause).not.toHaveBeenCalled();
});

it("makes single steps where less motion is asked for, also from then on", () => {
  calm.matches = true;
  const still = player();
  expect(vi.getTimerCount()).toBe(0);
  expect(still.view.textContent).toBe("Next position");
  still.view.click();
  expect(still.step).toHaveBeenCalledTimes(1);
  expect(still.onPause).toHaveBeenCalledTimes(1);
  still.view.dispose();

  calm.matches = false;
  const moving = player();
  moving.view.click();
  expect(moving.view.textContent).toBe("Pause");
  calm.matches = true;
  calm.dispatchEvent(new Event("change"));
  expect(vi.getTimerCount()).toBe(0);
  expect(moving.view.textContent).toBe("Next position");
});
