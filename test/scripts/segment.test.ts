import {cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import path from "node:path";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {runSegmentCommand} from "../../scripts/segment/cli.js";
import {segmentOptions} from "../../scripts/segment/options.js";
import {decodeMask} from "../../src/formats/mask-picture.js";

const PHOTO = path.resolve(import.meta.dirname, "../fixtures/nano/reference_input.png");
/** At its own size the photo has several classes. */
const RUN = ["--model", "nano", "--input-size", "257"];

let folder: string;
let photos: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "segment-"));
  photos = path.join(folder, "photos");
  await mkdir(photos);
  await cp(PHOTO, path.join(photos, "cat.png"));
  await writeFile(path.join(photos, "broken.jpg"), "no picture");
  await writeFile(path.join(photos, "notes.txt"), "passed over");
});
afterAll(() => rm(folder, {recursive: true, force: true}));

async function segment(args: readonly string[], signal = new AbortController().signal): Promise<{code: number; said: string[]}> {
  const said: string[] = [];
  return {code: await runSegmentCommand(args, (text) => said.push(text), signal), said};
}

describe("npm run segment", () => {
  it("does what can be done, tells of the rest, and never writes over a file unless it is forced", async () => {
    const out = path.join(folder, "made/here");
    const first = await segment([photos, ...RUN, "--out", out, "--flip", "--colour"]);
    expect(first).toEqual({
      code: 1,
      said: [`1 of 2 photos segmented, into ${out}.`, expect.stringMatching(/^The photo broken\.jpg cannot be decoded: .+\.$/)]
    });
    expect((await readdir(out)).sort()).toEqual(["cat-colour.png", "cat.png"]);
    const mask = await readFile(path.join(out, "cat.png"));
    expect(decodeMask(mask, "cat.png")).toMatchObject({width: 257, height: 257});
    expect(new Set(decodeMask(mask, "cat.png").ids).size).toBeGreaterThan(1);

    const again = await segment([path.join(photos, "cat.png"), ...RUN, "--out", out]);
    expect(again).toEqual({
      code: 1,
      said: [`0 of 1 photo segmented, into ${out}.`, "cat.png was left out: cat.png is there already."]
    });
    expect(await readFile(path.join(out, "cat.png"))).toEqual(mask);
    expect((await segment([path.join(photos, "cat.png"), ...RUN, "--out", out, "--force"])).code).toBe(0);
    // A single pass says something else.
    expect(await readFile(path.join(out, "cat.png"))).not.toEqual(mask);
  });

  it("writes nothing of a photo in which it is stopped", async () => {
    const out = path.join(folder, "stopped");
    const controller = new AbortController();
    const running = segment([path.join(photos, "cat.png"), ...RUN, "--out", out], controller.signal);
    controller.abort();
    expect(await running).toEqual({code: 130, said: [`Stopped: 0 of 1 photo segmented, into ${out}.`]});
    expect(await readdir(out)).toEqual([]);
  });

  it.each([
    ["the photos' own folder", () => [photos, ...RUN, "--out", photos, "--force"], "lies in the folder that the masks go to"],
    ["what is not there", () => [path.join(folder, "none.jpg"), ...RUN, "--out", folder], "There is no photo and no folder"],
    ["two photos of one name", () => [photos, path.join(photos, "cat.png"), ...RUN, "--out", folder], "have the same name"],
    ["an unknown model", () => [photos, "--model", "other", "--out", path.join(folder, "o")], 'There is no model "other"']
  ])("does not begin with %s", async (_, args, message) => {
    await expect(segment(args())).rejects.toThrow(message);
  });

  it.each([
    [["--model", "m", "--out", "o"], "Say what to segment"],
    [["p", "--out", "o"], "Say which model to segment with"],
    [["p", "--model", "m"], "Say where the masks go"],
    [["p", "--model", "m", "--out", "o", "--float16"], "--float16 says how --probabilities are written: give both."]
  ])("says what is missing in %j", (args, message) => {
    expect(() => segmentOptions(args)).toThrow(message);
  });

  it("pads as the page does, and wants nothing but the palette PNG unless it is told", () => {
    expect(segmentOptions(["p", "--model", "m", "--out", "o"])).toMatchObject({
      padding: "tight",
      wanted: {colour: false, probabilities: null, perClass: false}
    });
    expect(segmentOptions(["p", "--model", "m", "--out", "o", "--probabilities", "--float16", "--per-class"])!.wanted).toEqual({
      colour: false,
      probabilities: "float16",
      perClass: true
    });
  });
});
