import {afterAll, beforeAll, describe, expect, it} from "vitest";
import type {Session} from "../../scripts/browser/session.js";
import {OVERLAY_OPACITY, outlineOf, overlayPalette} from "../../src/formats/overlay-look.js";
import type {Look} from "../../src/media/live/look.js";
import {hasBrowser} from "./browser.js";
import {largestDifference} from "./difference.js";
import {CAT, LOOK, OPTIONS, PALETTE, bytesOf, idsOf, label, mix, noise, randomLogits} from "./live-scene.js";
import {openPage} from "./page.js";
import type * as Page from "./pages/live-drawing.js";
import type {Pixels, RendererId, Step} from "./pages/live-drawing.js";

/** The classes' colours over a frame. */
const OVER = overlayPalette(PALETTE);
const RENDERERS: readonly RendererId[] = ["webgl", "webgpu", "canvas"];

describe.skipIf(!hasBrowser)("a live overlay", () => {
  let session: Session<typeof Page>;
  beforeAll(async () => {
    session = await openPage<typeof Page>("test/exactness/pages/live-drawing.ts");
  });
  afterAll(() => session?.close());

  describe.each(RENDERERS)("drawn with %s", (id) => {
    const drawn = (steps: Step[]) => session.call("drawn", id, OPTIONS, steps);

    it("has the outlines of the classes that it shows, as wide and as opaque as every mask's over a photo", async () => {
      const [width, height] = [480, 120];
      const frame = noise(16, undefined, width, height);
      // So sure that what borders soften is thin.
      const values = randomLogits(17).map((value) => 10 * value);
      const looks: Look[] = [
        {...LOOK, view: "overlay", opacity: 0, hidden: [CAT]},
        {...LOOK, view: "overlay", opacity: OVERLAY_OPACITY, hidden: [CAT]},
        {...LOOK, view: "mask"}
      ];
      const {pictures} = await drawn([{upload: frame}, label(values), ...looks.map((draw) => ({draw}))]);
      const [none, usual, mask] = pictures as [Pixels, Pixels, Pixels];
      const labels = Uint8Array.from(idsOf(mask));
      const outline = outlineOf({width, height, labels}, new Set([CAT]));
      const [photo, untouched, found] = [frame, none, usual].map(bytesOf) as [Buffer, Buffer, Buffer];
      /** How many of the pixels that are `is` have the colours of their classes laid over the frame. */
      const share = (is: number, opacity: (id: number) => number) => {
        const pixels = [...outline.keys()].filter((pixel) => outline[pixel] === is);
        const here = (bytes: Buffer, pixel: number) => [...bytes.subarray(4 * pixel, 4 * pixel + 3)];
        const near = pixels.filter((pixel) => {
          const id = labels[pixel]!;
          return largestDifference(here(found, pixel), mix(here(photo, pixel), OVER[id]!, opacity(id))) <= 3;
        });
        return near.length / pixels.length;
      };
      expect(largestDifference(untouched, photo)).toBeLessThanOrEqual(2);
      expect(share(1, () => 1)).toBeGreaterThan(0.995);
      expect(share(0, (id) => (id === CAT ? 0 : OVERLAY_OPACITY))).toBeGreaterThan(0.9);
    });
  });
});
