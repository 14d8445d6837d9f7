import {afterEach, beforeEach, expect, it, vi} from "vitest";
import {wipe} from "../../../src/components/maps/wipe.js";
import {withoutDrawing} from "../dom.js";

/** What the reader's system says about motion. */
let calm: EventTarget & {matches: boolean};

beforeEach(() => {
  withoutDrawing();
  calm = Object.assign(new EventTarget(), {matches: false});
  vi.stubGlobal("matchMedia", () => calm);
});
afterEach(() => vi.unstubAllGlobals());

function made() {
  const map = document.createElement("div");
  const {button, from} = wipe(map, {again: "Watch the edges", before: "The mask before"});
  const canvas = map.querySelector("canvas")!;
  const paint = vi.fn();
  return {map, button, canvas, paint, from: (plays: boolean) => from({width: 6, height: 4, paint}, {plays})};
}

it("wipes the picture before away when it is told to, and again by its button, and is then out of sight", () => {
  const {button, canvas, from} = made();
  expect(button.disabled).toBe(true);
  from(false);
  expect(canvas.className).toBe("wipe");
  from(true);
  expect(canvas.classList.contains("going")).toBe(true);
  expect([canvas.width, canvas.height]).toEqual([6, 4]);
  canvas.dispatchEvent(new Event("animationend"));
  expect(canvas.className).toBe("wipe");
  button.click();
  expect(canvas.classList.contains("going")).toBe(true);
});

it("is ended by the reader's own hand", () => {
  const {map, canvas, from} = made();
  from(true);
  map.dispatchEvent(new Event("pointermove"));
  expect(canvas.className).toBe("wipe");
});

it("stands still where less motion is asked for, and shows the picture before when it is asked to", () => {
  calm.matches = true;
  const {button, canvas, from} = made();
  from(true);
  expect(canvas.className).toBe("wipe");
  expect(button.textContent).toBe("The mask before");
  button.click();
  expect(canvas.classList.contains("still")).toBe(true);
  expect(button.getAttribute("aria-pressed")).toBe("true");
  button.click();
  expect(canvas.className).toBe("wipe");
  // Another picture stands; what was before it is another, too.
  button.click();
  from(false);
  expect(button.getAttribute("aria-pressed")).toBe("false");
});
