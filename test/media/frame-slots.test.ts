import {expect, it} from "vitest";
import {frameSlots} from "../../src/media/live/frame-slots.js";

const SIZE = {width: 4, height: 3};

it("labels frames in the order in which they came, though one came ahead", () => {
  const slots = frameSlots();
  const first = slots.put(SIZE);
  const second = slots.put({width: 8, height: 6});
  expect(slots.next()).toBe(first);
  const third = slots.put(SIZE);
  expect(new Set([first, second, third].map(({index}) => index)).size).toBe(3);
  expect(slots.next()).toBe(second);
  expect(slots.next()).toBe(third);
});

it("keeps the place of the frame that is drawn free of those that come", () => {
  const slots = frameSlots();
  slots.put(SIZE);
  for (let i = 0; i < 10; i++) {
    const drawn = slots.next();
    expect(slots.put(SIZE).index).not.toBe(drawn.index);
  }
});

it("labels the last frame anew where no other came", () => {
  const slots = frameSlots();
  expect(() => slots.next()).toThrow("no frame");
  const only = slots.put(SIZE);
  expect([slots.next(), slots.next()]).toEqual([only, only]);
});

it("refuses a frame too many", () => {
  const slots = frameSlots();
  slots.put(SIZE);
  slots.put(SIZE);
  expect(() => slots.put(SIZE)).toThrow("before those that wait");
});
