import {afterAll, beforeAll, describe, expect, it} from "vitest";
import type {Session} from "../../scripts/browser/session.js";
import {hasBrowser} from "./browser.js";
import {largestDifference} from "./difference.js";
import {openPage} from "./page.js";
import type * as Page from "./pages/edits.js";

const WIDTH = 100;
const HEIGHT = 60;
const WHOLE = "r0.0.1000.1000";

describe.skipIf(!hasBrowser)("a photo changed in the browser", () => {
  let session: Session<typeof Page>;
  beforeAll(async () => {
    session = await openPage<typeof Page>("test/exactness/pages/edits.ts");
  });
  afterAll(() => session?.close());

  it.each([
    ["a hue turned", "h120", "hue-rotate(120deg)", 1.01, 0],
    ["a hue turned further", "h290", "hue-rotate(290deg)", 1.01, 0],
    ["grey", "g", "grayscale(1)", 1.01, 0],
    // Chromium's blur is three boxes too; at the photo's border it goes on into nothing.
    ["blur", "b50", "blur(5px)", 3.01, 20]
  ])("%s: as by the browser's own filter", async (_, effect, filter, tolerance, border) => {
    const {before, rgba} = await session.call("changed", WIDTH, HEIGHT, `${WHOLE}-${effect}`);
    const expected = await session.call("filtered", WIDTH, HEIGHT, filter);
    const inner = (pixels: number[]) => pixels.filter((__, i) => isInner(Math.floor(i / 4), border));
    expect(largestDifference(inner(rgba), inner(expected))).toBeLessThanOrEqual(tolerance);
    expect(largestDifference(inner(rgba), inner(before))).toBeGreaterThan(7);
  });

  it("is a copy: the photo stays as it was, and the copy's canvas has the copy's pixels", async () => {
    const {before, rgba, canvas, kept, keptCanvas, name} = await session.call(
      "changed",
      WIDTH,
      HEIGHT,
      "r200.500.300.500-c12a0ff_l60.100.100.900.200-n50"
    );
    expect(kept).toEqual(before);
    expect(keptCanvas).toEqual(before);
    expect(canvas).toEqual(rgba);
    expect(name).toBe("waves.png");
    // The covered part, written out: columns 20 to 49, rows 30 to 59.
    const covered = rgba.filter(
      (_, i) => Math.floor(i / 4) % WIDTH >= 20 && Math.floor(i / 4) % WIDTH < 50 && Math.floor(i / 4 / WIDTH) >= 30
    );
    expect(covered).toEqual(Array.from({length: 30 * 30 * 4}, (_, i) => [0x12, 0xa0, 0xff, 255][i % 4]));
  });

  it("is the same whether its edits came one by one or at once", async () => {
    const settled = "r100.100.500.500-b20";
    const lists = [
      settled,
      `${settled}_q300.300.200-n50`,
      `${settled}_q400.300.200-n50`,
      `r100.100.500.500-g_q400.300.200-n50`,
      "q400.300.200-t45",
      settled
    ];
    expect(await session.call("editedInTurn", WIDTH, HEIGHT, lists)).toEqual(lists.map(() => true));
  });
});

function isInner(pixel: number, border: number): boolean {
  const [x, y] = [pixel % WIDTH, Math.floor(pixel / WIDTH)];
  return x >= border && x < WIDTH - border && y >= border && y < HEIGHT - border;
}
