import {describe, expect, it} from "vitest";
import {contrast, tokens} from "./tokens.js";

/** What WCAG 2 asks of words, and of what is drawn or can be pressed. */
const WORDS = 4.5;
const SHAPES = 3;
/** Colours of words, each wherever it is written. */
const WRITTEN: readonly (readonly [ink: string, ...grounds: string[]])[] = [
  ["ink", "page", "panel"],
  ["quiet", "page", "panel"],
  ["accent", "page", "panel"],
  ["danger", "page", "danger-ground"],
  ["page", "accent"],
  ["concept-input", "page", "panel"],
  ["concept-output", "page", "panel"],
  ["concept-kernel", "page", "panel"],
  ["concept-pooling", "page", "panel"],
  ["concept-decoder", "page", "panel"],
  ["concept-cost", "page", "panel"]
];
const DRAWN = [
  "control-edge",
  "rate-1",
  "rate-6",
  "rate-12",
  "rate-18",
  "stage-upload",
  "stage-network",
  "stage-upsampling",
  "stage-drawing",
  "theme-foreground-focus"
];
/** Drawn over a photo made pale, in both schemes. */
const ON_PALE = ["flip-outside", "flip-inside"];
/** Grounds, and lines that part what words part already. */
const NO_FIGURE = ["rule", "panel", "page", "danger-ground"];

describe.each(Object.entries(tokens()))("colours in the %s", (_, colours) => {
  it.each(WRITTEN)("%s is legible on its grounds", (ink, ...grounds) => {
    for (const ground of grounds) expect(contrast(colours.get(ink)!, colours.get(ground)!), ground).toBeGreaterThanOrEqual(WORDS);
  });

  it.each(DRAWN)("%s stands out from page and panel", (name) => {
    for (const ground of ["page", "panel"])
      expect(contrast(colours.get(name)!, colours.get(ground)!), ground).toBeGreaterThanOrEqual(SHAPES);
  });

  it.each(ON_PALE)("%s stands out from a pale photo", (name) => {
    expect(contrast(colours.get(name)!, [255, 255, 255])).toBeGreaterThanOrEqual(SHAPES);
  });

  it("of rates and stages deepens from each to the next", () => {
    for (const steps of [DRAWN.filter((name) => name.startsWith("rate-")), DRAWN.filter((name) => name.startsWith("stage-"))]) {
      const apart = steps.map((name) => contrast(colours.get(name)!, colours.get("page")!));
      const sorted = [...apart].sort((a, b) => a - b);
      expect([sorted, [...sorted].reverse()]).toContainEqual(apart);
      for (const [index, value] of sorted.entries()) if (index > 0) expect(value / sorted[index - 1]!).toBeGreaterThan(1.2);
    }
  });

  it("are all looked at", () => {
    const looked = new Set([...WRITTEN.flat(), ...DRAWN, ...ON_PALE, ...NO_FIGURE]);
    expect([...colours.keys()].filter((name) => !looked.has(name))).toEqual([]);
  });
});

it("contrast is WCAG's: black on white is 21, a colour on itself 1", () => {
  expect(contrast([0, 0, 0], [255, 255, 255])).toBeCloseTo(21);
  expect(contrast([9, 8, 7], [9, 8, 7])).toBe(1);
  expect(contrast([0x76, 0x76, 0x76], [255, 255, 255])).toBeCloseTo(4.54, 2);
});
