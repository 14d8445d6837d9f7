import {describe, expect, it} from "vitest";
import {brushSpans} from "../../src/drawing/brush.js";
import type {Canvas, FillSpan, Point} from "../../src/drawing/canvas.js";
import {floodSpans} from "../../src/drawing/flood.js";
import {historyOf} from "../../src/drawing/history.js";
import {polygonSpans} from "../../src/drawing/polygons.js";
import {pseudoRandom} from "../../src/engine/seeded.js";

const blank = (width: number, height: number): Canvas => ({width, height, ids: new Uint8Array(width * height)});
const rowsOf = ({width, height, ids}: Canvas) => Array.from({length: height}, (_, y) => ids.subarray(y * width, (y + 1) * width).join(""));

const isSame = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0;

/** What one stroke of id 1 makes of an empty canvas. */
function stroke(width: number, height: number, draw: (fill: FillSpan) => void): Canvas {
  const canvas = blank(width, height);
  const drawn = historyOf(canvas).begin();
  drawn.paint(1, draw);
  drawn.end();
  return canvas;
}

describe("a brush", () => {
  it.each<[Point, Point, number]>([
    [[10.2, 12.7], [31.9, 20.1], 4.3],
    [[30, 5], [30, 25], 6],
    [[5.5, 5.5], [5.5, 5.5], 0.5],
    [[35, 28], [-20, 3], 2.25],
    [[-3, -3], [2, 2], 5]
  ])("covers the pixels whose centre lies within its radius of the line from %j to %j, radius %d", (from, to, radius) => {
    const canvas = stroke(40, 30, (fill) => brushSpans(from, to, radius, 30, fill));
    const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
    const wrong: Point[] = [];
    for (let i = 0; i < canvas.ids.length; i++) {
      const [x, y] = [(i % 40) + 0.5, Math.floor(i / 40) + 0.5];
      const t = Math.min(1, Math.max(0, ((x - from[0]) * dx + (y - from[1]) * dy) / (dx ** 2 + dy ** 2 || 1)));
      const distance = Math.hypot(x - from[0] - t * dx, y - from[1] - t * dy);
      // On the rim itself rounding decides.
      if (Math.abs(distance - radius) > 1e-9 && canvas.ids[i] !== Number(distance < radius)) wrong.push([x, y]);
    }
    expect(wrong).toEqual([]);
  });

  it("of the smallest size leaves no gap", () => {
    for (const to of [
      [19.5, 3.5],
      [3.5, 19.5],
      [19.5, 14.5]
    ] as const) {
      const canvas = stroke(20, 20, (fill) => brushSpans([0.5, 0.5], to, 0.5, 20, fill));
      const count = canvas.ids.filter((id) => id === 1).length;
      expect(count).toBeGreaterThanOrEqual(Math.max(to[0], to[1]));
      // Some pixel of each column, or of each row, on the way.
      const along =
        to[0] > to[1] ? (k: number) => canvas.ids.filter((_, i) => i % 20 === k) : (k: number) => canvas.ids.subarray(k * 20, k * 20 + 20);
      for (let k = 0; k < Math.max(to[0], to[1]); k++) expect(along(k).some((id) => id === 1)).toBe(true);
    }
  });
});

describe("a flood", () => {
  it("fills what is reached over four sides, and no more", () => {
    const canvas = blank(60, 50);
    const random = pseudoRandom(3);
    canvas.ids.forEach((_, i) => (canvas.ids[i] = random() < 0.4 ? 2 : 0));
    canvas.ids[25 * 60 + 30] = 0;
    const expected = new Set([25 * 60 + 30]);
    for (const at of expected) {
      const [x, y] = [at % 60, Math.floor(at / 60)];
      const sides = [x > 0 && at - 1, x < 59 && at + 1, y > 0 && at - 60, y < 49 && at + 60];
      for (const side of sides) if (side !== false && canvas.ids[side] === 0) expected.add(side);
    }
    const before = canvas.ids.slice();
    const drawn = historyOf(canvas).begin();
    drawn.paint(7, (fill) => floodSpans(canvas, [30.9, 25.1], fill));
    expect(canvas.ids.every((id, i) => id === (expected.has(i) ? 7 : before[i]))).toBe(true);
  });

  it("can be held back by the photo, and does nothing outside of it", () => {
    const canvas = blank(6, 3);
    const drawn = historyOf(canvas).begin();
    drawn.paint(1, (fill) => floodSpans(canvas, [0, 0], fill, (index) => index % 6 < 3));
    expect(rowsOf(canvas)).toEqual(Array(3).fill("111000"));
    expect(drawn.paint(1, (fill) => floodSpans(canvas, [6, 0], fill))).toBeNull();
  });
});

describe("a history", () => {
  const random = pseudoRandom(11);
  const point = (): Point => [random() * 220 - 10, random() * 170 - 10];
  /** Brush, eraser, polygons and floods, as they come. */
  const draw = (canvas: Canvas, index: number) => (fill: FillSpan) => {
    if (index % 5 === 3) floodSpans(canvas, point(), fill);
    else if (index % 5 === 4) polygonSpans([[...point(), ...point(), ...point()]], canvas.height, fill);
    else for (let part = 0, from = point(); part < 3; part++) brushSpans(from, (from = point()), 1 + 20 * random(), canvas.height, fill);
  };

  it("of 50 strokes undone and done again gives the same bytes, step by step", () => {
    const canvas = blank(200, 150);
    const history = historyOf(canvas);
    const states = [canvas.ids.slice()];
    for (let index = 0; index < 50; index++) {
      const begun = history.begin();
      begun.paint(index % 5 === 2 ? 0 : 1 + (index % 7), draw(canvas, index));
      begun.end();
      // One that changes nothing is no step.
      if (!isSame(states.at(-1)!, canvas.ids)) states.push(canvas.ids.slice());
    }
    expect(states.length).toBeGreaterThan(40);
    for (const state of states.slice(0, -1).reverse()) {
      expect(history.undo()).not.toBeNull();
      expect(isSame(canvas.ids, state)).toBe(true);
    }
    expect([history.canUndo, history.undo()]).toEqual([false, null]);
    for (const state of states.slice(1)) {
      history.redo();
      expect(isSame(canvas.ids, state)).toBe(true);
    }
    expect([history.canRedo, history.redo()]).toEqual([false, null]);
  });

  it("gives no pixel an id between two that were drawn", () => {
    const canvas = blank(200, 150);
    const history = historyOf(canvas);
    for (let index = 0; index < 20; index++) {
      const begun = history.begin();
      begun.paint(index % 2 === 0 ? 20 : 200, draw(canvas, 0));
      begun.end();
    }
    expect([...new Set(canvas.ids)].sort((a, b) => a - b)).toEqual([0, 20, 200]);
  });

  it("forgets what was undone once something else is drawn, and takes a stroke back", () => {
    const canvas = blank(8, 2);
    const history = historyOf(canvas);
    const paint = (id: number, from: number, to: number) => {
      const begun = history.begin();
      const box = begun.paint(id, (fill) => fill(0, from, to));
      return {box, begun};
    };
    paint(1, 0, 4).begun.end();
    history.undo();
    const {box, begun} = paint(2, -3, 2);
    expect(box).toEqual({left: 0, top: 0, right: 2, bottom: 1});
    expect(() => history.begin()).toThrow("A stroke is being drawn: end it before another begins.");
    expect(() => history.undo()).toThrow("A stroke is being drawn: end it before another is undone.");
    begun.end();
    expect(history.canRedo).toBe(false);
    expect(rowsOf(canvas)).toEqual(["22000000", "00000000"]);
    expect(paint(3, 1, 6).begun.cancel()).toEqual({left: 0, top: 0, right: 8, bottom: 2});
    expect(rowsOf(canvas)).toEqual(["22000000", "00000000"]);
  });
});
