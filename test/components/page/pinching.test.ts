import {beforeEach, expect, it, vi} from "vitest";
import {pinches} from "../../../src/components/page/pinching.js";

const onIn = vi.fn<(target: Element) => void>();
const onOut = vi.fn<() => void>();
let element: HTMLElement;
beforeEach(() => {
  vi.clearAllMocks();
  element = document.createElement("div");
  pinches(element, {onIn, onOut});
});

function turn(deltaY: number, ctrlKey = true): boolean {
  return element.dispatchEvent(new WheelEvent("wheel", {deltaY, ctrlKey, bubbles: true, cancelable: true}));
}

it("a wheel by itself is left to the page; with Ctrl it leads in, once it has turned far enough, and out", () => {
  expect(turn(-500, false)).toBe(true);
  expect(onIn).not.toHaveBeenCalled();
  expect(turn(-30)).toBe(false);
  expect(onIn).not.toHaveBeenCalled();
  turn(-30);
  expect(onIn).toHaveBeenCalledExactlyOnceWith(element);
  turn(30);
  turn(30);
  expect(onOut).toHaveBeenCalledOnce();
});

it("two fingers that part lead in, and one means nothing", () => {
  const move = (...xs: number[]) => {
    const event = new Event("touchmove", {bubbles: true, cancelable: true});
    const touches = xs.map((clientX) => ({clientX, clientY: 0, target: element}));
    return element.dispatchEvent(Object.assign(event, {touches}));
  };
  expect(move(10)).toBe(true);
  move(0, 100);
  expect(move(0, 120)).toBe(false);
  expect(onIn).not.toHaveBeenCalled();
  move(0, 160);
  expect(onIn).toHaveBeenCalledOnce();
  element.dispatchEvent(new Event("touchend"));
  move(0, 40);
  expect(onOut).not.toHaveBeenCalled();
});
