import {readFile} from "node:fs/promises";
import {describe, expect, it} from "vitest";
import {hasBrowser} from "./browser.js";
import {openPage} from "./page.js";
import type * as Page from "./pages/live-frames.js";

const PHOTOS = ["dog", "astronaut", "cows"];
const PICTURES = 14;

describe.skipIf(!hasBrowser)("each picture of a live session", () => {
  it.each(["wasm", "webgl"] as const)("shows a frame with that frame's own mask, on %s", async (backend) => {
    const file = async (path: string, type: string) => ({content: await readFile(path), type});
    const photos = await Promise.all(
      PHOTOS.map(async (name) => [`/${name}.jpg`, await file(`data/samples/${name}.jpg`, "image/jpeg")] as const)
    );
    const session = await openPage<typeof Page>("test/exactness/pages/live-frames.ts", {
      files: {"/nano": await file("data/models/nano.safetensors", "application/octet-stream"), ...Object.fromEntries(photos)}
    });
    try {
      const shown = await session.call(
        "showFrames",
        backend,
        "/nano",
        photos.map(([path]) => path),
        PICTURES
      );
      expect(shown).toHaveLength(PICTURES);
      const indices = shown.map(({fromPhoto, likeMask}) => {
        const index = fromPhoto.indexOf(Math.min(...fromPhoto));
        expect(fromPhoto[index]).toBeLessThan(2);
        expect(likeMask[index], "its own mask").toBeGreaterThan(0.97);
        for (const [other, share] of likeMask.entries()) if (other !== index) expect(share, "the mask of another").toBeLessThan(0.9);
        return index;
      });
      // New frames show each photo; a change of the look shows the same frame again.
      expect(new Set(indices).size).toBe(PHOTOS.length);
      for (const [at, {redrawn}] of shown.entries()) if (redrawn) expect(indices[at]).toBe(indices[at - 1]);
      expect(shown.some(({redrawn}) => redrawn)).toBe(true);
    } finally {
      await session.close();
    }
  });
});
