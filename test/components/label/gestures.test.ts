import {describe, expect, it} from "vitest";
import {gestures} from "../../../components/label/gestures.js";
import type {PointerFacts} from "../../../components/label/gestures.js";
import {carried, fitted, onPhoto, onScreen} from "../../../components/label/view-transform.js";

/** A hand whose gestures are written down. */
function hand(isMoving = false) {
  const log: string[] = [];
  const made = gestures(
    {
      start: ([x, y], isEraser) => log.push(`${isEraser ? "erase" : "start"} ${x},${y}`),
      move: ([x, y]) => log.push(`move ${x},${y}`),
      end: () => log.push("end"),
      cancel: () => log.push("cancel"),
      carry: (from, to, factor) => log.push(`carry ${from.join()} ${to.join()} ${factor}`)
    },
    () => isMoving
  );
  const at =
    (pointerType: string) =>
    (x: number, y: number, pointerId = 1, button = 0): PointerFacts => ({
      pointerId,
      pointerType,
      button,
      place: [x, y]
    });
  return {...made, log, finger: at("touch"), pen: at("pen"), mouse: at("mouse")};
}

describe("gestures", () => {
  it("of one finger draw; a second takes the stroke back, and nothing is drawn before both are lifted", () => {
    const {down, move, up, finger, log} = hand();
    down(finger(0, 0));
    move(finger(4, 0));
    down(finger(0, 10, 2));
    move(finger(0, 20, 2));
    up(finger(0, 20, 2));
    move(finger(9, 9));
    up(finger(9, 9));
    expect(log.slice(0, 3)).toEqual(["start 0,0", "move 4,0", "cancel"]);
    expect(log[3]).toMatch(/^carry 2,5 2,10 1\.8/);
    expect(log).toHaveLength(4);
    down(finger(1, 1));
    up(finger(1, 1));
    expect(log.slice(4)).toEqual(["start 1,1", "end"]);
  });

  it("of a pen draw whatever palm lies there, before or after; fingers then only move the photo", () => {
    const {down, move, up, pen, finger, log} = hand();
    down(finger(50, 50, 7));
    down(pen(1, 1));
    down(finger(60, 60, 8));
    move(finger(61, 61, 8));
    move(pen(2, 2));
    up(finger(61, 61, 8));
    up(pen(2, 2));
    up(finger(50, 50, 7));
    expect(log).toEqual(["start 50,50", "cancel", "start 1,1", "move 2,2", "end"]);
    down(finger(0, 0));
    move(finger(5, 5));
    up(finger(5, 5));
    expect(log.slice(5)).toEqual(["carry 0,0 5,5 1"]);
  });

  it("with the pen's other end erase; the middle button moves, the right one does nothing; a pointer that is taken away draws nothing", () => {
    const {down, move, up, cancel, pen, mouse, log} = hand();
    down(pen(1, 1, 1, 5));
    up(pen(1, 1));
    down(mouse(0, 0, 2, 1));
    move(mouse(3, 0, 2));
    up(mouse(3, 0, 2));
    down(mouse(0, 0, 2, 2));
    move(mouse(3, 0, 2));
    up(mouse(3, 0, 2));
    down(mouse(0, 0, 2));
    cancel(mouse(0, 0, 2));
    expect(log).toEqual(["erase 1,1", "end", "carry 0,0 3,0 1", "start 0,0", "cancel"]);
  });
});

describe("a view", () => {
  const [photo, screen] = [
    {width: 400, height: 100},
    {width: 200, height: 200}
  ];

  it("keeps what was under the pointer there, and never shows a gap beside a photo that is larger", () => {
    const whole = fitted(photo, screen);
    expect(whole).toEqual({scale: 0.5, x: 0, y: 75});
    const larger = carried(whole, [100, 100], [100, 100], 8, photo, screen);
    expect(onPhoto(larger, [100, 100])).toEqual([200, 50]);
    expect(onScreen(larger, [200, 50])).toEqual([100, 100]);
    const dragged = carried(larger, [0, 0], [9999, 9999], 1, photo, screen);
    expect(onPhoto(dragged, [0, 0])).toEqual([0, 0]);
    // Smaller than the whole it is never.
    expect(carried(larger, [3, 3], [3, 3], 0.001, photo, screen)).toEqual(whole);
  });
});
