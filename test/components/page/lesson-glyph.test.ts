import {readFileSync} from "node:fs";
import path from "node:path";
import {expect, it} from "vitest";
import {LESSONS} from "../../../data/lessons.js";
import {lessonGlyph} from "../../../src/components/page/lesson-glyph.js";

const STYLE = readFileSync(path.join(import.meta.dirname, "../../../components/page/lesson-glyph.css"), "utf8");

it("a lesson's drawing is its own, and one that has none has the network's", () => {
  const drawn = LESSONS.map((lesson) => lessonGlyph(lesson.path)).filter((glyph) => glyph !== lessonGlyph("/none"));
  expect(drawn.length).toBeGreaterThanOrEqual(9);
  expect(new Set(drawn).size).toBe(drawn.length);
  expect(lessonGlyph("/network")).toBe(lessonGlyph("/none"));
});

it.each(LESSONS.map((lesson) => lesson.path))("the drawing of %s stays within its frame, in colours that there are", (lesson) => {
  const place = document.createElement("span");
  place.innerHTML = lessonGlyph(lesson);
  const svg = place.querySelector("svg")!;
  expect(svg.getAttribute("aria-hidden")).toBe("true");
  const [, , width, height] = svg.getAttribute("viewBox")!.split(" ").map(Number);
  const shapes = [...svg.children];
  expect(shapes.length).toBeGreaterThan(1);
  for (const shape of shapes) {
    expect(STYLE).toContain(`.lesson-glyph .${shape.getAttribute("class")!} {`);
    const of = (name: string) => Number(shape.getAttribute(name) ?? 0);
    if (shape.tagName === "rect") {
      expect(Math.min(of("x"), of("y"), of("width"), of("height"))).toBeGreaterThanOrEqual(0);
      expect(of("x") + of("width")).toBeLessThanOrEqual(width!);
      expect(of("y") + of("height")).toBeLessThanOrEqual(height!);
    }
  }
});
