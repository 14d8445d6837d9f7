import {describe, expect, it} from "vitest";
import {segmentMany} from "../../src/masks/many.js";

const photos = ["a.jpg", "b.jpg", "c.jpg"].map((name) => ({name}));
const FILES = [{suffix: ".png", bytes: Uint8Array.of(1)}];

/** Segments them into a map. @param broken the name of the one that cannot be read */
async function many({broken = "", stopAt = "", there = [] as string[]}) {
  const controller = new AbortController();
  const taken = new Set(there);
  const said: string[] = [];
  const outcome = await segmentMany(photos, {
    suffixes: [".png", "-colour.png"],
    isThere: (name) => taken.has(name),
    async segment({name}) {
      if (name === stopAt) controller.abort();
      controller.signal.throwIfAborted();
      if (name === broken) throw new Error(`${name} is broken.`);
      return FILES;
    },
    take: (name) => void taken.add(name),
    onPhoto: (done, photo) => said.push(`${done} ${photo?.name ?? "all"}`),
    signal: controller.signal
  });
  return {...outcome, taken: [...taken], said};
}

describe("segmentMany", () => {
  it("does what it can, and says at the end what it could not", async () => {
    expect(await many({broken: "b.jpg"})).toEqual({
      done: ["a.jpg", "c.jpg"],
      problems: ["b.jpg is broken."],
      stopped: false,
      taken: ["a.png", "c.png"],
      said: ["0 a.jpg", "1 b.jpg", "2 c.jpg", "3 all"]
    });
  });

  it("leaves a photo out one of whose files may be there already", async () => {
    expect(await many({there: ["b-colour.png"]})).toMatchObject({
      done: ["a.jpg", "c.jpg"],
      problems: ["b.jpg was left out: b-colour.png is there already."]
    });
  });

  it("keeps what was done when it is stopped, and takes nothing of what was under way", async () => {
    expect(await many({stopAt: "b.jpg"})).toMatchObject({done: ["a.jpg"], problems: [], stopped: true, taken: ["a.png"]});
  });
});
