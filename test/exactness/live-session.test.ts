import {readFile} from "node:fs/promises";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {openInBrowser} from "../../scripts/browser/session.js";
import type {Session} from "../../scripts/browser/session.js";
import {hasBrowser} from "./browser.js";
import type * as Page from "./pages/live-session.js";

const FRAMES = 8;

describe.skipIf(!hasBrowser)("a live session's picture", () => {
  let session: Session<typeof Page>;
  beforeAll(async () => {
    const nano = await readFile("data/models/nano.safetensors");
    session = await openInBrowser<typeof Page>("test/exactness/pages/live-session.ts", {
      files: {"/nano": {content: nano, type: "application/octet-stream"}}
    });
  });
  afterAll(() => session?.close());

  it.each(["wasm", "webgl", "webgpu"] as const)("is the frame that was labelled, while the next one is uploaded, on %s", async (backend) => {
    const found = await session.call("shown", backend, "/nano", FRAMES);
    expect(found.length).toBeGreaterThanOrEqual(FRAMES);
    expect(found.map(({seen}) => seen)).toEqual(found.map(({said}) => said));
  });
});
