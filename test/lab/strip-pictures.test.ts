import {afterEach, expect, it, vi} from "vitest";

afterEach(() => vi.unstubAllGlobals());

/** What a deployment under a path of the host keeps and finds; one tab is at many of them. */
async function deployedAt(path: string) {
  vi.resetModules();
  vi.doMock("../../src/site.js", () => ({keptAs: (name: string) => `${name}@${path}`, siteUrl: (file: string) => `${path}${file}`}));
  return import("../../src/lab/strip-pictures.js");
}

it("the strip's pictures are of one photo, and of one of a host's deployments", async () => {
  const kept = new Map<string, string>();
  vi.stubGlobal("sessionStorage", {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value)
  });
  const photo = {sample: "dog", address: "", own: ""};
  const pictures = {"backbone/conv_1": "data:image/png;base64,"};
  const here = await deployedAt("/here/");
  const made = {photo, modelUrl: "/here/nano.safetensors", pictures};
  here.keepStripPictures(made);
  expect(here.keptStripPictures(photo)).toEqual(made);
  expect(here.keptStripPictures({...photo, sample: "cow"})).toBeNull();
  const there = await deployedAt("/there/");
  expect(there.keptStripPictures(photo)).toBeNull();
});
